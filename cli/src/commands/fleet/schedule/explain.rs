//! `schedule explain`: explains why a cluster is running or paused.

use mongodbatlas::{Boundary, PlannedCluster};
use serde_json::json;

use super::{AT, FILE, apply, describe, file};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, argument, column},
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The command `schedule explain`.
pub(super) static EXPLAIN: Command = Command::local(
    "explain",
    "Show what the next pass does with a cluster, and why",
    explain,
)
.arguments(&[argument(
    "cluster",
    Target::None,
    "Cluster: NAME or PROJECT:NAME",
)])
.flags(&[FILE, AT])
.columns(&[
    column("CLUSTER", "cluster"),
    column("STATE", "state").state(),
    column("SCHEDULES", "schedules.*"),
    column("ACTION", "action"),
    column("REASON", "reason"),
    column("LAST", "last"),
    column("NEXT", "next"),
])
.examples(&[Example {
    line: "schedule explain shop-staging --at '2026-09-01 20:05'",
    task: "Show why a cluster is paused at a time",
}]);

fn explain<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = file::read(invocation)?;
        let at = file::time_flag(invocation, "at", &file)?;
        let name = invocation.text("cluster").unwrap_or_default().to_owned();
        let atlas = invocation.session.atlas().await?;
        let plan = apply::read_plan(&atlas, &file, at).await?;
        for failure in &plan.failures {
            invocation.warn(&failure.to_string());
        }
        let cluster = find(&plan.clusters, &name)?;
        let decision = &cluster.decision;
        let zone = if invocation.values.has("time-zone") {
            invocation.time_zone()?
        } else {
            file.time_zone().clone()
        };
        let boundary = |boundary: Option<Boundary>| {
            boundary.map(|boundary| {
                format!(
                    "{} at {}",
                    boundary.action.name(),
                    describe::local_time(boundary.time, &zone)
                )
            })
        };
        let document = json!({
            "cluster": cluster.target.path(),
            "state": cluster.target.state.to_string(),
            "schedules": decision.schedules,
            "action": decision.action.map_or("none", mongodbatlas::ScheduleAction::name),
            "reason": describe::reason(decision, &zone),
            "last": boundary(decision.last_boundary),
            "next": boundary(decision.next_boundary),
        });
        invocation.print(&Data::Document(to_document(&document)?))?;
        Ok(Exit::Success)
    })
}

/// Returns the cluster with this name or path.
fn find<'a>(clusters: &'a [PlannedCluster], name: &str) -> Result<&'a PlannedCluster, CliError> {
    let matches =
        |cluster: &&PlannedCluster| cluster.target.name == name || cluster.target.path() == name;
    let found: Vec<_> = clusters.iter().filter(matches).collect();
    match found[..] {
        [cluster] => Ok(cluster),
        [] => Err(CliError::failure(format!("cluster `{name}` not found"))
            .with_exit(Exit::NotFound)
            .with_hint("`atlascli schedule check` shows the clusters with a schedule")),
        _ => {
            let paths = found
                .iter()
                .map(|cluster| format!("`{}`", cluster.target.path()));
            let paths: Vec<_> = paths.collect();
            Err(
                CliError::usage(format!("several clusters are called `{name}`"))
                    .with_hint(format!("write one of {}", paths.join(", "))),
            )
        }
    }
}
