//! The command `clusters failover`.

use mongodbatlas::operation;

use super::delete::require_project;
use crate::{
    commands::clusters::target::CLUSTER,
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future},
    },
};

/// The command `clusters failover`.
pub(crate) static FAILOVER: Command = Command::new(
    "failover",
    operation::RESTART_GROUP_CLUSTER_PRIMARIES,
    "Test a failover by restarting the primary nodes",
)
.details("Needs a project: `--project`, the environment, the profile or `PROJECT:NAME`.")
.arguments(&[CLUSTER])
.danger(Danger::Confirm)
.result("Failover test for '{cluster-name}' started")
.run(fail_over)
.examples(&[Example {
    line: "clusters failover shop-production --project Storefront --yes",
    task: "Restart the primary nodes of a cluster",
}]);

fn fail_over<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        require_project(invocation)?;
        if !invocation.session.emulates_official_cli {
            invocation.resolve_cluster().await?;
        }
        invocation.run_definition().await
    })
}
