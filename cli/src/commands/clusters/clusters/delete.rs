//! The commands of `clusters delete`.

use mongodbatlas::operation;

use super::{
    list,
    power::{CLUSTERS, SKIP_IMPOSSIBLE},
};
use crate::{
    commands::clusters::target::{FLEX_ERROR_CODES, RENAMED_PARAMETERS, UNTIL_IDLE},
    engine::{
        Invocation,
        bulk::{Change, Goal},
        definition::{Command, Danger, Example, Fallback, Future, Input, WaitFor},
        fleet::{ClusterTarget, Kind, SELECTION_FLAGS},
        request::Request,
    },
    error::CliError,
};

const FLAGS: &[Input] = &[
    SELECTION_FLAGS[0],
    SELECTION_FLAGS[1],
    SELECTION_FLAGS[2],
    SELECTION_FLAGS[3],
    SKIP_IMPOSSIBLE,
    list::ALL_PROJECTS,
];

/// The command `clusters delete`.
pub(crate) static DELETE: Command =
    Command::delete(operation::DELETE_GROUP_CLUSTER, "Delete clusters")
        .details("Needs a project: `--project`, the environment, the profile or `PROJECT:NAME`.")
        .arguments(&[CLUSTERS])
        .flags(FLAGS)
        .fallback(Fallback {
            operation: operation::DELETE_GROUP_FLEX_CLUSTER,
            codes: FLEX_ERROR_CODES,
            rename: RENAMED_PARAMETERS,
        })
        .result("Deleting cluster '{cluster-name}'")
        .wait(WaitFor {
            until: &[],
            result: "Cluster '{cluster-name}' deleted",
            ..UNTIL_IDLE
        })
        .run(delete)
        .examples(&[Example {
            line: "clusters delete shop-staging --project Storefront --yes",
            task: "Delete a cluster without a confirmation",
        }]);

/// The definition of the change `delete`.
pub(crate) const DELETE_CHANGE: Change = Change {
    verb: "delete",
    done: "deleting",
    goal: Goal::Deleted,
    danger: Danger::TypeName,
    needs_all: true,
    request: delete_request,
    obstacle: delete_obstacle,
};

fn delete<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        require_project(invocation)?;
        invocation.run_change(DELETE_CHANGE, false).await
    })
}

/// Requires a project: commands that interrupt or delete clusters do not search all projects for them.
///
/// # Errors
///
/// Fails with a usage error if no flag, variable or profile sets a project.
pub(super) fn require_project(invocation: &Invocation<'_>) -> Result<(), CliError> {
    let setting = invocation.session.project_setting(&invocation.values);
    let names = invocation.texts("cluster-name");
    let names_projects = !names.is_empty() && names.iter().all(|name| name.contains(':'));
    if setting.is_none() && !names_projects && !invocation.session.emulates_official_cli {
        return Err(
            CliError::usage(format!("`{}` needs a project", invocation.words))
                .with_hint("add `--project NAME`, or write `PROJECT:NAME`"),
        );
    }
    Ok(())
}

fn delete_request(cluster: &ClusterTarget) -> Request {
    let (operation, name) = match cluster.kind {
        Some(Kind::Flex) => (operation::DELETE_GROUP_FLEX_CLUSTER, "name"),
        _ => (operation::DELETE_GROUP_CLUSTER, "clusterName"),
    };
    Request::new(operation)
        .with("groupId", &cluster.project.id)
        .with(name, &cluster.name)
}

fn delete_obstacle(cluster: &ClusterTarget) -> Option<String> {
    if cluster.kind == Some(Kind::Serverless) {
        return Some("Atlas has no operation that deletes serverless instances".to_owned());
    }
    let protection = cluster.value().get("terminationProtectionEnabled");
    (protection == Some(&true.into())).then(|| "termination protection is enabled".to_owned())
}
