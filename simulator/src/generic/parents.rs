//! 404 checks for path parameters, and generated parents.

use serde_json::{Value, json};

use super::shape::{Plan, is_created_by_clients, is_empty, strip_root};
use super::{Context, errors, naming, responses};
use crate::call::error::ApiError;
use crate::state::{Record, State};

/// Rejects a request below a resource that does not exist.
pub(crate) fn check(state: &mut State, context: &Context<'_>) -> Result<(), ApiError> {
    let call = context.call;
    let mut walked = String::new();
    let mut values = call.parameters.iter();
    let path = strip_root(&context.operation.path);
    let segments: Vec<_> = path.split('/').skip(1).collect();
    for (index, segment) in segments.iter().enumerate() {
        walked = format!("{walked}/{segment}");
        let Some((name, _)) = segment
            .strip_prefix('{')
            .and_then(|segment| segment.split_once('}'))
        else {
            continue;
        };
        let value = values.next().map_or("", |(_, value)| value);
        let before = index
            .checked_sub(1)
            .and_then(|previous| segments.get(previous))
            .copied();
        match (before, name) {
            (_, "groupId") => {
                state.project(value)?;
            }
            (Some("orgs"), "orgId") => {
                state.organization(value)?;
            }
            (Some("clusters"), "clusterName") => {
                let project = state.project(call.path("groupId"))?;
                // The retained snapshots of a deleted cluster keep their paths.
                let is_backup = segments.get(index + 1) == Some(&"backup");
                let mut retained = project.retained.iter().filter(|_| is_backup);
                if !retained.any(|(_, cluster)| cluster.name == value) {
                    project.cluster(value)?;
                }
            }
            (Some("flexClusters"), "name") => {
                state.project(call.path("groupId"))?.flex_cluster(value)?;
            }
            _ if index + 1 < segments.len() || segment.contains(':') => {
                check_record(state, context, &walked, name, value)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Rejects a request whose parent resource is not in the store.
fn check_record(
    state: &mut State,
    context: &Context<'_>,
    walked: &str,
    name: &str,
    value: &str,
) -> Result<(), ApiError> {
    let template = walked.split(':').next().unwrap_or(walked);
    let full = format!("/api/atlas/v2{template}");
    let Some(operation) = context.document.at("GET", &full) else {
        return Ok(());
    };
    let plan = Plan::of(context.document, operation);
    if plan.shape != super::Shape::Item || plan.keys != 1 {
        return Ok(());
    }
    let collection = naming::fill_path(context.call, &plan.collection);
    let parent = Context {
        operation,
        collection: collection.clone(),
        plan: plan.clone(),
        ..context.clone()
    };
    populate(state, &parent);
    if state
        .store
        .find(&collection, &naming::fields(name), value)
        .is_some()
    {
        return Ok(());
    }
    if is_created_by_clients(context.document, &plan.collection) || is_empty(&plan.collection) {
        return Err(errors::not_found(
            context.call,
            &plan.collection,
            name,
            value,
        ));
    }
    Ok(())
}

/// Generates the items of a collection without a create operation: one item, or one item for each
/// fixed name.
pub(crate) fn populate(state: &mut State, context: &Context<'_>) {
    let template = &context.plan.collection;
    if state.store.find_list(&context.collection).is_some()
        || is_empty(template)
        || is_created_by_clients(context.document, template)
    {
        return;
    }
    let path = format!("/api/atlas/v2{template}");
    let schemas = context.document.schemas();
    let items = context
        .document
        .at("GET", &path)
        .and_then(|operation| operation.success.schema.as_ref())
        .and_then(|schema| schemas.items(schema));
    let Some(items) = items else { return };
    for name in fixed_names(context) {
        let values = name.map_or(Value::Null, |(field, name)| json!({ field: name }));
        let seed = match name {
            Some((_, name)) => name.to_owned(),
            None => context.collection.clone(),
        };
        let document = responses::fill_schema(context, items, &values, &seed);
        let record = Record::new(seed, document, context.call.now);
        state.store.list_mut(&context.collection).push(record);
    }
}

/// Port of the routers of sharded clusters, which have no disks.
pub(crate) const ROUTER_PORT: u16 = 27016;

/// Collections of every process: the end of the path, the field that contains the name, and the names.
const PROCESS_COLLECTIONS: [(&str, &str, &[&str]); 2] = [
    ("/databases", "databaseName", &["admin", "config", "local"]),
    ("/disks", "partitionName", &["data"]),
];

/// Returns the field and the names of the items of a collection with fixed names.
fn fixed_names(context: &Context<'_>) -> Vec<Option<(&'static str, &'static str)>> {
    let process_path = context.plan.collection.split_once("/processes/{processId}");
    let collection = PROCESS_COLLECTIONS
        .iter()
        .find(|(end, ..)| process_path.is_some_and(|(_, rest)| rest == *end));
    if let Some((_, field, names)) = collection {
        let process = context.call.find_path("processId").unwrap_or_default();
        let is_router = process.ends_with(&format!(":{ROUTER_PORT}"));
        if is_router && *field == "partitionName" {
            return Vec::new();
        }
        return names.iter().map(|name| Some((*field, *name))).collect();
    }
    let prefix = format!("/api/atlas/v2{}/{{", context.plan.collection);
    let operations = context.document.operations().iter();
    let enum_values = operations
        .filter(|operation| operation.path.starts_with(&prefix))
        .flat_map(|operation| operation.parameters.iter())
        .filter(|parameter| naming::fields(&parameter.name) == ["name"])
        .find_map(|parameter| parameter.schema["enum"].as_array());
    enum_values.map_or_else(
        || vec![None],
        |enum_values| {
            let enum_values = enum_values.iter().map(Value::as_str);
            enum_values
                .map(|word| word.map(|word| ("name", word)))
                .collect()
        },
    )
}

/// Generates the item in the path if its name is one of the fixed names, so that the item always
/// exists.
pub(crate) fn implied_record(context: &Context<'_>) -> Option<Record> {
    let (name, value) = context.keys().last().copied()?;
    let parameter = context
        .operation
        .parameters
        .iter()
        .find(|parameter| parameter.name == name && !parameter.is_query)?;
    let has_fixed_names = parameter.schema.get("enum").is_some();
    let is_generated = !is_created_by_clients(context.document, &context.plan.collection);
    let has_list = context
        .document
        .at("GET", &format!("/api/atlas/v2{}", context.plan.collection))
        .is_some();
    // Without a list operation, any name can exist.
    (is_generated && (has_fixed_names || !has_list))
        .then(|| responses::generate_record(context, value))
}
