//! The operations table: as Rust for the SDK, as text for reviewers.

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
    /// The id in the document.
    pub id: String,
    /// The name of the generated method.
    pub method_name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The tag.
    pub tag: String,
    /// The stable versions with their sunsets, oldest first.
    pub versions: Vec<(String, Option<String>)>,
    /// The media type of the newest version's answer.
    pub accept: String,
    /// The media type of the request body, if there is one.
    pub content_type: Option<String>,
    /// The status of a success.
    pub success: u16,
    /// The kind of body of a successful response.
    pub answer: Answer,
    /// True if the response is paginated.
    pub paged: bool,
    /// True if the document marks it as deprecated.
    pub deprecated: bool,
    /// The roles of which a caller needs one.
    pub roles: Vec<String>,
    /// The parameters: name, place and whether one must be given.
    pub parameters: Vec<(String, Place, bool)>,
    /// The paths to the fields of the request that only the server sets.
    pub server_owned: Vec<String>,
    /// The paths to all fields of the request, of operations that change something.
    pub request_fields: Vec<String>,
    /// The paths to all fields of the answer, of operations that change something.
    pub answer_fields: Vec<String>,
    /// The names of fields in its bodies that hold secrets.
    pub secrets: Vec<String>,
    /// The number of the request body's type.
    pub request: Option<u32>,
    /// The number of the response body's type.
    pub response: Option<u32>,
    /// The numbers of the parameters' types, in the order of `parameters`.
    pub parameter_types: Vec<u32>,
    /// The rate limit, if one was recorded.
    pub rate_limit: Option<(u32, Option<Scope>)>,
}

/// The kind of body of a successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A JSON document.
    Json,
    /// Bytes in a format of their own.
    Bytes,
    /// Nothing of interest.
    Nothing,
}

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// The table of all operations of a corrected document, ordered by the generated methods' names.
///
/// # Errors
///
/// Fails if two operations would get one name, or an operation lacks what every one has.
pub fn table(document: &Document) -> Result<Vec<Row>> {
    let rows = document
        .operations()
        .map(|(path, method, node)| row(document, path, method, node));
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

/// The table's row of an operation.
fn row(document: &Document, path: &str, method: &str, operation: &Value) -> Result<Row> {
    let id = text(operation, "operationId", path)?;
    let (success, success_body) = success(operation, &id)?;
    let media = newest_media(success_body);
    let versions = versions(operation);
    let newest = versions
        .last()
        .map(|(date, _)| date.as_str())
        .unwrap_or_default();
    let accept = media.map_or_else(
        || format!("application/vnd.atlas.{newest}+json"),
        |(name, _)| name.to_owned(),
    );
    let parameters = parameters(document, operation)?;
    Ok(Row {
        method_name: names::method_name(&id),
        method: method.to_uppercase(),
        path: path.to_owned(),
        tag: operation["tags"][0].as_str().unwrap_or_default().to_owned(),
        accept,
        content_type: content_type(operation),
        success,
        answer: answer(media),
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
        answer_fields: Vec::new(),
        request: None,
        response: None,
        parameter_types: Vec::new(),
        rate_limit: None,
        id,
    })
}

/// Adds the field lists, which the passes produce.
pub(crate) fn add_fields(rows: &mut [Row], document: &Document) {
    for (_, method, operation) in document.operations() {
        let row = rows
            .iter_mut()
            .find(|row| operation["operationId"] == row.id.as_str());
        if let Some(row) = row {
            row.server_owned = passes::server_owned(operation);
            if matches!(method, "patch" | "put") {
                row.request_fields = fields::known(document, &operation["requestBody"]);
                row.answer_fields = fields::known(document, success_body(operation));
            }
        }
    }
}

/// Adds the recorded rate limits.
pub(crate) fn add_rate_limits(rows: &mut [Row], limits: &RateLimits) {
    for row in rows {
        let limit = limits.of(&row.id);
        row.rate_limit = limit.map(|limit| (limit.capacity, limit.scope));
    }
}

/// Returns the successful response of an operation, after the passes.
fn success_body(operation: &Value) -> &Value {
    let mut answers = operation["responses"].as_object().into_iter().flatten();
    let success = answers.find(|(status, _)| is_success(status));
    success.map_or(&Value::Null, |(_, body)| body)
}

/// The status and body of the first success.
fn success<'a>(operation: &'a Value, id: &str) -> Result<(u16, &'a Value)> {
    let responses = operation["responses"].as_object().into_iter().flatten();
    let mut successes: Vec<_> = responses.filter(|(status, _)| is_success(status)).collect();
    // An answer with a body says more than one without.
    successes.sort_by_key(|(status, body)| (body.get("content").is_none(), *status));
    let (status, body) = successes
        .first()
        .ok_or_else(|| Error::Missing(format!("success of {id}")))?;
    Ok((status.parse().unwrap_or(200), body))
}

/// The media type of an answer: JSON where there is a choice.
fn newest_media(body: &Value) -> Option<(&str, &Value)> {
    let content = body.get("content")?.as_object()?.iter();
    content
        .filter(|(name, _)| MediaType::parse(name).is_some())
        .min_by_key(|(name, _)| (!name.ends_with("+json"), *name))
        .map(|(name, media)| (name.as_str(), media))
}

fn answer(media: Option<(&str, &Value)>) -> Answer {
    let Some((name, media)) = media else {
        return Answer::Nothing;
    };
    let Some(schema) = media.get("schema") else {
        return if name.ends_with("+json") {
            Answer::Nothing
        } else {
            Answer::Bytes
        };
    };
    if name.ends_with("+json") && schema["format"] != "binary" {
        Answer::Json
    } else {
        Answer::Bytes
    }
}

fn versions(operation: &Value) -> Vec<(String, Option<String>)> {
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

fn parameters(document: &Document, operation: &Value) -> Result<Vec<(String, Place, bool)>> {
    let mut rows = Vec::new();
    for node in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.resolve(node)?;
        let place = match parameter["in"].as_str() {
            Some("path") => Place::Path,
            Some("header") => Place::Header,
            _ => Place::Query,
        };
        let name = text(parameter, "name", "parameter")?;
        rows.push((name, place, parameter["required"] == true));
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

/// The table as text, one line an operation, aligned for reading.
pub fn to_text(rows: &[Row]) -> String {
    let mut lines: Vec<_> = rows.iter().map(|row| (&row.path, line(row))).collect();
    lines.sort();
    let mut text = String::from(
        "# method path | id | newest version | tag | paged or - | roles, any of which suffices\n",
    );
    for (_, line) in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn line(row: &Row) -> String {
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
