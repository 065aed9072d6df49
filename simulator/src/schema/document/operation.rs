//! An operation of the OpenAPI document: versions, roles, parameters, request body and response.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::schema::template::Template;

const METHODS: [(&str, &str); 5] = [
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
];

/// An operation of the OpenAPI document.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: &'static str,
    /// The path template in the OpenAPI document.
    pub(crate) path: String,
    pub(crate) template: Template,
    pub(crate) tag: String,
    /// The stable versions, oldest first.
    pub(crate) versions: Vec<Version>,
    /// The roles of which a caller needs one, as the OpenAPI document names them. Empty if no role
    /// is required.
    pub(crate) roles: Vec<String>,
    pub(crate) parameters: Vec<Parameter>,
    /// The schema of the request body.
    pub(crate) request: Option<Value>,
    pub(crate) success: SuccessResponse,
}

/// A stable version of an operation. Dates have the format `2024-08-05`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Version {
    pub(crate) version: String,
    pub(crate) sunset: Option<String>,
}

/// A parameter of the path or the query.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) is_query: bool,
    pub(crate) is_required: bool,
    pub(crate) schema: Value,
}

/// A successful response.
#[derive(Debug)]
pub(crate) struct SuccessResponse {
    pub(crate) status: u16,
    /// The suffixes of the media types: `json`, `gzip` or `csv`.
    pub(crate) suffixes: Vec<String>,
    /// The schema of the JSON body.
    pub(crate) schema: Option<Value>,
}

impl Operation {
    /// Returns the names of the path parameters, in order.
    #[cfg(test)]
    pub(crate) fn path_names(&self) -> impl Iterator<Item = &str> {
        let segments = self.path.split('/');
        segments.filter_map(|segment| Some(segment.split_once('{')?.1.split_once('}')?.0))
    }

    /// Returns `true` for the newest version. The OpenAPI document describes no other version.
    pub(crate) fn is_newest(&self, version: &str) -> bool {
        let newest = self.versions.last();
        newest.is_some_and(|newest| newest.version == version)
    }
}

/// Parses all operations in the order of the OpenAPI document.
pub(super) fn parse(source: &Value) -> Result<Vec<Operation>, String> {
    let paths = source["paths"].as_object().ok_or("no `paths`")?;
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (key, method) in METHODS {
            if let Some(object) = item.get(key) {
                operations.push(operation(source, path, method, object)?);
            }
        }
    }
    Ok(operations)
}

fn operation(
    source: &Value,
    path: &str,
    method: &'static str,
    object: &Value,
) -> Result<Operation, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let versions: Vec<Version> = serde_json::from_value(object["x-atlas-versions"].clone())
        .map_err(|error| format!("{method} {path}: {error}"))?;
    let parameters = list(&object["parameters"]);
    Ok(Operation {
        id: text(&object["operationId"]),
        method,
        path: path.to_owned(),
        template: Template::parse(path),
        tag: text(&object["tags"][0]),
        versions,
        roles: list(&object["x-rolesRequirements"])
            .iter()
            .map(text)
            .collect(),
        parameters: parameters
            .iter()
            .map(|object| parameter(follow(source, object)))
            .collect(),
        request: content(&object["requestBody"]).and_then(json_schema),
        success: success_response(source, &object["responses"]),
    })
}

fn parameter(object: &Value) -> Parameter {
    Parameter {
        name: object["name"].as_str().unwrap_or_default().to_owned(),
        is_query: object["in"] == "query",
        is_required: object["required"] == true,
        schema: object["schema"].clone(),
    }
}

fn success_response(source: &Value, responses: &Value) -> SuccessResponse {
    let empty = Map::new();
    let responses = responses.as_object().unwrap_or(&empty);
    let mut successes: Vec<_> = responses
        .iter()
        .filter_map(|(status, response)| Some((success_status(status)?, follow(source, response))))
        .collect();
    // A success response with a body takes precedence.
    successes.sort_by_key(|(_, response)| content(response).is_none_or(Map::is_empty));
    let success = successes.into_iter().next();
    let (status, response) = success.unwrap_or((200, &Value::Null));
    let content = content(response);
    SuccessResponse {
        status,
        suffixes: content.map(suffixes).unwrap_or_default(),
        schema: content.and_then(json_schema),
    }
}

fn success_status(text: &str) -> Option<u16> {
    text.parse()
        .ok()
        .filter(|status| (200..300).contains(status))
}

fn content(object: &Value) -> Option<&Map<String, Value>> {
    object.get("content")?.as_object()
}

fn suffixes(content: &Map<String, Value>) -> Vec<String> {
    let names = content.keys();
    names
        .filter_map(|name| Some(name.rsplit_once('+')?.1.to_owned()))
        .collect()
}

fn json_schema(content: &Map<String, Value>) -> Option<Value> {
    content
        .iter()
        .find(|(name, _)| name.ends_with("json"))
        .and_then(|(_, media)| media.get("schema"))
        .cloned()
}

/// Follows a reference.
fn follow<'a>(source: &'a Value, object: &'a Value) -> &'a Value {
    object
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| source.pointer(reference.trim_start_matches('#')))
        .unwrap_or(object)
}
