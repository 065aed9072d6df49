//! The vendored document, read for the tests alone.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Characters that JSON Schema's regular expressions do not know, or whose meaning the document's
/// tools read differently.
const ODD_PATTERNS: [&str; 3] = ["\\\\", "\\p{L}", "(?="];

pub(super) struct Documented {
    document: Value,
    schemas: Value,
}

/// A request as the document describes it.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) accept: String,
    pub(super) content_type: Option<String>,
    pub(super) request: Option<Value>,
    /// Name, place, whether it is required, and schema.
    pub(super) parameters: Vec<(String, String, bool, Value)>,
}

impl Operation {
    /// The names of the parameters in this place.
    pub(super) fn parameters(&self, place: &str) -> impl Iterator<Item = String> {
        let there = self.parameters.iter().filter(move |it| it.1 == place);
        there.map(|it| it.0.clone())
    }

    pub(super) fn path_names(&self) -> impl Iterator<Item = String> {
        self.parameters("path")
    }
}

impl Documented {
    pub(super) fn vendored() -> Self {
        let text = include_str!("../../../openapi/atlas-admin-v2.json");
        let mut document: Value = serde_json::from_str(text).unwrap();
        correct(&mut document["components"]["schemas"]);
        let schemas = strict(&document["components"]["schemas"]);
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
        let parameters = parameters.map(|it| self.resolved(it)).map(|it| {
            let text = |key: &str| it[key].as_str().unwrap().to_owned();
            (
                text("name"),
                text("in"),
                it["required"] == true,
                it["schema"].clone(),
            )
        });
        let responses = node["responses"].as_object().unwrap();
        let successes = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'));
        let versions = node["x-atlas-versions"].as_array().unwrap();
        let newest = versions.last().unwrap()["version"].as_str().unwrap();
        let mut answers: Vec<_> = successes
            .flat_map(|(_, response)| response["content"].as_object().into_iter().flatten())
            .map(|(name, _)| name.clone())
            .collect();
        // Where there is a choice, JSON is asked for.
        answers.sort_by_key(|name| !name.ends_with("+json"));
        let content = node["requestBody"]["content"].as_object();
        let content = content.and_then(|it| it.iter().next());
        Operation {
            id: node["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            accept: answers
                .into_iter()
                .next()
                .unwrap_or_else(|| format!("application/vnd.atlas.{newest}+json")),
            content_type: content.map(|(name, _)| name.clone()),
            request: content.map(|(_, media)| media["schema"].clone()),
            parameters: parameters.collect(),
        }
    }

    /// Returns the target of a reference, or the node itself.
    pub(super) fn resolved<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap(),
            None => node,
        }
    }

    /// A validator of what the schema describes.
    pub(super) fn validator(&self, schema: &Value) -> Validator {
        let mut schema = strict(schema);
        let mut reached = Map::new();
        self.reach(&schema, &mut reached);
        schema["components"] = json!({ "schemas": reached });
        jsonschema::draft202012::new(&schema).unwrap()
    }

    /// Adds the schemas to which the node leads.
    fn reach(&self, node: &Value, reached: &mut Map<String, Value>) {
        match node {
            Value::Object(object) => object.values().for_each(|it| self.reach(it, reached)),
            Value::Array(items) => items.iter().for_each(|it| self.reach(it, reached)),
            Value::String(text) => {
                let name = text.strip_prefix("#/components/schemas/");
                if let Some(name) = name.filter(|it| !reached.contains_key(*it)) {
                    reached.insert(name.to_owned(), self.schemas[name].clone());
                    self.reach(&self.schemas[name], reached);
                }
            }
            _ => {}
        }
    }
}

/// Marks the fields of which the corrections say that only the server sets them.
fn correct(schemas: &mut Value) {
    let text = include_str!("../../../openapi/corrections.toml");
    let corrections: toml::Table = toml::from_str(text).unwrap();
    for correction in corrections["server_owned"].as_array().unwrap() {
        let schema = &mut schemas[correction["schema"].as_str().unwrap()];
        for field in correction["fields"].as_array().unwrap() {
            mark(schema, field.as_str().unwrap());
        }
    }
}

fn mark(schema: &mut Value, field: &str) {
    if let Some(property) = schema.pointer_mut(&format!("/properties/{field}")) {
        property["readOnly"] = json!(true);
    }
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        mark(part, field);
    }
}

/// The schema of a request in the words of JSON Schema: nulls are types, forms are alternatives with
/// types of their own, and what only the server sets is not required.
fn strict(schema: &Value) -> Value {
    let Value::Object(node) = schema else {
        return match schema {
            Value::Array(items) => items.iter().map(strict).collect(),
            other => other.clone(),
        };
    };
    let mut object: Map<String, Value> = node
        .iter()
        .map(|(name, value)| (name.clone(), strict(value)))
        .collect();
    if node.get("nullable") == Some(&json!(true)) && schema["type"].is_string() {
        object.insert("type".to_owned(), json!([schema["type"], "null"]));
    }
    if let Some(forms) = object.remove("oneOf") {
        object.insert("anyOf".to_owned(), forms);
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
    if ODD_PATTERNS.iter().any(|odd| pattern.contains(odd)) {
        object.remove("pattern");
    }
    if let Some(Value::Array(required)) = object.get_mut("required") {
        let owned = |name: &Value| schema["properties"][name.as_str().unwrap()]["readOnly"] == true;
        required.retain(|name| !owned(name));
    }
    Value::Object(object)
}

/// Equal but for the way numbers are written.
pub(super) fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, value)| b.get(name).is_some_and(|other| alike(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
        }
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

/// A value as it stands in a path or query.
pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn percent_decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
