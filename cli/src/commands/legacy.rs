//! The flag form of the command line: lists, documents, creation, pause and resume, in this order.

mod create;
mod documents;
mod inventory;
mod list;
mod pause_resume;
mod report;
mod search;

use mongodbatlas::ProjectId;

use crate::{
    arguments::{Action, Arguments},
    context::Context,
    error::CliError,
    exit::Exit,
    output::format::NAMES,
    ui::Ui,
};

/// Runs the actions that the flags request.
///
/// The order is fixed. An action that fails is reported and does not stop the others: a running
/// cluster costs money, whether or not the lists before it succeed.
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
        return create::print_default(ui);
    }
    let context = Context::new(&arguments.access).await?;
    let project_ids = project_ids(arguments, &actions)?;
    open_output(arguments, ui)?;
    let outcome = list_and_create(&context, &actions, new_cluster.as_ref(), &project_ids, ui).await;
    let changes: Vec<_> = actions.iter().filter_map(Action::change).collect();
    let pauses = pause_resume::run(&context, &changes, &project_ids, ui).await;
    outcome.and(pauses).into_result()
}

/// The result of actions.
#[derive(Debug)]
struct Outcome {
    exit: Exit,
    /// The first error of writing to stdout.
    output_error: Option<CliError>,
}

impl Outcome {
    const SUCCESS: Self = Self {
        exit: Exit::Success,
        output_error: None,
    };

    /// Adds the result of an action. Reports its error.
    fn add(&mut self, result: Result<Exit, CliError>, ui: &mut Ui) {
        match result {
            Ok(exit) => self.add_exit(exit),
            Err(error) if error.is_output_error() => {
                self.output_error.get_or_insert(error);
            }
            Err(error) => {
                self.add_exit(error.exit());
                ui.report(&error);
            }
        }
    }

    fn add_exit(&mut self, exit: Exit) {
        if self.exit == Exit::Success {
            self.exit = exit;
        }
    }

    /// Combines the results of two groups of actions.
    fn and(mut self, other: Self) -> Self {
        self.add_exit(other.exit);
        self.output_error = self.output_error.or(other.output_error);
        self
    }

    /// Returns the exit code, or the error of writing to stdout unless the reader closed the pipe.
    fn into_result(self) -> Result<Exit, CliError> {
        match self.output_error {
            Some(error) if !error.is_closed_pipe() => Err(error),
            _ => Ok(self.exit),
        }
    }
}

/// Redirects stdout to the file of `--output`. Called late, so that the file is unchanged if the
/// command line or the credentials are invalid.
fn open_output(arguments: &Arguments, ui: &mut Ui) -> Result<(), CliError> {
    let Some(file) = &arguments.general.output else {
        return Ok(());
    };
    if let Some(name) = file.to_str()
        && NAMES.contains(&name)
    {
        ui.hint(&format!(
            "`-o {name}` writes to the file `{name}`; commands choose a format, as in `atlascli clusters list -o {name}`"
        ));
    }
    ui.write_to(file)
}

/// Runs all actions except pause and resume. Stops if stdout cannot be written.
async fn list_and_create(
    context: &Context,
    actions: &[Action<'_>],
    new_cluster: Option<&create::NewCluster<'_>>,
    project_ids: &[ProjectId],
    ui: &mut Ui,
) -> Outcome {
    let mut outcome = Outcome::SUCCESS;
    for action in actions {
        let result = match action {
            Action::List => list::list(context, ui).await,
            Action::PrintProjects => documents::projects(context, project_ids, ui).await,
            Action::PrintDefaultCluster => create::print_default(ui),
            Action::CreateCluster => match new_cluster {
                Some(cluster) => cluster.create(context, ui).await,
                None => Ok(Exit::Success),
            },
            Action::PrintClusters => documents::clusters(context, project_ids, ui).await,
            Action::PrintCluster(path) => documents::cluster(context, path, ui).await,
            Action::Change(..) => Ok(Exit::Success),
        };
        outcome.add(result, ui);
        if outcome.output_error.is_some() {
            break;
        }
    }
    outcome
}

/// Parses the project ids if an action uses them.
fn project_ids(arguments: &Arguments, actions: &[Action<'_>]) -> Result<Vec<ProjectId>, CliError> {
    let uses_ids = |action: &Action<'_>| {
        matches!(
            action,
            Action::PrintProjects | Action::PrintClusters | Action::Change(..)
        )
    };
    if !actions.iter().any(uses_ids) {
        return Ok(Vec::new());
    }
    let ids = arguments.pausing.project_ids.iter();
    ids.map(|text| project_id(text)).collect()
}

fn project_id(text: &str) -> Result<ProjectId, CliError> {
    text.parse().map_err(|error: mongodbatlas::Error| {
        CliError::failure(error.to_string()).with_hint(
            "a project id is 24 hexadecimal digits, not a name; `atlascli --list` lists the ids",
        )
    })
}
