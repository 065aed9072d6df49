//! Values for the parameters of a path: something that is there, if anything is.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::bodies::newest_user;
use super::calls::{PROJECT, answer, called};
use crate::generic::naming;
use crate::generic::shape::{Plan, Shape, resolve_alias, strip_root};
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::{State, derived_id};

/// Where the cluster of an operation is, in case it has to be of a kind.
fn place(operation: &Operation) -> (&'static str, &'static str) {
    match operation.id.as_str() {
        "getGroupClusterBackupSnapshotShardedCluster"
        | "deleteGroupClusterBackupSnapshotShardedCluster" => ("データ基盤", "events"),
        "upgradeGroupClusterTenantUpgrade" => ("Sandbox", "playground"),
        _ => (PROJECT, "telemetry"),
    }
}

/// Whether an operation is about the place of somebody in an organization or a project; teams have its
/// owner in them.
fn has_to_be_invited(operation: &Operation) -> bool {
    let path = strip_root(&operation.path);
    path.starts_with("/orgs/{orgId}/users/") || path.starts_with("/groups/{groupId}/users/")
}

/// A value for the next parameter of a path; those before it have theirs.
pub(super) fn value_of(
    state: &mut State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
    now: Timestamp,
) -> String {
    let (project, cluster) = place(operation);
    let project = state.project_by_name(project, "").unwrap();
    let host =
        || resources::deployments::clusters::hosts(project.cluster("telemetry").unwrap()).remove(0);
    let fixed = match name {
        "groupId" => Some(project.id.clone()),
        // Its keys are those of its projects, and the last organization has none.
        "orgId" if operation.id == "getOrgAiModelApiKey" => Some(project.organization.clone()),
        "orgId" => Some(state.oldest_organization().to_owned()),
        "processId" | "hostName" => Some(format!("{}:{}", host().0, host().1)),
        "hostname" => Some(host().0),
        // The owner has to stay in the organization.
        "userId" if has_to_be_invited(operation) => Some(newest_user(state)),
        "userId" => Some(derived_id("user owner")),
        "userName" => Some("simulator@example.com".to_owned()),
        "endpointSetId" => Some("flexClusters".to_owned()),
        "groupName" => Some(PROJECT.to_owned()),
        "clusterName" if operation.path.contains("/clusters/{clusterName}") => {
            Some(cluster.to_owned())
        }
        "secretId" => secret(state, operation, before),
        _ => None,
    };
    let parameter = operation.parameters.iter().find(|it| it.name == name);
    fixed
        .or_else(|| Some(parameter?.schema["enum"][0].as_str()?.to_owned()))
        .or_else(|| listed(state, operation, name, before, now))
        .or_else(|| stored(state, operation, name, before))
        .unwrap_or_else(|| "6a6f78e0cab84da5c4476b25".to_owned())
}

/// What names the last item of the list that a parameter is about.
fn listed(
    state: &mut State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
    now: Timestamp,
) -> Option<String> {
    let document = Document::vendored().unwrap();
    let (template, _) = operation.path.split_once(&format!("/{{{name}}}"))?;
    let template = resolve_alias(strip_root(template.trim_end_matches("/byName")));
    let list = document.operations().iter().find(|it| {
        let plan = Plan::of(document, it);
        it.method == "GET"
            && !it.path.ends_with("/shardedClusters")
            && plan.shape == Shape::List
            && plan.keys == 0
            && plan.collection == template
    })?;
    let known: Vec<_> = operation.path_names().zip(before).collect();
    let parameters = list.path_names().map(|wanted| {
        let found = known.iter().find(|(name, _)| *name == wanted);
        found.map_or_else(|| "AWS".to_owned(), |(_, value)| (*value).clone())
    });
    let call = called(list, parameters.collect(), Vec::new(), Bytes::new(), now);
    let answer = answer(state, &call).ok()?.document?;
    let items = answer.get("results").unwrap_or(&answer).as_array()?;
    // An account of the organization, which is not the project's that was made later.
    // The last snapshot is in progress.
    let is_first = name == "snapshotId" || name == "clientId" && template.starts_with("/orgs");
    let item = if is_first {
        items.first()?
    } else {
        items.last()?
    };
    let named = naming::fields(name).into_iter().chain(["id", "_id"]);
    let mut named = named.filter_map(|field| item.get(field).and_then(Value::as_str));
    named.next().map(str::to_owned)
}

/// What names the last thing of the collection that an operation or the parameter is about.
fn stored(
    state: &State,
    operation: &'static Operation,
    name: &str,
    before: &[String],
) -> Option<String> {
    let (template, _) = operation.path.split_once(&format!("/{{{name}}}"))?;
    let plan = Plan::of(Document::vendored().unwrap(), operation);
    let concrete = |template: &str| {
        let named = operation.path_names().zip(before);
        named.fold(template.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        })
    };
    let collections = [resolve_alias(strip_root(template)), plan.collection];
    let mut records = collections
        .iter()
        .filter_map(|it| state.store.list(&concrete(it)).last());
    let record = records.next()?;
    let fields = naming::fields(name);
    let named = fields
        .iter()
        .map(|it| record.text(it))
        .find(|it| !it.is_empty());
    Some(named.unwrap_or(&record.key).to_owned())
}

/// A secret of the service account, or of the other thing, that comes before it in the path.
fn secret(state: &State, operation: &Operation, before: &[String]) -> Option<String> {
    let [scope, account] = before else {
        return None;
    };
    let (start, _) = strip_root(&operation.path).split_once('{')?;
    let accounts = state.store.list(&format!("{start}{scope}/serviceAccounts"));
    let account = accounts.iter().find(|it| it.text("clientId") == account)?;
    Some(account.document["secrets"][0]["id"].as_str()?.to_owned())
}
