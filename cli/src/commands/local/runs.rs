//! `runs`: bulk runs and their journals.

use mongodbatlas::ClusterState;
use serde::Serialize;

use crate::{
    commands::clusters::{
        clusters::{
            delete::DELETE_CHANGE,
            power::{PAUSE_CHANGE, START_CHANGE},
        },
        target::FLEX_ERROR_CODES,
    },
    engine::{
        Invocation,
        bulk::{
            Change, Outcome, Plan, TargetResult, exit_of,
            journal::{Journal, Record},
            read_request,
        },
        definition::{Command, Example, Future, Input, Noun, Target, argument, column},
        fleet::{ClusterTarget, Kind},
        steps::{confirm::Confirmation, print::serialize},
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command group `runs`.
pub(crate) static NOUN: Noun =
    Noun::new("runs", "Show and resume bulk runs").commands(&[&LIST, &SHOW, &RESUME]);

const ID: Input = argument("id", Target::None, "Id of the run").value_name("RUN");

static LIST: Command = Command::local("list", "List bulk runs, the newest first", list)
    .columns(&[
        column("ID", "id"),
        column("STARTED", "started").time(),
        column("VERB", "verb"),
        column("TARGETS", "targets"),
        column("OPEN", "open"),
    ])
    .examples(&[Example {
        line: "runs list",
        task: "List bulk runs",
    }]);

static SHOW: Command = Command::local("show", "Show the targets of a bulk run", show)
    .aliases(&["describe"])
    .arguments(&[ID])
    .columns(&[
        column("PROJECT", "project"),
        column("CLUSTER", "cluster"),
        column("OUTCOME", "outcome"),
    ]);

static RESUME: Command = Command::local("resume", "Finish a bulk run that was interrupted", resume)
    .details(
        "Reads the state of every target without an outcome: if the goal is reached, the target is done; otherwise the \
         change is sent again. Finished targets are not touched.",
    )
    .arguments(&[ID]);

/// An entry of `runs list`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RunEntry {
    id: String,
    /// The start, in RFC 3339.
    started: String,
    /// The change, such as `pause`.
    verb: String,
    /// The number of targets.
    targets: usize,
    /// The number of targets without an outcome.
    open: usize,
}

/// An entry of `runs show`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunTarget {
    /// The name of the project, or its id if the project was not read.
    project: String,
    project_id: String,
    /// The cluster, or the name of the resource that a creation makes.
    cluster: String,
    /// The outcome; `open` if the change was not sent, `unknown` if no response arrived.
    outcome: String,
}

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut list = List::default();
        for record in Record::read_all()? {
            let entry = RunEntry {
                id: record.id.clone(),
                started: record.started().to_owned(),
                verb: record.verb().to_owned(),
                targets: record.targets().len(),
                open: record.open_targets().len(),
            };
            list.items.push(Item {
                document: serialize(&entry)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

fn show<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let record = Record::read(invocation.text("id").unwrap_or_default())?;
        let mut list = List::default();
        for cluster in record.targets() {
            let entry = RunTarget {
                project: cluster.project.label().to_owned(),
                project_id: cluster.project.id.clone(),
                outcome: record.outcome(&cluster).to_owned(),
                cluster: cluster.name,
            };
            list.items.push(Item {
                document: serialize(&entry)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

fn resume<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let id = invocation.text("id").unwrap_or_default().to_owned();
        let mut journal = Journal::open(&id)?;
        let record = Record::read(&id)?;
        if let Some(action) = record.creation() {
            return Err(unknown_creation(&record, action));
        }
        let change = change_of(&record)?;
        let atlas = invocation.session.atlas().await?;
        let base_url = record.head["baseUrl"].as_str().unwrap_or_default();
        if base_url != atlas.base_url().as_str() {
            return Err(
                CliError::usage(format!("run `{id}` belongs to `{base_url}`"))
                    .with_hint("use the profile or the variables of that run"),
            );
        }
        let mut plan = Plan {
            change,
            todo: Vec::new(),
            known: Vec::new(),
        };
        for cluster in record.open_targets() {
            let cluster = read(invocation, cluster).await?;
            if change.goal.is_accepted(&cluster.state()) {
                let result = TargetResult::new(cluster, Outcome::Done, None);
                journal.outcome(&result)?;
                plan.known.push(result);
            } else {
                plan.todo.push(cluster);
            }
        }
        if plan.todo.is_empty() && plan.known.is_empty() {
            invocation.ui.print(&format!("Run '{id}' is complete.\n"))?;
            return Ok(Exit::Success);
        }
        if invocation.confirm_plan(&plan)? == Confirmation::Declined {
            return Ok(invocation.declined());
        }
        let (results, is_interrupted) = invocation.execute(plan, &mut journal).await?;
        invocation.print_results(change.verb, change.done, &id, &results)?;
        Ok(if is_interrupted {
            Exit::Interrupted
        } else {
            exit_of(&results)
        })
    })
}

/// Returns the error of a creation whose response did not arrive.
fn unknown_creation(record: &Record, action: &str) -> CliError {
    let list = record.head["list"].as_str().unwrap_or_default();
    CliError::failure(format!(
        "{action}: the outcome is unknown, and a creation is not repeated"
    ))
    .with_hint(format!(
        "`atlascli {list}` shows whether it exists; if it does not, repeat the command"
    ))
}

/// Reads a cluster. A missing cluster counts as deleted.
async fn read(
    invocation: &Invocation<'_>,
    cluster: ClusterTarget,
) -> Result<ClusterTarget, CliError> {
    let atlas = invocation.session.atlas().await?;
    let mut cluster = cluster;
    let mut response = read_request(&cluster).call(&atlas).send().await;
    if let Err(error) = &response
        && cluster.kind.is_none()
        && error
            .error_code()
            .is_some_and(|code| FLEX_ERROR_CODES.contains(&code))
    {
        cluster.kind = Some(Kind::Flex);
        response = read_request(&cluster).call(&atlas).send().await;
    }
    match response {
        Ok(response) => {
            let kind = cluster.kind.unwrap_or(Kind::Dedicated);
            let document = response.document().cloned();
            Ok(document.map_or(cluster.clone(), |document| {
                ClusterTarget::read(cluster.project, kind, document)
            }))
        }
        Err(error) if error.is_not_found() => Ok(cluster.with_state(&ClusterState::Deleted)),
        Err(error) => Err(CliError::from_request_error(
            &error,
            &format!("cannot read `{}`", cluster.path()),
        )),
    }
}

/// Returns the change of a run.
fn change_of(record: &Record) -> Result<Change, CliError> {
    let verb = record.verb();
    let mut changes = [PAUSE_CHANGE, START_CHANGE, DELETE_CHANGE].into_iter();
    changes
        .find(|change| change.verb == verb)
        .ok_or_else(|| CliError::failure(format!("the journal of run `{}` is damaged", record.id)))
}
