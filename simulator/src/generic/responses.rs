//! Responses filled from the schemas.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Context, field_overrides, progress};
use crate::call::ApiResponse;
use crate::schema::{Known, fill};
use crate::state::clock::format_time;
use crate::state::{Record, derived_id};

/// Fills the fields of a schema: from `values`, from the request, or generated from `seed`.
pub(crate) fn fill_schema(
    context: &Context<'_>,
    schema: &Value,
    values: &Value,
    seed: &str,
) -> Value {
    let now = format_time(context.call.now);
    let known_fields = known_fields(context, seed, now);
    fill(context.document.schemas(), schema, values, &known_fields)
}

/// Renders a record as a response document.
pub(crate) fn render(context: &Context<'_>, schema: &Value, record: &Record) -> Value {
    let document = progress::advance(context, record);
    // Generated times must be the same in every response.
    let created = format_time(record.created);
    let known_fields = known_fields(context, &record.key, created);
    let mut rendered = fill(context.document.schemas(), schema, &document, &known_fields);
    apply_overrides(context, &document, &mut rendered);
    rendered
}

/// Fills a document by a schema and applies the field overrides.
pub(crate) fn render_document(
    context: &Context<'_>,
    schema: &Value,
    document: &Value,
    seed: &str,
) -> Value {
    let mut rendered = fill_schema(context, schema, document, seed);
    apply_overrides(context, document, &mut rendered);
    rendered
}

fn apply_overrides(context: &Context<'_>, document: &Value, rendered: &mut Value) {
    let operation = &context.operation.id;
    let collection = &context.plan.collection;
    field_overrides::apply(operation, collection, document, rendered);
}

/// Generates a record that no request has created.
pub(crate) fn generate_record(context: &Context<'_>, key: &str) -> Record {
    let schema = context.response_schema();
    let seed = format!("{} {key}", context.collection);
    let document = fill_schema(context, schema, &Value::Null, &seed);
    Record::new(key, document, context.call.now)
}

/// Returns the fields that the request determines: ids, names and links. `now` is the value of
/// generated times.
fn known_fields(context: &Context<'_>, seed: &str, now: String) -> Known {
    let call = context.call;
    let mut fields = Map::new();
    let id = if is_id(seed) {
        seed.to_owned()
    } else {
        derived_id(seed)
    };
    fields.insert("orgId".to_owned(), json!(call.organization));
    fields.insert("id".to_owned(), json!(id));
    fields.insert("_id".to_owned(), json!(id));
    for (name, value) in &call.parameters {
        let name = *name;
        let names = super::naming::fields(name);
        let is_plain = matches!(name, "groupId" | "orgId" | "clusterName" | "id");
        let is_key = context.keys().iter().any(|(key, _)| *key == name);
        fields.insert(name.to_owned(), json!(value));
        if is_key
            && !is_plain
            && let Some(first) = names.first()
        {
            fields.insert((*first).to_owned(), json!(value));
            if names.contains(&"id") {
                fields.insert("id".to_owned(), json!(value));
            }
        }
    }
    if context
        .plan
        .collection
        .contains("/flexClusters/{name}/backup/")
    {
        fields.insert("projectId".to_owned(), json!(call.path("groupId")));
        fields.insert("instanceName".to_owned(), json!(call.path("name")));
    }
    if let Some(name) = context.item_id() {
        let field = super::naming::fields(name).into_iter().next();
        fields.entry(field.unwrap_or(name)).or_insert(json!(id));
    }
    if let Some(prefix) = export_prefix(context) {
        fields.insert("prefix".to_owned(), json!(prefix));
    }
    let links = json!([{ "href": call.link(&call.request_path), "rel": "self" }]);
    fields.insert("links".to_owned(), links);
    Known {
        fields,
        seed: seed.to_owned(),
        now,
    }
}

/// Returns the path of an exported snapshot in its bucket.
fn export_prefix(context: &Context<'_>) -> Option<String> {
    let call = context.call;
    let is_export = context
        .plan
        .collection
        .ends_with("/{clusterName}/backup/exports");
    if !is_export {
        return None;
    }
    let organization = &call.organization;
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    let day = call.now.strftime("%Y-%m-%dT%H%M");
    let second = call.now.as_second();
    Some(format!(
        "exported_snapshots/{organization}/{project}/{cluster}/{day}/{second}"
    ))
}

fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns a response with the operation's status and a body.
pub(crate) fn build(context: &Context<'_>, document: Value) -> ApiResponse {
    let status = context.operation.success.status;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = ApiResponse::ok(document);
    response.status = status;
    if status == StatusCode::NO_CONTENT {
        response.document = None;
    } else if response.document == Some(Value::Null) {
        response.document = Some(json!({}));
    }
    response
}

/// Adds the fields of a page's schema other than `results` and `links`.
pub(super) fn complete_page(context: &Context<'_>, schema: &Value, document: &mut Value) {
    let is_counted = document.get("totalCount").is_some();
    let seed = context.collection.clone();
    let known_fields = known_fields(context, &seed, format_time(context.call.now));
    let results = document["results"].take();
    let links = document["links"].take();
    let mut whole = fill(
        context.document.schemas(),
        schema,
        &json!({}),
        &known_fields,
    );
    if let (Value::Object(document), Some(whole)) = (&mut *document, whole.as_object_mut()) {
        document.insert("results".to_owned(), results);
        document.insert("links".to_owned(), links);
        for (name, value) in std::mem::take(whole) {
            if name != "totalCount" || is_counted {
                document.entry(name).or_insert(value);
            }
        }
    }
}

/// Returns the response of an operation that returns a file.
pub(crate) fn file_response(context: &Context<'_>) -> Option<ApiResponse> {
    match context.call.suffix.as_str() {
        "csv" => Some(ApiResponse::file(b"date,sku,quantity,unitPriceDollars,totalPriceCents\n2026-08-01,ATLAS_AWS_INSTANCE_M10,24,0.08,192\n".to_vec())),
        _ => None,
    }
}

/// Compresses a string with gzip.
pub(crate) fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    encoder.write_all(text.as_bytes()).ok();
    encoder.finish().unwrap_or_default()
}
