//! An OpenAPI document as JSON, with functions to visit and change it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Keys of operations in a path item.
const HTTP_METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Prefix of references to schemas.
const SCHEMA_PREFIX: &str = "#/components/schemas/";

/// An OpenAPI 3.0 document.
///
/// Kept as JSON, since the passes change parts that typed OpenAPI crates cannot parse.
#[derive(Clone, Debug, PartialEq)]
pub struct Document(pub(crate) Value);

/// The schemas by name.
pub(crate) type Schemas = Map<String, Value>;

impl Document {
    /// Parses a document from JSON text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON or has no `paths` or no `components.schemas`.
    pub fn parse(text: &str) -> Result<Self> {
        Self::from_value(serde_json::from_str(text)?)
    }

    /// Converts a JSON value to a document.
    ///
    /// # Errors
    ///
    /// Fails if the value has no `paths` or no `components.schemas`.
    pub fn from_value(value: Value) -> Result<Self> {
        for pointer in ["/paths", "/components/schemas"] {
            if !value.pointer(pointer).is_some_and(Value::is_object) {
                return Err(Error::Missing(pointer[1..].replace('/', ".")));
            }
        }
        Ok(Self(value))
    }

    /// Returns the document as JSON.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// Returns each operation with its path and method, in the document's order.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| {
            HTTP_METHODS.iter().filter_map(move |method| {
                item.get(method)
                    .map(|operation| (path.as_str(), *method, operation))
            })
        })
    }

    /// Calls the closure with path, method and operation for each operation.
    pub(crate) fn operations_mut(&mut self, mut change: impl FnMut(&str, &str, &mut Value)) {
        for (path, item) in self.0["paths"].as_object_mut().into_iter().flatten() {
            for method in HTTP_METHODS {
                if let Some(operation) = item.get_mut(method) {
                    change(path, method, operation);
                }
            }
        }
    }

    /// Drops the operations for which the closure returns `false`, and paths without operations.
    /// Returns the number of dropped operations.
    pub(crate) fn retain_operations(&mut self, mut keep: impl FnMut(&Value) -> bool) -> usize {
        let mut dropped = 0;
        let Some(paths) = self.0["paths"].as_object_mut() else {
            return 0;
        };
        for item in paths.values_mut().filter_map(Value::as_object_mut) {
            for method in HTTP_METHODS {
                if item.get(method).is_some_and(|operation| !keep(operation)) {
                    item.remove(method);
                    dropped += 1;
                }
            }
        }
        paths.retain(|_, item| HTTP_METHODS.iter().any(|method| item.get(method).is_some()));
        dropped
    }

    /// Returns the schemas by name.
    pub(crate) fn schemas(&self) -> Result<&Schemas> {
        self.0
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .ok_or_else(|| Error::Missing("components.schemas".to_owned()))
    }

    /// Returns the schemas by name, for changes.
    pub(crate) fn schemas_mut(&mut self) -> Result<&mut Schemas> {
        self.0
            .pointer_mut("/components/schemas")
            .and_then(Value::as_object_mut)
            .ok_or_else(|| Error::Missing("components.schemas".to_owned()))
    }

    /// Resolves a `$ref` to a parameter, response, header or schema. Returns other nodes unchanged.
    pub(crate) fn resolve<'a>(&'a self, node: &'a Value) -> Result<&'a Value> {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
            return Ok(node);
        };
        self.0
            .pointer(reference.trim_start_matches('#'))
            .ok_or_else(|| Error::Dangling(reference.to_owned()))
    }

    /// Visits all schemas of components and operations, parents before children.
    pub(crate) fn visit_schemas(&mut self, visit: &mut impl FnMut(&mut Value, &[String])) {
        if let Ok(schemas) = self.schemas_mut() {
            for (name, schema) in schemas {
                visit_schema(schema, &mut vec![name.clone()], visit);
            }
        }
        self.operations_mut(|_, _, operation| {
            visit_operation_schemas(operation, visit);
        });
    }

    /// Returns the names of the schemas that the roots reach.
    pub(crate) fn reachable_from<'a>(
        &self,
        roots: impl IntoIterator<Item = &'a Value>,
    ) -> Result<BTreeSet<String>> {
        let schemas = self.schemas()?;
        let mut pending: Vec<String> = Vec::new();
        for root in roots {
            collect_references(root, &mut pending);
        }
        let mut reached = BTreeSet::new();
        while let Some(name) = pending.pop() {
            if reached.contains(&name) {
                continue;
            }
            let schema = schemas
                .get(&name)
                .ok_or_else(|| Error::Dangling(name.clone()))?;
            collect_references(schema, &mut pending);
            reached.insert(name);
        }
        Ok(reached)
    }

    /// Drops the schemas that no operation reaches, and returns their number.
    pub(crate) fn drop_unreachable_schemas(&mut self) -> Result<usize> {
        let reached =
            self.reachable_from([&self.0["paths"], &self.0["components"]["responses"]])?;
        let schemas = self.schemas_mut()?;
        let before = schemas.len();
        schemas.retain(|name, _| reached.contains(name));
        Ok(before - schemas.len())
    }
}

/// Returns the name of the schema that the node refers to.
pub(crate) fn schema_name(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix(SCHEMA_PREFIX)
}

/// Returns a reference to a schema.
pub(crate) fn schema_reference(name: &str) -> Value {
    serde_json::json!({ "$ref": format!("{SCHEMA_PREFIX}{name}") })
}

/// Renames schemas in all references.
pub(crate) fn rename_references(document: &mut Document, new_names: &BTreeMap<String, String>) {
    rename_in(&mut document.0, new_names);
}

fn rename_in(node: &mut Value, new_names: &BTreeMap<String, String>) {
    match node {
        Value::Object(map) => map
            .values_mut()
            .for_each(|value| rename_in(value, new_names)),
        Value::Array(items) => items.iter_mut().for_each(|item| rename_in(item, new_names)),
        Value::String(text) => {
            let name = text.strip_prefix(SCHEMA_PREFIX);
            if let Some(new) = name.and_then(|name| new_names.get(name)) {
                *text = format!("{SCHEMA_PREFIX}{new}");
            }
        }
        _ => {}
    }
}

/// Returns `true` if a status key such as `200` or `2XX` is a success.
pub(crate) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// Returns the schemas of all media types of a request or response body.
pub(crate) fn content_schemas(body: &Value) -> impl Iterator<Item = &Value> {
    let content = body.get("content").and_then(Value::as_object);
    content
        .into_iter()
        .flatten()
        .filter_map(|(_, media)| media.get("schema"))
}

/// Visits a schema and its nested schemas with their paths, parents before children.
pub(crate) fn visit_schema(
    schema: &mut Value,
    path: &mut Vec<String>,
    visit: &mut impl FnMut(&mut Value, &[String]),
) {
    visit(schema, path);
    let Some(node) = schema.as_object_mut() else {
        return;
    };
    let mut enter = |child: &mut Value, name: String| {
        path.push(name);
        visit_schema(child, path, visit);
        path.pop();
    };
    if let Some(properties) = node.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties {
            enter(property, name.clone());
        }
    }
    for (key, name) in [
        ("items", "item"),
        ("additionalProperties", "value"),
        ("not", "not"),
    ] {
        if let Some(child) = node.get_mut(key).filter(|child| child.is_object()) {
            enter(child, name.to_owned());
        }
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for (index, child) in node
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .enumerate()
        {
            enter(child, index.to_string());
        }
    }
}

/// Visits the schemas of an operation's parameters, request and responses.
fn visit_operation_schemas(operation: &mut Value, visit: &mut impl FnMut(&mut Value, &[String])) {
    let id = operation["operationId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    for parameter in operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        if let Some(schema) = parameter.get_mut("schema") {
            visit_schema(schema, &mut vec![id.clone(), name], visit);
        }
    }
    if let Some(body) = operation.get_mut("requestBody") {
        visit_content(body, &id, "Request", visit);
    }
    for (_, response) in operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        visit_content(response, &id, "Response", visit);
    }
}

/// Visits the schemas of all media types of a body.
fn visit_content(
    body: &mut Value,
    id: &str,
    role: &str,
    visit: &mut impl FnMut(&mut Value, &[String]),
) {
    for (_, media) in body
        .get_mut("content")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        if let Some(schema) = media.get_mut("schema") {
            visit_schema(schema, &mut vec![id.to_owned(), role.to_owned()], visit);
        }
    }
}

/// Adds the names of all schemas that the node references, by `$ref` or in a discriminator's mapping.
pub(crate) fn collect_references(node: &Value, names: &mut Vec<String>) {
    match node {
        Value::Object(map) => map
            .values()
            .for_each(|value| collect_references(value, names)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_references(item, names)),
        Value::String(text) => names.extend(text.strip_prefix(SCHEMA_PREFIX).map(str::to_owned)),
        _ => {}
    }
}
