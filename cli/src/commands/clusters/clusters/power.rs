//! `clusters pause` and `clusters start`.

use mongodbatlas::{ClusterState, operation};
use serde_json::json;

use super::list;
use crate::commands::clusters::target::UNTIL_IDLE;
use crate::engine::{
    Invocation,
    bulk::{Change, Goal},
    definition::{
        Command, Constant, Danger, Example, Future, Input, Literal, Target, argument, flag, path,
    },
    fleet::{ClusterTarget, Kind, SELECTION_FLAGS, SHORT_FILTERS},
    request::Request,
};

/// The argument of commands that act on several clusters.
pub(super) const CLUSTERS: Input = argument(
    "cluster-name",
    path("clusterName"),
    "Clusters: names, `PROJECT:NAME`, ids or globs",
)
.value_name("CLUSTER")
.optional()
.many();

/// The flag that skips targets that cannot be changed.
pub(super) const SKIP_IMPOSSIBLE: Input = flag(
    "skip-impossible",
    Target::None,
    "Leave out clusters that cannot be changed, instead of counting them as failed",
)
.switch();

/// The flag that retries a pause that Atlas does not allow yet.
const WHEN_ALLOWED: Input = flag(
    "when-allowed",
    Target::None,
    "Retry until Atlas allows the pause, up to an hour after a resume",
)
.switch();

/// The flags of `pause`.
const PAUSE_FLAGS: &[Input] = &[
    SELECTION_FLAGS[0],
    SELECTION_FLAGS[1],
    SELECTION_FLAGS[2],
    SELECTION_FLAGS[3],
    SHORT_FILTERS[0],
    SHORT_FILTERS[1],
    SHORT_FILTERS[2],
    SHORT_FILTERS[3],
    SHORT_FILTERS[4],
    SKIP_IMPOSSIBLE,
    WHEN_ALLOWED,
    list::ALL_PROJECTS,
    list::AUTO_SCALING_MODE,
];

/// The flags of `start`.
const FLAGS: &[Input] = &[
    SELECTION_FLAGS[0],
    SELECTION_FLAGS[1],
    SELECTION_FLAGS[2],
    SELECTION_FLAGS[3],
    SHORT_FILTERS[0],
    SHORT_FILTERS[1],
    SHORT_FILTERS[2],
    SHORT_FILTERS[3],
    SHORT_FILTERS[4],
    SKIP_IMPOSSIBLE,
    list::ALL_PROJECTS,
    list::AUTO_SCALING_MODE,
];

/// The command `clusters pause`.
pub(crate) static PAUSE: Command = Command::new(
    "pause",
    operation::UPDATE_GROUP_CLUSTER,
    "Pause clusters",
)
.details(
    "A name or an id is paused at once. A glob, a selection or several names show a plan first.",
)
.arguments(&[CLUSTERS])
.flags(PAUSE_FLAGS)
.constants(&[Constant::Body("/paused", Literal::Bool(true))])
.result("Pausing cluster '{name}'.")
.wait(UNTIL_IDLE)
.run(pause)
.examples(&[
    Example {
        line: "clusters pause shop-staging --project Storefront --wait",
        task: "Pause a cluster, and wait until it is paused",
    },
    Example {
        line: "clusters pause --select tier=M10,state=running --all-projects --dry-run",
        task: "Show which running M10 clusters of all projects would be paused",
    },
]);

/// The command `clusters start`.
pub(crate) static START: Command = Command::new(
    "start",
    operation::UPDATE_GROUP_CLUSTER,
    "Resume clusters",
)
.aliases(&["resume"])
.details(
    "A name or an id is resumed at once. A glob, a selection or several names show a plan first.",
)
.arguments(&[CLUSTERS])
.flags(FLAGS)
.constants(&[Constant::Body("/paused", Literal::Bool(false))])
.result("Starting cluster '{name}'.")
.wait(UNTIL_IDLE)
.run(start)
.examples(&[
    Example {
        line: "clusters start menu-archive --project \"Café Zürich\"",
        task: "Resume a cluster",
    },
    Example {
        line: "clusters start --state paused --project \"Café Zürich\" --yes",
        task: "Resume all paused clusters of a project",
    },
]);

/// The definition of the change `pause`.
pub(crate) const PAUSE_CHANGE: Change = Change {
    verb: "pause",
    done: "pausing",
    goal: Goal::Paused,
    danger: Danger::Confirm,
    needs_all: false,
    request: |cluster| power_request(cluster, true),
    obstacle: pause_obstacle,
};

/// The definition of the change `start`.
pub(crate) const START_CHANGE: Change = Change {
    verb: "start",
    done: "starting",
    goal: Goal::Running,
    danger: Danger::Confirm,
    needs_all: false,
    request: |cluster| power_request(cluster, false),
    obstacle: start_obstacle,
};

fn pause<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(invocation.run_change(PAUSE_CHANGE, true))
}

fn start<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(invocation.run_change(START_CHANGE, true))
}

fn power_request(cluster: &ClusterTarget, is_paused: bool) -> Request {
    Request::new(operation::UPDATE_GROUP_CLUSTER)
        .with("groupId", &cluster.project.id)
        .with("clusterName", &cluster.name)
        .with_body(json!({ "paused": is_paused }))
}

fn pause_obstacle(cluster: &ClusterTarget) -> Option<String> {
    kind_obstacle(cluster).or_else(|| {
        let tiers = cluster.tiers();
        if tiers.iter().any(|tier| tier.ends_with("_NVME")) {
            return Some("clusters with NVMe storage cannot be paused".to_owned());
        }
        let state = cluster.state();
        (state != ClusterState::Running).then(|| format!("it is {state}"))
    })
}

fn start_obstacle(cluster: &ClusterTarget) -> Option<String> {
    kind_obstacle(cluster).or_else(|| {
        let state = cluster.state();
        (state != ClusterState::Paused).then(|| format!("it is {state}"))
    })
}

/// Returns the reason why clusters of a kind cannot be paused or resumed.
fn kind_obstacle(cluster: &ClusterTarget) -> Option<String> {
    let is_free = || cluster.tiers().iter().any(|tier| tier == "M0");
    match cluster.kind {
        Some(Kind::Flex) => Some("flex clusters cannot be paused".to_owned()),
        Some(Kind::Serverless) => Some("serverless instances cannot be paused".to_owned()),
        _ if is_free() => Some("free clusters cannot be paused".to_owned()),
        _ => None,
    }
}
