//! The operations table, as Rust code for the SDK and as text for reviewers.

mod rust;

use std::fmt::Write as _;

use serde_json::Value;

use crate::{
    document::{Document, is_success},
    error::{Error, Result},
    fields,
    media_type::MediaType,
    names,
    passes::{self, secret_names},
    rate_limits::{RateLimits, Scope},
};

pub use rust::to_rust;

/// An operation, without its Rust types.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// Id in the document.
    pub id: String,
    /// Name of the generated method.
    pub method_name: String,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template.
    pub path: String,
    /// Tag under which the document lists the operation.
    pub tag: String,
    /// Stable versions with their sunsets, oldest first.
    pub versions: Vec<(String, Option<String>)>,
    /// Media type of the newest version's response.
    pub accept: String,
    /// Media type of the request body.
    pub content_type: Option<String>,
    /// Status of a successful response.
    pub success: u16,
    /// Kind of body of a successful response.
    pub response_body: ResponseBody,
    /// `true` if the response is paginated.
    pub paged: bool,
    /// `true` if the document marks the operation as deprecated.
    pub deprecated: bool,
    /// Roles, any of which suffices.
    pub roles: Vec<String>,
    /// Parameters: name, location, and `true` if required.
    pub parameters: Vec<(String, Location, bool)>,
    /// Paths of the request fields that only Atlas sets.
    pub server_owned: Vec<String>,
    /// Paths of all request fields, for PATCH and PUT.
    pub request_fields: Vec<String>,
    /// Paths of all response fields, for PATCH and PUT.
    pub response_fields: Vec<String>,
    /// Names of the secret fields of request and response.
    pub secrets: Vec<String>,
    /// Number of the request body's type.
    pub request: Option<u32>,
    /// Number of the response body's type.
    pub response: Option<u32>,
    /// Numbers of the parameters' types, in the order of `parameters`.
    pub parameter_types: Vec<u32>,
    /// Recorded rate limit: capacity and scope.
    pub rate_limit: Option<(u32, Option<Scope>)>,
}

/// The kind of body of a successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseBody {
    /// A JSON document.
    Json,
    /// Bytes in another format.
    Bytes,
    /// No body, or one without a schema.
    Nothing,
}

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// A key of the query string.
    Query,
    /// A request header.
    Header,
}

/// Returns the table of all operations of a corrected document, sorted by method name.
///
/// # Errors
///
/// Fails if two operations would get the same name, or an operation is incomplete.
pub fn table(document: &Document) -> Result<Vec<Row>> {
    let rows = document
        .operations()
        .map(|(path, method, node)| build_row(document, path, method, node));
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    rows.sort_by(|a, b| a.method_name.cmp(&b.method_name));
    for pair in rows.windows(2) {
        if pair[0].method_name == pair[1].method_name {
            return Err(Error::NameClash {
                name: pair[0].method_name.clone(),
                first: pair[0].id.clone(),
                second: pair[1].id.clone(),
            });
        }
    }
    Ok(rows)
}

/// Returns the row of an operation.
fn build_row(document: &Document, path: &str, method: &str, operation: &Value) -> Result<Row> {
    let id = text(operation, "operationId", path)?;
    let (success, success_body) = find_success(operation, &id)?;
    let media = newest_media(success_body);
    let versions = read_versions(operation);
    let newest = versions
        .last()
        .map(|(date, _)| date.as_str())
        .unwrap_or_default();
    let accept = media.map_or_else(
        || format!("application/vnd.atlas.{newest}+json"),
        |(name, _)| name.to_owned(),
    );
    let parameters = read_parameters(document, operation)?;
    Ok(Row {
        method_name: names::method_name(&id),
        method: method.to_uppercase(),
        path: path.to_owned(),
        tag: operation["tags"][0].as_str().unwrap_or_default().to_owned(),
        accept,
        content_type: content_type(operation),
        success,
        response_body: response_body(media),
        paged: parameters.iter().any(|(name, _, _)| name == "pageNum"),
        deprecated: operation["deprecated"] == true,
        roles: strings(&operation["x-rolesRequirements"]),
        secrets: secret_names(
            document,
            [&operation["requestBody"], &operation["responses"]],
        )?,
        versions,
        parameters,
        server_owned: Vec::new(),
        request_fields: Vec::new(),
        response_fields: Vec::new(),
        request: None,
        response: None,
        parameter_types: Vec::new(),
        rate_limit: None,
        id,
    })
}

/// Adds the lists of fields, which the passes produce.
pub(crate) fn add_fields(rows: &mut [Row], document: &Document) {
    for (_, method, operation) in document.operations() {
        let row = rows
            .iter_mut()
            .find(|row| operation["operationId"] == row.id.as_str());
        if let Some(row) = row {
            row.server_owned = passes::server_owned_paths(operation);
            if matches!(method, "patch" | "put") {
                row.request_fields = fields::paths(document, &operation["requestBody"]);
                row.response_fields = fields::paths(document, success_body(operation));
            }
        }
    }
}

/// Adds the recorded rate limits.
pub(crate) fn add_rate_limits(rows: &mut [Row], limits: &RateLimits) {
    for row in rows {
        let limit = limits.find(&row.id);
        row.rate_limit = limit.map(|limit| (limit.capacity, limit.scope));
    }
}

/// Returns the successful response of an operation, after the passes.
fn success_body(operation: &Value) -> &Value {
    let mut responses = operation["responses"].as_object().into_iter().flatten();
    let success = responses.find(|(status, _)| is_success(status));
    success.map_or(&Value::Null, |(_, body)| body)
}

/// Returns status and body of the first successful response, preferably one with a body.
fn find_success<'a>(operation: &'a Value, id: &str) -> Result<(u16, &'a Value)> {
    let responses = operation["responses"].as_object().into_iter().flatten();
    let mut successes: Vec<_> = responses.filter(|(status, _)| is_success(status)).collect();
    successes.sort_by_key(|(status, body)| (body.get("content").is_none(), *status));
    let (status, body) = successes
        .first()
        .ok_or_else(|| Error::Missing(format!("success of {id}")))?;
    Ok((status.parse().unwrap_or(200), body))
}

/// Returns the media type of a response, preferably JSON.
fn newest_media(body: &Value) -> Option<(&str, &Value)> {
    let content = body.get("content")?.as_object()?.iter();
    content
        .filter(|(name, _)| MediaType::parse(name).is_some())
        .min_by_key(|(name, _)| (!name.ends_with("+json"), *name))
        .map(|(name, media)| (name.as_str(), media))
}

fn response_body(media: Option<(&str, &Value)>) -> ResponseBody {
    let Some((name, media)) = media else {
        return ResponseBody::Nothing;
    };
    let Some(schema) = media.get("schema") else {
        return if name.ends_with("+json") {
            ResponseBody::Nothing
        } else {
            ResponseBody::Bytes
        };
    };
    if name.ends_with("+json") && schema["format"] != "binary" {
        ResponseBody::Json
    } else {
        ResponseBody::Bytes
    }
}

fn read_versions(operation: &Value) -> Vec<(String, Option<String>)> {
    let listed = operation["x-atlas-versions"]
        .as_array()
        .into_iter()
        .flatten();
    listed
        .filter_map(|version| {
            let sunset = version["sunset"].as_str().map(str::to_owned);
            Some((version["version"].as_str()?.to_owned(), sunset))
        })
        .collect()
}

fn content_type(operation: &Value) -> Option<String> {
    let content = operation["requestBody"].get("content")?.as_object()?;
    content.keys().next().cloned()
}

fn read_parameters(
    document: &Document,
    operation: &Value,
) -> Result<Vec<(String, Location, bool)>> {
    let mut rows = Vec::new();
    for node in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.resolve(node)?;
        let location = match parameter["in"].as_str() {
            Some("path") => Location::Path,
            Some("header") => Location::Header,
            _ => Location::Query,
        };
        let name = text(parameter, "name", "parameter")?;
        rows.push((name, location, parameter["required"] == true));
    }
    Ok(rows)
}

fn text(node: &Value, key: &str, of: &str) -> Result<String> {
    node[key]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Error::Missing(format!("{key} of {of}")))
}

fn strings(node: &Value) -> Vec<String> {
    node.as_array()
        .into_iter()
        .flatten()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}

/// Formats the table with one line for each operation.
pub fn to_text(rows: &[Row]) -> String {
    let mut lines: Vec<_> = rows
        .iter()
        .map(|row| (&row.path, format_row(row)))
        .collect();
    lines.sort();
    let mut listing = String::from(
        "# method path | id | newest version | tag | paged or - | roles, any of which suffices\n",
    );
    for (_, line) in lines {
        listing.push_str(&line);
        listing.push('\n');
    }
    listing
}

fn format_row(row: &Row) -> String {
    let (date, sunset) = row.versions.last().cloned().unwrap_or_default();
    let mut line = format!("{:<6} {} | {} | {date}", row.method, row.path, row.id);
    if let Some(sunset) = sunset {
        // Writing to a string cannot fail.
        let _infallible = write!(line, " (until {sunset})");
    }
    let paged = if row.paged { "paged" } else { "-" };
    let roles = if row.roles.is_empty() {
        "-".to_owned()
    } else {
        row.roles.join(", ")
    };
    let _infallible = write!(line, " | {} | {paged} | {roles}", row.tag);
    line
}
