//! The commands of `clusters scale`.

use mongodbatlas::operation;
use serde_json::{Value, json};

use super::update::resized;
use crate::{
    commands::clusters::{
        target::{CLUSTER, UNTIL_IDLE},
        update_request::update_request,
    },
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Target, flag},
    },
    error::CliError,
    exit::Exit,
    output::render::at,
};

/// The command `clusters scale`.
pub(crate) static SCALE: Command = Command::new(
    "scale",
    operation::UPDATE_GROUP_CLUSTER,
    "Change the size of a cluster",
)
.details("Changes the instance size of all nodes, or the size of the disk; all other fields stay.")
.arguments(&[CLUSTER])
.on_cluster()
.flags(&[
    flag("to", Target::None, "Instance size, such as M30"),
    flag("disk-size-gb", Target::None, "Size of the disk in GB").number(),
])
.danger(Danger::Confirm)
.result("Scaling cluster '{name}'.")
.wait(UNTIL_IDLE)
.run(scale)
.examples(&[Example {
    line: "clusters scale shop-staging --to M20 --yes",
    task: "Change the instance size of a cluster",
}]);

fn scale<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let tier = invocation
            .text("to")
            .map(|tier| Value::from(tier.to_uppercase()));
        let disk = match invocation.input("disk-size-gb") {
            Some(input) => invocation.json(input)?,
            None => None,
        };
        if tier.is_none() && disk.is_none() {
            return Err(CliError::usage("`clusters scale` needs a size")
                .with_hint("add `--to M30` or `--disk-size-gb 40`"));
        }
        let (request, current) = update_request(invocation).await?;
        if at(
            &current,
            "replicationSpecs.0.regionConfigs.0.autoScaling.compute.enabled",
        ) == Some(&true.into())
        {
            invocation.warn("auto-scaling is enabled and can change the instance size again");
        }
        let specs = resized(&current, &[("instanceSize", tier), ("diskSizeGB", disk)]);
        if specs == current["replicationSpecs"] {
            invocation.ui.write_stderr("unchanged\n");
            return Ok(Exit::Success);
        }
        let request = request.with_body(json!({ "replicationSpecs": specs }));
        invocation.confirm_and_send(&request).await
    })
}
