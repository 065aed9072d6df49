//! Creating, changing and removing what the store keeps.

use serde_json::{Value, json};

use super::shape::is_absent;
use super::{Context, answers, change_response, find_records, naming, parents, requests, shape};
use crate::call::Reply;
use crate::call::error::ApiError;
use crate::state::{Record, State};

/// Adds to a collection: one thing, or each of a list.
pub(crate) fn create(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let body = requests::body(context)?.unwrap_or_else(|| json!({}));
    let drafts = match body {
        Value::Array(drafts) => drafts,
        draft => vec![draft],
    };
    let mut last = None;
    for draft in drafts {
        last = Some(keep(state, context, &draft)?);
    }
    let record = last.ok_or_else(ApiError::malformed_json)?;
    change_response(context, state.store.list(&context.collection), &record)
}

/// Keeps one new resource.
pub(crate) fn keep(
    state: &mut State,
    context: &Context<'_>,
    draft: &Value,
) -> Result<Record, ApiError> {
    for key in naming::keys() {
        let field = key.field.as_str();
        let Some(value) = draft.get(field).and_then(Value::as_str) else {
            continue;
        };
        let is_taken = state
            .store
            .find(&context.collection, &[field], value)
            .is_some();
        if is_taken && key.unique {
            let thing = naming::thing("id", &context.plan.collection);
            return Err(ApiError::already_exists(&thing, value));
        }
    }
    let record = drafted(state, context, draft);
    state
        .store
        .list_mut(&context.collection)
        .push(record.clone());
    Ok(record)
}

/// A new record of what a client asked for, with an id and what the service adds.
pub(crate) fn drafted(state: &mut State, context: &Context<'_>, draft: &Value) -> Record {
    let id = state.ids().next(context.call.now);
    let document = requests::without_secrets(context, draft);
    let schema = context.response_schema();
    let schemas = context.document.schemas();
    let item = schemas.items(schema).unwrap_or(schema);
    let document = answers::filled(context, item, &document, &id);
    let mut record = Record::new(id, document, context.call.now);
    if context.plan.shape == shape::Shape::Create && record.document["links"].is_array() {
        let path = format!("{}/{}", context.call.request_path, record.key);
        record.document["links"] = json!([{ "href": context.call.link(&path), "rel": "self" }]);
    }
    if let Some(draft) = draft.as_object() {
        let kept = draft
            .iter()
            .filter(|(name, _)| record.document.get(*name).is_none());
        record.hidden = kept
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
    }
    record
}

/// Changes an item; puts it there when its name says all about it.
pub(crate) fn update(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let body = requests::body(context)?.unwrap_or_else(|| json!({}));
    let change = requests::without_secrets(context, &body);
    let existing = find_records(state, context).into_iter().next();
    let mut record = match existing {
        Some(record) => record,
        None if context.operation.method == "POST" || is_set_by_name(context) => {
            let record = drafted(state, context, &change);
            state
                .store
                .list_mut(&context.collection)
                .push(record.clone());
            record
        }
        None => parents::assumed(context).ok_or_else(|| context.not_found())?,
    };
    record.merge(&change, context.call.now);
    let records = state.store.list_mut(&context.collection);
    if let Some(kept) = records.iter_mut().find(|it| it.key == record.key) {
        *kept = record.clone();
    }
    change_response(context, state.store.list(&context.collection), &record)
}

fn is_set_by_name(context: &Context<'_>) -> bool {
    !shape::is_created_by_clients(context.document, &context.plan.collection)
        && context.keys().iter().any(|(name, _)| *name == "limitName")
}

/// Removes an item.
pub(crate) fn delete(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let record = match find_records(state, context).into_iter().next() {
        Some(record) => record,
        None => parents::assumed(context).ok_or_else(|| context.not_found())?,
    };
    let records = state.store.list_mut(&context.collection);
    records.retain(|it| it.key != record.key);
    if let Some((_, value)) = context.keys().last() {
        state
            .store
            .remove_below(&format!("{}/{value}", context.collection));
    }
    Ok(answers::reply(context, removed(context, &record)))
}

/// What the answer to a removal shows: nothing, unless the document has it show the thing.
fn removed(context: &Context<'_>, record: &Record) -> Value {
    let schema = context.response_schema();
    let fields = context.document.schemas().fields(schema, None);
    if fields.properties.is_empty() {
        json!({})
    } else {
        answers::filled(context, schema, &record.document, &record.key)
    }
}

/// Takes a single resource back to what it was at first.
pub(crate) fn reset(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let removed_record = state.store.remove_single(&context.collection);
    if removed_record.is_none() && is_absent(&context.plan.collection) {
        return Err(context.not_found());
    }
    let record = answers::invented(context, &context.collection);
    Ok(answers::reply(context, removed(context, &record)))
}

/// Changes a single resource.
pub(crate) fn change(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let body = requests::body(context)?.unwrap_or_else(|| json!({}));
    let change = requests::without_secrets(context, &body);
    let is_new = state.store.single(&context.collection).is_none();
    if is_new && is_absent(&context.plan.collection) && context.operation.method != "POST" {
        return Err(context.not_found());
    }
    let mut record = if let Some(record) = state.store.single(&context.collection) {
        record.clone()
    } else {
        drafted(state, context, &change)
    };
    record.merge(&change, context.call.now);
    state.store.put_single(&context.collection, record.clone());
    change_response(context, &[], &record)
}
