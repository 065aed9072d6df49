//! The command `clusters upgrade`: from a free or flex cluster to a dedicated one, or from free to flex.

use mongodbatlas::{Document, operation, operations::Operation};
use serde_json::{Map, Value, json};

use super::{
    create::number,
    update::{self, ReadCluster, read_cluster},
};
use crate::{
    commands::clusters::target::RENAMED_PARAMETERS,
    engine::{
        Invocation,
        definition::{Command, Example, Fallback, Future, Target, argument},
        request::{Request, read_json},
    },
    error::CliError,
    output::render::at,
};

/// Size and provider of a flex cluster.
const FLEX: &str = "FLEX";
/// The path of the first region of a dedicated or free cluster.
const REGION: &str = "replicationSpecs.0.regionConfigs.0";

/// The command `clusters upgrade`.
pub(super) static UPGRADE: Command = Command::new(
    "upgrade",
    operation::UPGRADE_GROUP_CLUSTER_TENANT_UPGRADE,
    "Upgrade a free or flex cluster",
)
.details(
    "Makes a free or flex cluster a dedicated one; `--tier FLEX` makes a free cluster a flex cluster. The cluster \
     keeps its provider and its region. A file has the body of the operation: `upgradeGroupClusterTenantUpgrade`, \
     or, with `replicationSpecs`, `tenantGroupFlexClusterUpgrade`.",
)
.arguments(&[
    argument("cluster-name", Target::None, "Name of the cluster")
        .value_name("CLUSTER")
        .optional(),
])
.flags(&update::FLAGS)
.fallback(Fallback {
    operation: operation::TENANT_GROUP_FLEX_CLUSTER_UPGRADE,
    codes: &[],
    rename: &[],
})
.result("Upgrading cluster '{name}'.")
.run(upgrade)
.examples(&[Example {
    line: "clusters upgrade playground --tier M10 --project Sandbox",
    task: "Make a free cluster a dedicated one",
}]);

fn upgrade<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if !invocation.session.emulates_official_cli {
            invocation.resolve_cluster().await?;
        }
        let Some((scope, project)) = invocation.scope().await? else {
            return Err(CliError::failure("the command has no project"));
        };
        let file = invocation.text("file").map(read_json).transpose()?;
        let (operation, fields) = match &file {
            Some(file) => (operation_of_file(file), Map::new()),
            None => upgraded(invocation, &project.id).await?,
        };
        let mut request = invocation.request(operation, Some((scope, &project.id)))?;
        let name = invocation.text("cluster-name");
        if let Some(body) = request.body.as_mut().and_then(Value::as_object_mut) {
            body.extend(fields);
            if let Some(name) = name {
                body.insert("name".to_owned(), name.into());
            } else if !body.contains_key("name") {
                return Err(CliError::usage("the cluster has no name").with_hint(
                    "`atlascli clusters upgrade NAME`, or a file with the field `name`",
                ));
            }
        }
        invocation.confirm_and_send(&request).await
    })
}

fn operation_of_file(file: &Value) -> &'static Operation {
    if at(file, REGION).is_some() {
        operation::TENANT_GROUP_FLEX_CLUSTER_UPGRADE
    } else {
        operation::UPGRADE_GROUP_CLUSTER_TENANT_UPGRADE
    }
}

/// Reads the cluster; returns the operation that upgrades it, and the fields with the new size.
async fn upgraded(
    invocation: &Invocation<'_>,
    project: &str,
) -> Result<(&'static Operation, Map<String, Value>), CliError> {
    let (Some(name), Some(tier)) = (invocation.text("cluster-name"), invocation.text("tier"))
    else {
        return Err(CliError::usage(
            "`clusters upgrade` needs a cluster and `--tier`, or `--file`",
        )
        .with_hint("as in `clusters upgrade NAME --tier M10`"));
    };
    let tier = tier.to_uppercase();
    let disk = number(invocation, "disk-size-gb")?;
    let read = Request::new(operation::GET_GROUP_CLUSTER)
        .with("groupId", project)
        .with("clusterName", name);
    let current = match read_cluster(invocation, &read).await? {
        ReadCluster::Dedicated(current) => current,
        ReadCluster::Flex => {
            let read = read.with_operation(operation::GET_GROUP_FLEX_CLUSTER, RENAMED_PARAMETERS);
            let (response, _) = invocation.send(&read).await?;
            let current = response.document().map(Document::to_value);
            let fields = flex_upgrade(&current.unwrap_or_default(), &tier, disk);
            return Ok((operation::TENANT_GROUP_FLEX_CLUSTER_UPGRADE, fields));
        }
    };
    let region = at(&current, REGION).cloned().unwrap_or_default();
    if region["providerName"] != "TENANT" {
        return Err(
            CliError::failure(format!("`{name}` is a dedicated cluster already")).with_hint(
                format!("`atlascli clusters update {name} --tier {tier}` changes its size"),
            ),
        );
    }
    let fields = tenant_upgrade(&region, &tier, disk);
    Ok((operation::UPGRADE_GROUP_CLUSTER_TENANT_UPGRADE, fields))
}

/// Returns the fields that upgrade a free cluster.
fn tenant_upgrade(region: &Value, tier: &str, disk: Option<Value>) -> Map<String, Value> {
    let mut settings = json!({
        "instanceSizeName": tier,
        "providerName": region["backingProviderName"],
        "regionName": region["regionName"],
    });
    if tier == FLEX {
        settings["providerName"] = FLEX.into();
        settings["backingProviderName"] = region["backingProviderName"].clone();
    }
    let mut fields = Map::new();
    fields.insert("providerSettings".to_owned(), settings);
    if let Some(disk) = disk {
        fields.insert("diskSizeGB".to_owned(), disk);
    }
    fields
}

/// Returns the fields that upgrade a flex cluster.
fn flex_upgrade(flex: &Value, tier: &str, disk: Option<Value>) -> Map<String, Value> {
    let settings = &flex["providerSettings"];
    let mut nodes = json!({ "instanceSize": tier, "nodeCount": 3 });
    if let Some(disk) = disk {
        nodes["diskSizeGB"] = disk;
    }
    let specs = json!([{
        "regionConfigs": [{
            "electableSpecs": nodes,
            "priority": 7,
            "providerName": settings["backingProviderName"],
            "regionName": settings["regionName"],
        }],
    }]);
    let mut fields = Map::new();
    fields.insert("clusterType".to_owned(), "REPLICASET".into());
    fields.insert("replicationSpecs".to_owned(), specs);
    fields
}
