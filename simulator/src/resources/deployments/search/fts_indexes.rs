//! Search indexes in the format of 2023-01-01, in which the definition is not a nested object. The
//! indexes are the same as in [`super::indexes`].

use serde_json::{Map, Value, json};

use super::indexes;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, progress, requests, responses};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[
    ("listGroupClusterFtsIndex", list),
    ("getGroupClusterFtsIndex", get),
    ("createGroupClusterFtsIndex", create),
    ("updateGroupClusterFtsIndex", update),
];

/// Fields that are not part of the definition.
const METADATA_FIELDS: [&str; 6] = [
    "collectionName",
    "database",
    "indexID",
    "name",
    "status",
    "type",
];

/// `GET …/fts/indexes/{databaseName}/{collectionName}`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let records = generic::find_records(state, &context);
    let indexes = records
        .iter()
        .map(|record| render_document(&context, record));
    Ok(responses::build(&context, indexes.collect()))
}

/// `GET …/fts/indexes/{indexId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let record = generic::find_records(state, &context).into_iter().next();
    let record = record.ok_or_else(|| context.not_found())?;
    Ok(responses::build(
        &context,
        render_document(&context, &record),
    ))
}

/// `POST …/fts/indexes`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let (mut index, definition) = split(&body);
    index.insert("definition".to_owned(), definition);
    let record = indexes::insert(state, &context, &Value::Object(index))?;
    Ok(responses::build(
        &context,
        render_document(&context, &record),
    ))
}

/// `PATCH …/fts/indexes/{indexId}`
///
/// Replaces the definition.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let record = generic::find_records(state, &context).into_iter().next();
    let record = record.ok_or_else(|| context.not_found())?;
    let (_, definition) = split(&body);
    let records = state.store.list_mut(&context.collection);
    let stored = records.iter_mut().find(|stored| stored.key == record.key);
    let stored = stored.ok_or_else(|| context.not_found())?;
    stored.document["definition"] = definition;
    indexes::rebuild(stored, call.now);
    let stored = stored.clone();
    Ok(responses::build(
        &context,
        render_document(&context, &stored),
    ))
}

/// Separates the definition of an index from its other fields.
fn split(body: &Value) -> (Map<String, Value>, Value) {
    let fields = body.as_object().cloned().unwrap_or_default();
    let (metadata, definition) = fields
        .into_iter()
        .partition(|(name, _)| METADATA_FIELDS.contains(&name.as_str()));
    (metadata, Value::Object(definition))
}

fn render_document(context: &Context<'_>, record: &Record) -> Value {
    let index = progress::advance(context, record);
    let mut document = Map::new();
    if let Value::Object(definition) = &index["latestDefinition"] {
        document.extend(definition.clone());
    }
    for name in METADATA_FIELDS {
        if let Some(value) = index.get(name) {
            document.insert(name.to_owned(), value.clone());
        }
    }
    let is_ready = index["status"] == "READY";
    let status = if is_ready { "STEADY" } else { "IN_PROGRESS" };
    document.insert("status".to_owned(), json!(status));
    let schema = context.response_schema();
    let schema = context.document.schemas().items(schema).unwrap_or(schema);
    responses::render_document(context, schema, &Value::Object(document), &record.key)
}
