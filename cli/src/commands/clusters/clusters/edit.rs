//! The commands of `clusters edit`.

use std::{fs, process::Command as Process};

use mongodbatlas::{ProjectId, operation};
use serde_json::Value;

use crate::{
    commands::clusters::target::CLUSTER,
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Kind, Target, flag},
        steps::confirm::Confirmation,
        value,
    },
    error::CliError,
    exit::Exit,
};

/// The command `clusters edit`.
pub(crate) static EDIT: Command = Command::new("edit", operation::UPDATE_GROUP_CLUSTER, "Edit the document of a cluster")
    .details(
        "Opens the document in `$VISUAL` or `$EDITOR`, or sets single fields with `--set`. Sends only the fields that \
         changed, after showing them, and stops if the cluster changed meanwhile.",
    )
    .arguments(&[CLUSTER])
    .on_cluster()
    .flags(&[flag("set", Target::None, "Field and value, such as `backupEnabled=true`; can be repeated")
        .kind(Kind::Repeated)
        .value_name("PATH=VALUE")])
    .danger(Danger::Confirm)
    .result("Updating cluster '{name}'.")
    .run(edit)
    .examples(&[Example {
        line: "clusters edit shop-staging --set backupEnabled=true --yes",
        task: "Enable backups",
    }]);

fn edit<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = match invocation.project.clone() {
            Some(project) => project,
            None => invocation.session.project(&invocation.values).await?,
        };
        let name = invocation
            .text("cluster-name")
            .unwrap_or_default()
            .to_owned();
        let action = format!("cannot edit cluster `{name}`");
        let failed = |error: mongodbatlas::Error| CliError::from_request_error(&error, &action);
        let id: ProjectId = project.id.parse().map_err(failed)?;
        let handle = invocation.session.atlas().await?.cluster(&id, &name);
        let current = Box::pin(handle.get()).await.map_err(failed)?;
        let edited = edited(invocation, current.document().to_value())?;
        let change = Box::pin(handle.preview_with(|document| *document = edited))
            .await
            .map_err(failed)?;
        if change.is_empty() {
            invocation.ui.write_stderr("unchanged\n");
            return Ok(Exit::Success);
        }
        if invocation.is_on("dry-run") {
            invocation.ui.print(&format!("{change}\n"))?;
            return Ok(Exit::Success);
        }
        invocation.ui.write_stderr(&format!("{change}\n"));
        let purpose = format!("update cluster `{name}`");
        if invocation.confirm(Danger::Confirm, &purpose, &name)? == Confirmation::Declined {
            return Ok(invocation.declined());
        }
        let document = Box::pin(change.apply()).await.map_err(failed)?;
        invocation.print_result(Some(&document), Some("Updating cluster '{name}'."))
    })
}

/// Returns the document with the fields of `--set` or, without the flag, as the user saved it in the editor.
fn edited(invocation: &Invocation<'_>, mut document: Value) -> Result<Value, CliError> {
    let fields = invocation.texts("set");
    for field in fields {
        let (path, text) = value::split_pair(field)?;
        let json = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        value::set_at(&mut document, &format!("/{}", path.replace('.', "/")), json);
    }
    if !fields.is_empty() {
        return Ok(document);
    }
    let editor = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    let Some(editor) = editor.filter(|editor| !editor.trim().is_empty()) else {
        return Err(CliError::usage("there is no editor")
            .with_hint("set `EDITOR`, or use `--set PATH=VALUE`"));
    };
    let cannot =
        |error: std::io::Error| CliError::failure(format!("cannot edit the document: {error}"));
    let file = tempfile::Builder::new()
        .suffix(".json")
        .tempfile()
        .map_err(cannot)?;
    fs::write(file.path(), format!("{document:#}\n")).map_err(cannot)?;
    let mut words = editor.split_whitespace();
    let status = Process::new(words.next().unwrap_or("vi"))
        .args(words)
        .arg(file.path())
        .status()
        .map_err(cannot)?;
    if !status.success() {
        return Err(CliError::failure(format!(
            "`{editor}` failed; nothing was sent"
        )));
    }
    let text = fs::read_to_string(file.path()).map_err(cannot)?;
    serde_json::from_str(&text).map_err(|error| {
        CliError::usage(format!("invalid JSON, line {}: {error}", error.line()))
            .with_hint("nothing was sent")
    })
}
