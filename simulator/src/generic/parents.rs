//! What has to exist before something below it is answered.

use serde_json::{Value, json};

use super::shape::{Plan, below_root, is_created_by_clients, is_empty};
use super::{Context, answers, naming};
use crate::call::error::ApiError;
use crate::state::{Record, State};

/// Refuses a request below something that is not there.
pub(crate) fn check(state: &mut State, context: &Context<'_>) -> Result<(), ApiError> {
    let call = context.call;
    let mut walked = String::new();
    let mut values = call.parameters.iter();
    let path = below_root(&context.operation.path);
    let segments: Vec<_> = path.split('/').skip(1).collect();
    for (index, segment) in segments.iter().enumerate() {
        walked = format!("{walked}/{segment}");
        let Some((name, _)) = segment.strip_prefix('{').and_then(|it| it.split_once('}')) else {
            continue;
        };
        let value = values.next().map_or("", |(_, value)| value);
        let before = index
            .checked_sub(1)
            .and_then(|it| segments.get(it))
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
                // The backups of a deleted cluster are still found where they were.
                let is_backup = segments.get(index + 1) == Some(&"backup");
                let mut retained = project.retained.iter().filter(|_| is_backup);
                if !retained.any(|(_, it)| it.name == value) {
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

/// Refuses a parent that is a record of the store and is not there.
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
    let collection = naming::concrete(context.call, &plan.collection);
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
        return Err(ApiError::thing_not_found(
            &naming::thing(name, &plan.collection),
            value,
        ));
    }
    Ok(())
}

/// Puts plausible resources where nobody but the service can: one, or one of each name there is.
pub(crate) fn populate(state: &mut State, context: &Context<'_>) {
    let template = &context.plan.collection;
    if state.store.existing(&context.collection).is_some()
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
    for name in names(context) {
        let given = name.map_or(Value::Null, |(field, name)| json!({ field: name }));
        let seed = match name {
            Some((_, name)) => name.to_owned(),
            None => context.collection.clone(),
        };
        let document = answers::filled(context, items, &given, &seed);
        let record = Record::new(seed, document, context.call.now);
        state.store.list_mut(&context.collection).push(record);
    }
}

/// What every process has: the end of the collection's path, the field with the name, and the names.
const OF_PROCESSES: [(&str, &str, &[&str]); 2] = [
    ("/databases", "databaseName", &["admin", "config", "local"]),
    ("/disks", "partitionName", &["data"]),
];

/// The names that the items of a collection have, where they are a fixed set, and their field.
fn names(context: &Context<'_>) -> Vec<Option<(&'static str, &'static str)>> {
    let of_process = context.plan.collection.split_once("/processes/{processId}");
    let fixed = OF_PROCESSES
        .iter()
        .find(|(end, ..)| of_process.is_some_and(|(_, rest)| rest == *end));
    if let Some((_, field, names)) = fixed {
        return names.iter().map(|name| Some((*field, *name))).collect();
    }
    let prefix = format!("/api/atlas/v2{}/{{", context.plan.collection);
    let operations = context.document.operations().iter();
    let words = operations
        .filter(|it| it.path.starts_with(&prefix))
        .flat_map(|it| it.parameters.iter())
        .filter(|it| naming::fields(&it.name) == ["name"])
        .find_map(|it| it.schema["enum"].as_array());
    words.map_or_else(
        || vec![None],
        |words| {
            let words = words.iter().map(Value::as_str);
            words.map(|word| word.map(|word| ("name", word))).collect()
        },
    )
}

/// The item itself, where its name is one of a fixed set and it always exists.
pub(crate) fn assumed(context: &Context<'_>) -> Option<Record> {
    let (name, value) = context.keys().last().copied()?;
    let parameter = context
        .operation
        .parameters
        .iter()
        .find(|it| it.name == name && !it.is_query)?;
    let is_of_a_set = parameter.schema.get("enum").is_some();
    let is_owned = !is_created_by_clients(context.document, &context.plan.collection);
    let has_list = context
        .document
        .at("GET", &format!("/api/atlas/v2{}", context.plan.collection))
        .is_some();
    // Without a list nobody could know which of them there are.
    (is_owned && (is_of_a_set || !has_list)).then(|| answers::invented(context, value))
}
