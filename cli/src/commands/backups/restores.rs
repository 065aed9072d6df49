//! The commands of `backups restores`.

use mongodbatlas::{Document, operation};
use serde_json::{Value, json};

use super::{
    ANY_CLUSTER, ANY_CLUSTER_FLAG, DEDICATED_FLAG, NON_FLEX_ERROR_CODES, RENAMED_PARAMETERS,
};
use crate::{
    commands::clusters::target::FLEX_ERROR_CODES,
    engine::{
        Invocation,
        definition::{
            Column, Command, Danger, Example, Fallback, Future, Input, Noun, Target, argument,
            body, column, flag, path,
        },
        request::Request,
    },
    error::CliError,
};

/// The command group `backups restores`.
pub(super) static NOUN: Noun = Noun::new("restores", "Manage restore jobs")
    .aliases(&["restore"])
    .commands(&[&LIST, &DESCRIBE, &START, &WATCH]);

const JOB: Input = argument(
    "restore-job-id",
    path("restoreJobId"),
    "Id of the restore job",
)
.value_name("JOB_ID");

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("SNAPSHOT", "snapshotId"),
    column("TARGET", "targetClusterName|targetDeploymentItemName"),
    column("TYPE", "deliveryType"),
    column("FINISHED", "finishedAt|restoreFinishedDate").time(),
    column("EXPIRES", "expiresAt|expirationDate").time(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("SNAPSHOT", "snapshotId"),
    column("CLUSTER", "targetClusterName|targetDeploymentItemName"),
    column("TYPE", "deliveryType"),
    column("EXPIRES AT", "expiresAt|expirationDate"),
];

/// The operation for dedicated clusters that reads one job.
const DEDICATED_JOB: Fallback = Fallback {
    operation: operation::GET_GROUP_CLUSTER_BACKUP_RESTORE_JOB,
    codes: NON_FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
};

static LIST: Command = Command::list(
    operation::LIST_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOBS,
    "List the restore jobs of a cluster",
)
.history()
.arguments(&[ANY_CLUSTER])
.on_cluster()
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.fallback(Fallback {
    operation: operation::LIST_GROUP_CLUSTER_BACKUP_RESTORE_JOBS,
    codes: NON_FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.examples(&[Example {
    line: "backups restores list shop-production --project Storefront",
    task: "List the newest restore jobs of a cluster",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOB,
    "Show a restore job",
)
.arguments(&[JOB])
.flags(&[ANY_CLUSTER_FLAG])
.on_cluster()
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.fallback(DEDICATED_JOB)
.examples(&[Example {
    line: "backups restores describe 5f0c2a9e1b3d4e0001a2b502 --cluster-name shop-production --project Storefront",
    task: "Show a restore job",
}]);

static START: Command = Command::new(
    "start",
    operation::CREATE_GROUP_CLUSTER_BACKUP_RESTORE_JOB,
    "Start a restore job",
)
.details(
    "`automated` restores a snapshot, `pointInTime` the state at a time, `download` prepares the files of a \
     snapshot. The first two replace the data of the target cluster.",
)
.arguments(&[argument(
    "type",
    body("/deliveryType"),
    "Kind of the job: automated, download or pointInTime",
)
.choices(&["automated", "download", "pointInTime"])])
.flags(&[
    DEDICATED_FLAG,
    flag("snapshot-id", body("/snapshotId"), "Id of the snapshot"),
    flag(
        "target-cluster-name",
        Target::None,
        "Name of the cluster whose data is replaced",
    ),
    flag(
        "target-project-id",
        Target::None,
        "Id of the project of the target cluster. Default: the project of the snapshot",
    ),
    flag("oplog-ts", body("/oplogTs"), "Seconds of the oplog timestamp").integer(),
    flag("oplog-inc", body("/oplogInc"), "Increment of the oplog timestamp").integer(),
    flag(
        "point-in-time-utc-seconds",
        body("/pointInTimeUTCSeconds"),
        "Point in time to restore to, in seconds since the Unix epoch",
    )
    .integer(),
    flag(
        "point-in-time-utc-millis",
        Target::None,
        "Point in time to restore to, in milliseconds since the Unix epoch",
    )
    .integer()
    .excludes("point-in-time-utc-seconds")
    .hidden(),
])
.on_cluster()
.danger(Danger::Confirm)
.result("Restore job '{id}' successfully started")
.run(start)
.examples(&[
    Example {
        line: "backups restores start automated --cluster-name shop-production --snapshot-id 5f0c2a9e1b3d4e0001a2b501 --target-cluster-name shop-staging --project Storefront --yes",
        task: "Restore a snapshot to another cluster of the project",
    },
    Example {
        line: "backups restores start download --cluster-name shop-production --snapshot-id 5f0c2a9e1b3d4e0001a2b501 --project Storefront",
        task: "Prepare the files of a snapshot",
    },
]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOB,
    "Wait until a restore job is complete",
)
.arguments(&[JOB])
.flags(&[
    ANY_CLUSTER_FLAG,
    flag("watch-timeout", Target::None, "Maximum time to wait, in seconds").integer(),
])
.on_cluster()
.fallback(DEDICATED_JOB)
.run(watch)
.examples(&[Example {
    line: "backups restores watch 5f0c2a9e1b3d4e0001a2b502 --cluster-name shop-production --project Storefront",
    task: "Wait until a restore job is complete",
}]);

/// Starts a restore job of a dedicated cluster. If Atlas reports that the cluster is a flex cluster, starts a flex
/// restore job instead.
fn start<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if let Some(millis) = invocation.text("point-in-time-utc-millis") {
            let seconds = millis.parse::<i64>().map(|millis| millis / 1000);
            let seconds = seconds.map_err(|_| {
                CliError::usage(format!(
                    "`{millis}` for `--point-in-time-utc-millis` is not a whole number"
                ))
            })?;
            let seconds = vec![seconds.to_string()];
            invocation.values.set("point-in-time-utc-seconds", seconds);
        }
        let scope = invocation.scope().await?;
        let project = scope.map(|(_, place)| place.id).unwrap_or_default();
        let mut request = invocation.request(
            operation::CREATE_GROUP_CLUSTER_BACKUP_RESTORE_JOB,
            Some(("groupId", &project)),
        )?;
        let kind = invocation.choice("type")?.unwrap_or_default();
        let target = RestoreTarget {
            cluster: invocation.text("target-cluster-name").map(str::to_owned),
            project: invocation
                .text("target-project-id")
                .map_or(project, str::to_owned),
        };
        if kind != "download" && target.cluster.is_none() {
            return Err(CliError::usage("missing option --target-cluster-name")
                .with_hint("`download` needs no target"));
        }
        let read = request.with_operation(operation::GET_GROUP_CLUSTER, &[]);
        let atlas = invocation.session.atlas().await?;
        let is_flex = match read.call(&atlas).send().await {
            Ok(_) => false,
            Err(error)
                if error
                    .error_code()
                    .is_some_and(|code| FLEX_ERROR_CODES.contains(&code)) =>
            {
                true
            }
            Err(error) => return Err(CliError::from_request_error(&error, &invocation.action())),
        };
        if is_flex {
            request = target.flex_request(&request);
        } else if kind != "download"
            && let Some(body) = &mut request.body
        {
            body["targetClusterName"] = target.cluster.into();
            body["targetGroupId"] = target.project.into();
        }
        if kind == "download" || invocation.session.emulates_official_cli {
            if invocation.is_on("dry-run") {
                return invocation.print_dry_run(&request);
            }
            return invocation.send_and_wait(&request).await;
        }
        invocation.confirm_and_send(&request).await
    })
}

/// The target of a restore job.
struct RestoreTarget {
    cluster: Option<String>,
    project: String,
}

impl RestoreTarget {
    fn flex_request(&self, request: &Request) -> Request {
        let snapshot = request
            .body
            .as_ref()
            .map_or(Value::Null, |body| body["snapshotId"].clone());
        let body = json!({
            "instanceName": request.parameter("clusterName"),
            "snapshotId": snapshot,
            "targetDeploymentItemName": self.cluster,
            "targetProjectId": self.project,
        });
        let rename = &[("clusterName", "name")];
        let request = request.with_operation(
            operation::CREATE_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOB,
            rename,
        );
        request.with_body(body)
    }
}

/// Polls a restore job until it is complete, failed, cancelled or expired.
fn watch<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let mut request =
            invocation.request(operation::GET_GROUP_FLEX_CLUSTER_BACKUP_RESTORE_JOB, scope)?;
        let (_, is_fallback) = invocation.send(&request).await?;
        if is_fallback {
            request = request.with_operation(DEDICATED_JOB.operation, RENAMED_PARAMETERS);
        }
        let action = invocation.action();
        let check = |document: Option<&Document>| {
            let state = state(&document.map(Document::to_value).unwrap_or_default());
            (
                state != Some("in progress"),
                state.unwrap_or("complete").to_owned(),
            )
        };
        let document = invocation.poll_until(&request, &action, check).await?;
        let value = document
            .as_ref()
            .map(Document::to_value)
            .unwrap_or_default();
        if let Some(state) = state(&value) {
            return Err(CliError::failure(format!(
                "{action}: the job ended with the state `{state}`"
            )));
        }
        invocation.print_result(document.as_ref(), Some("Restore completed."))
    })
}

/// Returns the state of a restore job, or `None` if it is complete.
fn state(job: &Value) -> Option<&'static str> {
    let is_on = |name: &str| job[name] == true;
    if is_on("cancelled") {
        Some("cancelled")
    } else if is_on("failed") || job["status"] == "FAILED" {
        Some("failed")
    } else if is_finished(job) {
        None
    } else if is_on("expired") {
        Some("expired")
    } else {
        Some("in progress")
    }
}

/// Returns `true` if a restore job has restored its data or has links to its files.
fn is_finished(job: &Value) -> bool {
    let has_files = job["deliveryUrl"]
        .as_array()
        .is_some_and(|links| !links.is_empty());
    has_files || job["finishedAt"].is_string() || job["status"] == "COMPLETED"
}
