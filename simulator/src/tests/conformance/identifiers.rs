//! Path parameters that name existing resources.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::bodies::newest_user;
use super::calls::{PROJECT, answer, new_call};
use crate::generic::naming;
use crate::generic::shape::{Plan, Shape, resolve_alias, strip_root};
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::{State, derived_id};

/// Returns the project and the cluster for an operation. Some operations need a cluster of a
/// specific kind.
fn project_and_cluster(operation: &Operation) -> (&'static str, &'static str) {
    match operation.id.as_str() {
        "getGroupClusterBackupSnapshotShardedCluster"
        | "deleteGroupClusterBackupSnapshotShardedCluster" => ("データ基盤", "events"),
        "upgradeGroupClusterTenantUpgrade" => ("Sandbox", "playground"),
        _ => (PROJECT, "telemetry"),
    }
}

/// Returns `true` if an operation changes a user's membership, which must not change for the owner.
fn needs_invited_user(operation: &Operation) -> bool {
    let path = strip_root(&operation.path);
    path.starts_with("/orgs/{orgId}/users/") || path.starts_with("/groups/{groupId}/users/")
}

/// Returns a value for the next parameter of a path. `before` contains the values of the previous
/// parameters.
pub(super) fn value_of(
    state: &mut State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
    now: Timestamp,
) -> String {
    let (project, cluster) = project_and_cluster(operation);
    let project = state.project_by_name(project, "").unwrap();
    let host = || {
        resources::deployments::clusters::list_hosts(project.cluster("telemetry").unwrap())
            .remove(0)
    };
    let fixed = match name {
        "groupId" => Some(project.id.clone()),
        // Only the organization of the project has such keys.
        "orgId" if operation.id == "getOrgAiModelApiKey" => Some(project.organization.clone()),
        "orgId" => Some(state.oldest_organization().to_owned()),
        "processId" | "hostName" => Some(format!("{}:{}", host().0, host().1)),
        "hostname" => Some(host().0),
        // The owner must not be removed from the organization.
        "userId" if needs_invited_user(operation) => Some(newest_user(state)),
        "userId" => Some(derived_id("user owner")),
        "userName" => Some("simulator@example.com".to_owned()),
        "endpointSetId" => Some("flexClusters".to_owned()),
        "groupName" => Some(PROJECT.to_owned()),
        "clusterName" if operation.path.contains("/clusters/{clusterName}") => {
            Some(cluster.to_owned())
        }
        "tenantName" if operation.path.contains("/streams/") => Some("workspace".to_owned()),
        "limitName" if operation.path.contains("/dataFederation/") => {
            Some("bytesProcessed.monthly".to_owned())
        }
        "modelGroupName" => Some("embed_large".to_owned()),
        "secretId" => secret(state, operation, before),
        _ => None,
    };
    let parameter = operation
        .parameters
        .iter()
        .find(|parameter| parameter.name == name);
    fixed
        .or_else(|| Some(parameter?.schema["enum"][0].as_str()?.to_owned()))
        .or_else(|| from_list(state, operation, name, before, now))
        .or_else(|| from_store(state, operation, name, before))
        .unwrap_or_else(|| "6a6f78e0cab84da5c4476b25".to_owned())
}

/// Returns the parameter's value for the last item of the list that precedes the parameter in the path.
fn from_list(
    state: &mut State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
    now: Timestamp,
) -> Option<String> {
    let document = Document::vendored().unwrap();
    let (template, _) = operation.path.split_once(&format!("/{{{name}}}"))?;
    let template = resolve_alias(strip_root(template.trim_end_matches("/byName")));
    let list = document.operations().iter().find(|operation| {
        let plan = Plan::of(document, operation);
        operation.method == "GET"
            && !operation.path.ends_with("/shardedClusters")
            && plan.shape == Shape::List
            && plan.keys == 0
            && plan.collection == template
    })?;
    let known_parameters: Vec<_> = operation.path_names().zip(before).collect();
    let parameters = list.path_names().map(|path_name| {
        let value = known_parameters.iter().find(|(name, _)| *name == path_name);
        value.map_or_else(|| "AWS".to_owned(), |(_, value)| (*value).clone())
    });
    let call = new_call(list, parameters.collect(), Vec::new(), Bytes::new(), now);
    let body = answer(state, &call).ok()?.document?;
    let items = body.get("results").unwrap_or(&body).as_array()?;
    // The first service account belongs to the organization, later accounts belong to projects. The
    // last snapshot is in progress.
    let is_first = name == "snapshotId" || name == "clientId" && template.starts_with("/orgs");
    let item = if is_first {
        items.first()?
    } else {
        items.last()?
    };
    let fields = naming::fields(name).into_iter().chain(["id", "_id"]);
    let mut values = fields.filter_map(|field| item.get(field).and_then(Value::as_str));
    values.next().map(str::to_owned)
}

/// Returns the parameter's value for the last record of the collection that precedes the parameter
/// in the path.
fn from_store(
    state: &State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
) -> Option<String> {
    let (template, _) = operation.path.split_once(&format!("/{{{name}}}"))?;
    let plan = Plan::of(Document::vendored().unwrap(), operation);
    let concrete = |template: &str| {
        let values = operation.path_names().zip(before);
        values.fold(template.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        })
    };
    let collections = [resolve_alias(strip_root(template)), plan.collection];
    let mut records = collections
        .iter()
        .filter_map(|collection| state.store.list(&concrete(collection)).last());
    let record = records.next()?;
    let fields = naming::fields(name);
    let value = fields
        .iter()
        .map(|field| record.string(field))
        .find(|text| !text.is_empty());
    Some(value.unwrap_or(&record.key).to_owned())
}

/// Returns the id of a secret of the service account that precedes the parameter in the path.
fn secret(state: &State, operation: &Operation, before: &[String]) -> Option<String> {
    let [scope, client] = before else {
        return None;
    };
    let (start, _) = strip_root(&operation.path).split_once('{')?;
    let accounts = state.store.list(&format!("{start}{scope}/serviceAccounts"));
    let account = accounts
        .iter()
        .find(|account| account.string("clientId") == client)?;
    Some(account.document["secrets"][0]["id"].as_str()?.to_owned())
}
