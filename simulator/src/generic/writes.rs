//! Creates, updates and deletes stored resources.

use serde_json::{Value, json};

use super::shape::is_absent;
use super::{
    Context, change_response, errors, field_overrides, find_records, naming, parents, requests,
    responses, shape,
};
use crate::call::ApiResponse;
use crate::call::error::ApiError;
use crate::state::{Record, State};

/// Creates an item, or each item of a list.
pub(crate) fn create(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_body(context)?.unwrap_or_else(|| json!({}));
    let drafts = match body {
        Value::Array(drafts) => drafts,
        draft => vec![draft],
    };
    let mut last = None;
    for draft in drafts {
        last = Some(insert(state, context, &draft)?);
    }
    let record = last.ok_or_else(ApiError::malformed_json)?;
    change_response(context, state.store.list(&context.collection), &record)
}

/// Adds one item to the collection.
pub(crate) fn insert(
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
            let template = &context.plan.collection;
            return Err(errors::already_exists(context.call, template, value));
        }
    }
    let record = new_record(state, context, draft);
    state
        .store
        .list_mut(&context.collection)
        .push(record.clone());
    Ok(record)
}

/// Creates a record from a body, with an id and the generated fields of its schema.
pub(crate) fn new_record(state: &mut State, context: &Context<'_>, draft: &Value) -> Record {
    let id = state.ids().next(context.call.now);
    let document = requests::remove_secrets(context, draft);
    let schema = context.response_schema();
    let schemas = context.document.schemas();
    let item = schemas.items(schema).unwrap_or(schema);
    let mut filled = responses::fill_schema(context, item, &document, &id);
    let (operation, collection) = (&context.operation.id, &context.plan.collection);
    field_overrides::remove_unsent(operation, collection, &document, &mut filled);
    let mut record = Record::new(id, filled, context.call.now);
    if context.plan.shape == shape::Shape::Create && record.document["links"].is_array() {
        let path = format!("{}/{}", context.call.request_path, record.key);
        record.document["links"] = json!([{ "href": context.call.link(&path), "rel": "self" }]);
    }
    if let Some(draft) = draft.as_object() {
        let not_shown = draft
            .iter()
            .filter(|(name, _)| record.document.get(*name).is_none());
        record.hidden = not_shown
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
    }
    record
}

/// Updates an item. Creates a missing item if its name is the only value that it requires.
pub(crate) fn update(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_body(context)?.unwrap_or_else(|| json!({}));
    let change = requests::remove_secrets(context, &body);
    let existing = find_records(state, context).into_iter().next();
    let mut record = match existing {
        Some(record) => record,
        None if context.operation.method == "POST" || is_set_by_name(context) => {
            let record = new_record(state, context, &change);
            state
                .store
                .list_mut(&context.collection)
                .push(record.clone());
            record
        }
        None => parents::implied_record(context).ok_or_else(|| context.not_found())?,
    };
    record.merge(&change, context.call.now);
    let records = state.store.list_mut(&context.collection);
    if let Some(stored) = records.iter_mut().find(|stored| stored.key == record.key) {
        *stored = record.clone();
    }
    change_response(context, state.store.list(&context.collection), &record)
}

fn is_set_by_name(context: &Context<'_>) -> bool {
    !shape::is_created_by_clients(context.document, &context.plan.collection)
        && context.keys().iter().any(|(name, _)| *name == "limitName")
}

/// Deletes an item.
pub(crate) fn delete(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let record = match find_records(state, context).into_iter().next() {
        Some(record) => record,
        None => parents::implied_record(context).ok_or_else(|| context.not_found())?,
    };
    let records = state.store.list_mut(&context.collection);
    records.retain(|stored| stored.key != record.key);
    if let Some((_, value)) = context.keys().last() {
        state
            .store
            .remove_below(&format!("{}/{value}", context.collection));
    }
    Ok(responses::build(
        context,
        deletion_document(context, &record),
    ))
}

/// Returns the body of the response to a deletion: the record if the schema has fields, or `{}`.
fn deletion_document(context: &Context<'_>, record: &Record) -> Value {
    let schema = context.response_schema();
    let fields = context.document.schemas().fields(schema, None);
    if fields.properties.is_empty() {
        json!({})
    } else {
        responses::fill_schema(context, schema, &record.document, &record.key)
    }
}

/// Resets a single resource to its generated state.
pub(crate) fn reset(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let removed_record = state.store.remove_single(&context.collection);
    if removed_record.is_none() && is_absent(&context.plan.collection) {
        return Err(context.not_found());
    }
    let record = responses::generate_record(context, &context.collection);
    Ok(responses::build(
        context,
        deletion_document(context, &record),
    ))
}

/// Updates a single resource.
pub(crate) fn update_single(
    state: &mut State,
    context: &Context<'_>,
) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_body(context)?.unwrap_or_else(|| json!({}));
    let change = requests::remove_secrets(context, &body);
    let is_new = state.store.single(&context.collection).is_none();
    if is_new && is_absent(&context.plan.collection) && context.operation.method != "POST" {
        return Err(context.not_found());
    }
    let mut record = if let Some(record) = state.store.single(&context.collection) {
        record.clone()
    } else {
        new_record(state, context, &change)
    };
    record.merge(&change, context.call.now);
    state.store.put_single(&context.collection, record.clone());
    change_response(context, &[], &record)
}
