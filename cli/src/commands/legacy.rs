//! The flags of the old program: list, document, pause, resume, in one go and in this order.

mod documents;
mod inventory;
mod list;
mod switch;

use mongodbatlas::ProjectId;

use crate::{
    arguments::{Arguments, ClusterPath},
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
    let clusters = arguments.clusters()?;
    let context = Context::new(&arguments.access).await?;
    if arguments.is_bare() {
        ui.say(&Arguments::short_help());
        return Ok(Exit::Success);
    }
    let looked = look(&context, arguments, &clusters, ui).await;
    if !arguments.act.is_any() {
        return looked.map(|()| Exit::Success);
    }
    match looked {
        // What is to be paused costs money, whether or not the lists before it are read.
        Err(error) if !error.is_reader_gone() => Err(error),
        _ => switch::run(&context, &arguments.act, ui).await,
    }
}

/// Shows what the flags ask for.
async fn look(
    context: &Context,
    arguments: &Arguments,
    clusters: &[ClusterPath],
    ui: &mut Ui,
) -> Result<(), CliError> {
    let project_ids = &arguments.act.project_ids;
    if arguments.look.list {
        list::list(context, ui).await?;
    }
    if arguments.look.listproj {
        documents::projects(context, project_ids, ui).await?;
    }
    if arguments.look.listcluster {
        documents::clusters(context, project_ids, ui).await?;
    }
    for path in clusters {
        documents::cluster(context, path, ui).await?;
    }
    Ok(())
}

/// The id of a project; the error says where to find it.
fn project_id(text: &str) -> Result<ProjectId, CliError> {
    text.parse().map_err(|error: mongodbatlas::Error| {
        CliError::failure(error.to_string()).with_hint(
            "a project's id is 24 hexadecimal digits, not its name; `atlascli --list` shows the ids",
        )
    })
}
