//! The flags of the old program: list, document, pause, resume, in one go and in this order.

mod create;
mod documents;
mod inventory;
mod list;
mod search;
mod switch;

use mongodbatlas::ProjectId;

use crate::{
    arguments::{Action, Arguments},
    context::Context,
    error::CliError,
    exit::Exit,
    ui::Ui,
};

/// Does what the flags ask for.
///
/// The order is fixed, however the flags are written. A listing that fails ends everything; a
/// cluster that cannot be paused or resumed does not keep the others from it.
pub(crate) async fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Exit, CliError> {
    let actions = arguments.actions()?;
    let creation = create::Plan::new(arguments)?;
    if actions.is_empty() {
        ui.say(&Arguments::short_help());
        // Scripts check for keys in this way.
        return Context::new(&arguments.access).await.map(|_| Exit::Success);
    }
    if actions == [Action::DefaultCluster] {
        // Nobody has to be asked for it, so no keys are needed.
        open_output(arguments, ui)?;
        create::print_default(ui)?;
        return Ok(Exit::Success);
    }
    let context = Context::new(&arguments.access).await?;
    open_output(arguments, ui)?;
    let shown = show(&context, arguments, &actions, creation.as_ref(), ui).await;
    let switches: Vec<_> = actions.iter().filter_map(Action::switch).collect();
    if switches.is_empty() {
        return shown.map(|()| Exit::Success);
    }
    match shown {
        // What is to be paused costs money, whether or not the lists before it are read.
        Err(error) if !error.is_reader_gone() => Err(error),
        _ => switch::run(&context, &switches, &arguments.act.project_ids, ui).await,
    }
}

/// Sends data to the file that is to have it, which is left alone if nothing can be done anyway.
fn open_output(arguments: &Arguments, ui: &mut Ui) -> Result<(), CliError> {
    match &arguments.general.output {
        Some(file) => ui.write_to(file),
        None => Ok(()),
    }
}

/// Does all that comes before pausing and resuming.
async fn show(
    context: &Context,
    arguments: &Arguments,
    actions: &[Action<'_>],
    creation: Option<&create::Plan<'_>>,
    ui: &mut Ui,
) -> Result<(), CliError> {
    let project_ids = &arguments.act.project_ids;
    for action in actions {
        match action {
            Action::List => list::list(context, ui).await?,
            Action::Projects => documents::projects(context, project_ids, ui).await?,
            Action::DefaultCluster => create::print_default(ui)?,
            Action::CreateCluster => {
                if let Some(creation) = creation {
                    creation.carry_out(context, ui).await?;
                }
            }
            Action::Clusters => documents::clusters(context, project_ids, ui).await?,
            Action::Cluster(path) => documents::cluster(context, path, ui).await?,
            Action::Switch(..) => {}
        }
    }
    Ok(())
}

/// The ids of projects, all of them checked before the first is used.
fn project_ids(texts: &[String]) -> Result<Vec<ProjectId>, CliError> {
    texts.iter().map(|text| project_id(text)).collect()
}

/// The id of a project; the error says where to find it.
fn project_id(text: &str) -> Result<ProjectId, CliError> {
    text.parse().map_err(|error: mongodbatlas::Error| {
        CliError::failure(error.to_string()).with_hint(
            "a project's id is 24 hexadecimal digits, not its name; `atlascli --list` shows the ids",
        )
    })
}
