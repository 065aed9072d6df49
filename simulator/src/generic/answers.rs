//! Filling answers from the schemas.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::CONTENT_DISPOSITION;
use http::{HeaderName, StatusCode};
use serde_json::{Map, Value, json};

use super::{Context, field_overrides, progress};
use crate::call::Reply;
use crate::schema::{Known, fill};
use crate::state::clock::written;
use crate::state::{Record, derived_id};

/// A document of this schema for what is known.
pub(crate) fn filled(context: &Context<'_>, schema: &Value, given: &Value, seed: &str) -> Value {
    let known = known(context, seed);
    fill(context.document.schemas(), schema, given, &known)
}

/// A record as an answer shows it.
pub(crate) fn present(context: &Context<'_>, schema: &Value, record: &Record) -> Value {
    let document = progress::advance(context, record);
    let mut document = filled(context, schema, &document, &record.key);
    let operation = &context.operation.id;
    field_overrides::apply(operation, &context.plan.collection, &mut document);
    document
}

/// A record nobody created.
pub(crate) fn invented(context: &Context<'_>, key: &str) -> Record {
    let schema = context.response_schema();
    let seed = format!("{} {key}", context.collection);
    let document = filled(context, schema, &Value::Null, &seed);
    Record::new(key, document, context.call.now)
}

fn known(context: &Context<'_>, seed: &str) -> Known {
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
    let itself = json!([{ "href": call.link(&call.request_path), "rel": "self" }]);
    fields.insert("links".to_owned(), itself);
    Known {
        fields,
        seed: seed.to_owned(),
        now: written(call.now),
    }
}

/// Where an exported snapshot lies in its bucket.
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

/// An answer with the operation's status and this body.
pub(crate) fn reply(context: &Context<'_>, document: Value) -> Reply {
    let answer = &context.operation.success;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut reply = Reply::ok(document);
    reply.status = status;
    if status == StatusCode::NO_CONTENT {
        reply.document = None;
    } else if reply.document == Some(Value::Null) {
        reply.document = Some(json!({}));
    }
    reply
}

/// Adds to a page what its schema has beside the results.
pub(super) fn complete_page(context: &Context<'_>, schema: &Value, document: &mut Value) {
    let is_counted = document.get("totalCount").is_some();
    let seed = context.collection.clone();
    let known = known(context, &seed);
    let results = document["results"].take();
    let links = document["links"].take();
    let mut whole = fill(context.document.schemas(), schema, &json!({}), &known);
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

/// The answer of an operation that answers files.
pub(crate) fn bytes(context: &Context<'_>) -> Option<Reply> {
    match context.call.suffix.as_str() {
        "gzip" => Some(log(context)),
        "csv" => Some(Reply::file(b"date,sku,quantity,unitPriceDollars,totalPriceCents\n2026-08-01,ATLAS_AWS_INSTANCE_M10,24,0.08,192\n".to_vec())),
        _ => None,
    }
}

/// A log of the last day, under the name of its host where it has one.
fn log(context: &Context<'_>) -> Reply {
    let lines = log_lines(context);
    let reply = Reply::file(gzipped(&lines));
    let call = context.call;
    if context.operation.id != "downloadGroupClusterLog" {
        return reply;
    }
    let (host, kind) = (call.path("hostName"), call.path("logName"));
    let second = |name: &str| call.query.get(name)?.parse::<i64>().ok();
    let day = |second: i64| {
        let moment = jiff::Timestamp::from_second(second).unwrap_or(call.now);
        moment.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    };
    let end = second("endDate").unwrap_or_else(|| call.now.as_second());
    let start = second("startDate").unwrap_or(end - 24 * 3600);
    let kind = kind.to_uppercase().replace('-', "_");
    let name = format!("{host}_{}_{}_{kind}.log.gz", day(start), day(end));
    let length = HeaderName::from_static("x-uncompressed-content-length");
    reply
        .with_header(
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        )
        .with_header(length, lines.len().to_string())
}

/// Bytes compressed the way log downloads are.
pub(crate) fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    encoder.write_all(text.as_bytes()).ok();
    encoder.finish().unwrap_or_default()
}

/// Structured log lines of the last minutes, the same for the same time.
fn log_lines(context: &Context<'_>) -> String {
    const SAID: [(&str, &str, u32); 4] = [
        ("NETWORK", "Connection accepted", 22943),
        ("ACCESS", "Successfully authenticated", 5_286_306),
        ("COMMAND", "Slow query", 51803),
        ("NETWORK", "Connection ended", 22944),
    ];
    let now = context.call.now;
    let lines = SAID
        .iter()
        .zip(1..)
        .map(|((component, message, id), index)| {
            let ago = std::time::Duration::from_secs(60 - index * 10);
            let line = json!({
                "t": { "$date": written(crate::state::clock::before(now, ago)) },
                "s": "I",
                "c": component,
                "id": id,
                "ctx": format!("conn{}", 1000 + index),
                "msg": message,
                "attr": { "remote": format!("203.0.113.{index}:50{index:03}") },
            });
            format!("{line}\n")
        });
    lines.collect()
}
