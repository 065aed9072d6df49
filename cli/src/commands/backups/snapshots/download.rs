//! The command `backups snapshots download`.

use std::path::Path;

use mongodbatlas::{Document, operation};
use serde_json::json;

use crate::{
    commands::backups::{ANY_CLUSTER_FLAG, NON_FLEX_ERROR_CODES},
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, argument, body, flag},
        request::Request,
        steps::print::to_document,
    },
    error::CliError,
};

/// The field of a job that contains the download link.
const LINK: &str = "snapshotUrl";

/// The command `backups snapshots download`.
pub(super) static DOWNLOAD: Command = Command::new(
    "download",
    operation::DOWNLOAD_GROUP_FLEX_CLUSTER_BACKUP,
    "Download a snapshot of a flex cluster",
)
.details("Snapshots of other clusters have links: `backups restores start download` creates them.")
.arguments(&[
    argument("snapshot-id", body("/snapshotId"), "Id of the snapshot").value_name("SNAPSHOT_ID"),
])
.flags(&[
    ANY_CLUSTER_FLAG,
    flag("out", Target::None, "File to write. Default: the id of the snapshot").value_name("FILE"),
])
.on_cluster()
.run(download)
.examples(&[Example {
    line: "backups snapshots download 5f0c2a9e1b3d4e0001a2b504 --cluster-name scratch --out scratch.tgz --project Sandbox",
    task: "Download a snapshot to a file",
}]);

fn download<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let id = invocation
            .text("snapshot-id")
            .unwrap_or_default()
            .to_owned();
        let file = invocation.text("out").unwrap_or(&id).to_owned();
        if Path::new(&file).exists() {
            return Err(CliError::usage(format!("the file `{file}` exists already"))
                .with_hint("choose another one with `--out FILE`"));
        }
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::DOWNLOAD_GROUP_FLEX_CLUSTER_BACKUP, scope)?;
        if invocation.is_on("dry-run") {
            return invocation.print_dry_run(&request);
        }
        let link = create_link(invocation, &request).await?;
        let action = invocation.action();
        let atlas = invocation.session.atlas().await?;
        let written = async { atlas.download_link(&link).await?.write_to_file(&file).await }.await;
        let bytes = written.map_err(|error| CliError::from_request_error(&error, &action))?;
        let document = to_document(&json!({ "snapshotId": id, "file": file, "bytes": bytes }))?;
        let sentence = "Snapshot '{snapshotId}' downloaded.";
        invocation.print_result(Some(&document), Some(sentence))
    })
}

/// Requests a download link for a snapshot, and waits until the link is available.
async fn create_link(invocation: &Invocation<'_>, request: &Request) -> Result<String, CliError> {
    let atlas = invocation.session.atlas().await?;
    let action = invocation.action();
    let response = request.call(&atlas).send().await.map_err(|error| {
        let is_dedicated = error
            .error_code()
            .is_some_and(|code| NON_FLEX_ERROR_CODES.contains(&code));
        let error = CliError::from_request_error(&error, &action);
        if is_dedicated {
            error.with_hint(
                "`atlascli backups restores start download` creates links of its snapshots",
            )
        } else {
            error
        }
    })?;
    if let Some(link) = link_of(response.document()) {
        return Ok(link);
    }
    let poll = request
        .with_operation(operation::GET_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOB, &[])
        .with_created(response.document(), "id");
    let check = |document: Option<&Document>| (link_of(document).is_some(), "pending".to_owned());
    let job = invocation.poll_until(&poll, &action, check).await?;
    link_of(job.as_ref()).ok_or_else(|| CliError::failure(format!("{action}: the job has no link")))
}

fn link_of(job: Option<&Document>) -> Option<String> {
    job?.to_value()[LINK].as_str().map(str::to_owned)
}
