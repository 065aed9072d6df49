//! The commands of `clusters wait`.

use mongodbatlas::{ClusterState, Document, operation};

use crate::{
    commands::clusters::target::{CLUSTER, FLEX_ERROR_CODES},
    engine::{
        Invocation,
        bulk::{Goal, read_request},
        definition::{Command, Example, Future, Target, flag},
        fleet::{ClusterTarget, Kind, state_of},
    },
    error::CliError,
    exit::Exit,
};

/// The command `clusters wait`.
pub(crate) static WAIT: Command = Command::new(
    "wait",
    operation::GET_GROUP_CLUSTER,
    "Wait until a cluster is running, paused or deleted",
)
.arguments(&[CLUSTER])
.on_cluster()
.flags(&[
    flag("for", Target::None, "State to wait for")
        .choices(&["running", "paused", "deleted"])
        .default("running"),
    flag("timeout", Target::None, "Maximum time to wait, such as 30m").value_name("TIME"),
])
.run(wait)
.examples(&[Example {
    line: "clusters wait ingest-next --for running --timeout 30m",
    task: "Wait until a cluster runs",
}]);

fn wait<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let goal = match invocation.choice("for")?.as_deref() {
            Some("paused") => Goal::Paused,
            Some("deleted") => Goal::Deleted,
            _ => Goal::Running,
        };
        if let Some(timeout) = invocation.text("timeout").map(str::to_owned) {
            invocation.values.set("wait", vec![timeout]);
        }
        let project = match invocation.project.clone() {
            Some(project) => project,
            None => invocation.session.project(&invocation.values).await?,
        };
        let name = invocation
            .text("cluster-name")
            .unwrap_or_default()
            .to_owned();
        let mut cluster = ClusterTarget::unread(project, &name);
        if is_flex(invocation, &cluster).await? {
            cluster.kind = Some(Kind::Flex);
        }
        let action = format!("cannot wait for cluster `{name}`");
        let check = |document: Option<&Document>| {
            let state = state(document);
            (goal.is_reached(&state), state.to_string())
        };
        let request = read_request(&cluster);
        let document = invocation.poll_until(&request, &action, check).await?;
        if invocation.session.format.is_human_readable() {
            let state = state(document.as_ref());
            invocation
                .ui
                .print(&format!("Cluster '{name}' is {state}.\n"))?;
            return Ok(Exit::Success);
        }
        invocation.print_result(document.as_ref(), None)
    })
}

fn state(document: Option<&Document>) -> ClusterState {
    document.map_or(ClusterState::Deleted, |document| {
        state_of(&document.to_value())
    })
}

/// Reads a cluster and returns `true` if the error code says that it is a flex cluster.
async fn is_flex(invocation: &Invocation<'_>, cluster: &ClusterTarget) -> Result<bool, CliError> {
    let atlas = invocation.session.atlas().await?;
    let response = read_request(cluster).call(&atlas).send().await;
    let error = response.err();
    let code = error.as_ref().and_then(mongodbatlas::Error::error_code);
    Ok(code.is_some_and(|code| FLEX_ERROR_CODES.contains(&code)))
}
