//! The flag form of the command line: lists, documents, creation, pause and resume, in this order.

mod create;
mod documents;
mod inventory;
mod list;
mod pause_resume;
mod search;

use mongodbatlas::ProjectId;

use crate::{
    arguments::{Action, Arguments},
    context::Context,
    error::CliError,
    exit::Exit,
    ui::Ui,
};

/// Runs the actions that the flags request.
///
/// The order is fixed. The first listing that fails ends the run. A cluster that cannot be paused or
/// resumed does not stop the others.
pub(crate) async fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Exit, CliError> {
    let actions = arguments.actions()?;
    let new_cluster = create::NewCluster::from_arguments(arguments)?;
    if actions.is_empty() {
        ui.write_stderr(&Arguments::short_help());
        // Scripts run the program without flags to check for keys.
        return Context::new(&arguments.access).await.map(|_| Exit::Success);
    }
    if actions == [Action::PrintDefaultCluster] {
        // Requires no credentials.
        open_output(arguments, ui)?;
        create::print_default(ui)?;
        return Ok(Exit::Success);
    }
    let context = Context::new(&arguments.access).await?;
    open_output(arguments, ui)?;
    let listed = list_and_create(&context, arguments, &actions, new_cluster.as_ref(), ui).await;
    let changes: Vec<_> = actions.iter().filter_map(Action::change).collect();
    if changes.is_empty() {
        return listed.map(|()| Exit::Success);
    }
    match listed {
        // A running cluster costs money even if the reader of the lists has closed the pipe.
        Err(error) if !error.is_closed_pipe() => Err(error),
        _ => pause_resume::run(&context, &changes, &arguments.pausing.project_ids, ui).await,
    }
}

/// Redirects stdout to the file of `--output`. Called late, so that the file is unchanged if the
/// command line or the credentials are invalid.
fn open_output(arguments: &Arguments, ui: &mut Ui) -> Result<(), CliError> {
    match &arguments.general.output {
        Some(file) => ui.write_to(file),
        None => Ok(()),
    }
}

/// Runs all actions except pause and resume.
async fn list_and_create(
    context: &Context,
    arguments: &Arguments,
    actions: &[Action<'_>],
    new_cluster: Option<&create::NewCluster<'_>>,
    ui: &mut Ui,
) -> Result<(), CliError> {
    let project_ids = &arguments.pausing.project_ids;
    for action in actions {
        match action {
            Action::List => list::list(context, ui).await?,
            Action::PrintProjects => documents::projects(context, project_ids, ui).await?,
            Action::PrintDefaultCluster => create::print_default(ui)?,
            Action::CreateCluster => {
                if let Some(cluster) = new_cluster {
                    cluster.create(context, ui).await?;
                }
            }
            Action::PrintClusters => documents::clusters(context, project_ids, ui).await?,
            Action::PrintCluster(path) => documents::cluster(context, path, ui).await?,
            Action::Change(..) => {}
        }
    }
    Ok(())
}

/// Parses project ids, all of them before the first request.
fn project_ids(texts: &[String]) -> Result<Vec<ProjectId>, CliError> {
    texts.iter().map(|text| project_id(text)).collect()
}

fn project_id(text: &str) -> Result<ProjectId, CliError> {
    text.parse().map_err(|error: mongodbatlas::Error| {
        CliError::failure(error.to_string()).with_hint(
            "a project id is 24 hexadecimal digits, not a name; `atlascli --list` lists the ids",
        )
    })
}
