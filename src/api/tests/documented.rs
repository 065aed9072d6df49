//! The vendored document, parsed independently of `codegen`.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Parts of regular expressions that the validator does not support.
const UNSUPPORTED_PATTERNS: [&str; 3] = ["\\\\", "\\p{L}", "(?="];

pub(super) struct Documented {
    document: Value,
    schemas: Value,
}

/// An operation of the document.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) accept: String,
    pub(super) content_type: Option<String>,
    pub(super) request: Option<Value>,
    /// Name, location, `true` if it is required, and schema.
    pub(super) parameters: Vec<(String, String, bool, Value)>,
}

impl Operation {
    /// Returns the names of the parameters in a location.
    pub(super) fn parameters(&self, location: &str) -> impl Iterator<Item = String> {
        let parameters = self.parameters.iter();
        let matching = parameters.filter(move |parameter| parameter.1 == location);
        matching.map(|parameter| parameter.0.clone())
    }

    pub(super) fn path_names(&self) -> impl Iterator<Item = String> {
        self.parameters("path")
    }
}

impl Documented {
    pub(super) fn vendored() -> Self {
        let json = include_str!("../../../openapi/atlas-admin-v2.json");
        let mut document: Value = serde_json::from_str(json).unwrap();
        mark_server_owned(&mut document["components"]["schemas"]);
        let schemas = json_schema(&document["components"]["schemas"]);
        Self { document, schemas }
    }

    pub(super) fn operations(&self) -> Vec<Operation> {
        let paths = self.document["paths"].as_object().unwrap();
        let operations = paths.iter().flat_map(|(path, item)| {
            let methods = ["get", "post", "put", "patch", "delete"].iter();
            methods.filter_map(move |method| Some((path, *method, item.get(*method)?)))
        });
        operations
            .map(|(path, method, node)| self.operation(path, method, node))
            .collect()
    }

    fn operation(&self, path: &str, method: &str, node: &Value) -> Operation {
        let parameters = node["parameters"].as_array().into_iter().flatten();
        let parameters = parameters.map(|parameter| {
            let parameter = self.resolve(parameter);
            let read_string = |key: &str| parameter[key].as_str().unwrap().to_owned();
            (
                read_string("name"),
                read_string("in"),
                parameter["required"] == true,
                parameter["schema"].clone(),
            )
        });
        let responses = node["responses"].as_object().unwrap();
        let successes = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'));
        let versions = node["x-atlas-versions"].as_array().unwrap();
        let newest = versions.last().unwrap()["version"].as_str().unwrap();
        let mut media_types: Vec<_> = successes
            .flat_map(|(_, response)| response["content"].as_object().into_iter().flatten())
            .map(|(name, _)| name.clone())
            .collect();
        // the SDK prefers JSON
        media_types.sort_by_key(|name| !name.ends_with("+json"));
        let content = node["requestBody"]["content"].as_object();
        let content = content.and_then(|content| content.iter().next());
        Operation {
            id: node["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            accept: media_types
                .into_iter()
                .next()
                .unwrap_or_else(|| format!("application/vnd.atlas.{newest}+json")),
            content_type: content.map(|(name, _)| name.clone()),
            request: content.map(|(_, media)| media["schema"].clone()),
            parameters: parameters.collect(),
        }
    }

    /// Returns the target of a reference, or the node itself.
    pub(super) fn resolve<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap(),
            None => node,
        }
    }

    /// Returns a validator of the schema.
    pub(super) fn validator(&self, schema: &Value) -> Validator {
        let mut schema = json_schema(schema);
        let mut referenced = Map::new();
        self.add_references(&schema, &mut referenced);
        schema["components"] = json!({ "schemas": referenced });
        jsonschema::draft202012::new(&schema).unwrap()
    }

    /// Adds the schemas that the node refers to, directly or indirectly.
    fn add_references(&self, node: &Value, found: &mut Map<String, Value>) {
        match node {
            Value::Object(object) => {
                for value in object.values() {
                    self.add_references(value, found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.add_references(item, found);
                }
            }
            Value::String(text) => {
                let name = text.strip_prefix("#/components/schemas/");
                if let Some(name) = name.filter(|name| !found.contains_key(*name)) {
                    found.insert(name.to_owned(), self.schemas[name].clone());
                    self.add_references(&self.schemas[name], found);
                }
            }
            _ => {}
        }
    }
}

/// Marks the server-owned fields of the corrections as read-only.
fn mark_server_owned(schemas: &mut Value) {
    let toml = include_str!("../../../openapi/corrections.toml");
    let corrections: toml::Table = toml::from_str(toml).unwrap();
    for correction in corrections["server_owned"].as_array().unwrap() {
        let schema = &mut schemas[correction["schema"].as_str().unwrap()];
        for field in correction["fields"].as_array().unwrap() {
            mark_read_only(schema, field.as_str().unwrap());
        }
    }
}

fn mark_read_only(schema: &mut Value, field: &str) {
    if let Some(property) = schema.pointer_mut(&format!("/properties/{field}")) {
        property["readOnly"] = json!(true);
    }
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        mark_read_only(part, field);
    }
}

/// Converts a schema of the document to JSON Schema: `nullable` becomes a type, `oneOf` becomes `anyOf`, and
/// server-owned fields are not required.
fn json_schema(schema: &Value) -> Value {
    let Value::Object(node) = schema else {
        return match schema {
            Value::Array(items) => items.iter().map(json_schema).collect(),
            other => other.clone(),
        };
    };
    let mut object: Map<String, Value> = node
        .iter()
        .map(|(name, value)| (name.clone(), json_schema(value)))
        .collect();
    if node.get("nullable") == Some(&json!(true)) && schema["type"].is_string() {
        object.insert("type".to_owned(), json!([schema["type"], "null"]));
    }
    if let Some(variants) = object.remove("oneOf") {
        object.insert("anyOf".to_owned(), variants);
    }
    if object.contains_key("anyOf") {
        object.remove("type");
    }
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if object.remove(exclusive) == Some(json!(true)) {
            object.insert(exclusive.to_owned(), schema[limit].clone());
        }
    }
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    if UNSUPPORTED_PATTERNS
        .iter()
        .any(|part| pattern.contains(part))
    {
        object.remove("pattern");
    }
    if let Some(Value::Array(required)) = object.get_mut("required") {
        let is_read_only =
            |name: &Value| schema["properties"][name.as_str().unwrap()]["readOnly"] == true;
        required.retain(|name| !is_read_only(name));
    }
    Value::Object(object)
}

/// Compares two values, numbers by value.
pub(super) fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| is_equal(a, b)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b))
        }
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

/// Formats a value for a path or query.
pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn percent_decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut input = segment.bytes();
    while let Some(byte) = input.next() {
        if byte == b'%' {
            let digits = [input.next().unwrap(), input.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
