//! Finds and removes the fields of a document that a schema does not have.

use mongodbatlas::operations::{FieldKind, Schema};
use serde_json::Value;

/// The maximum depth of the search. Schemas can be recursive.
const MAX_DEPTH: usize = 24;

/// Returns the paths of the fields that the schema does not have.
pub(crate) fn find(value: &Value, schema: Schema) -> Vec<Vec<String>> {
    let mut unknown = Vec::new();
    walk(value, schema, &mut Vec::new(), &mut unknown);
    unknown
}

fn walk(value: &Value, schema: Schema, path: &mut Vec<String>, unknown: &mut Vec<Vec<String>>) {
    if path.len() > MAX_DEPTH {
        return;
    }
    match (value, schema.kind()) {
        (Value::Object(fields), FieldKind::Object(schema)) if schema.fields().next().is_some() => {
            for (name, value) in fields {
                path.push(name.clone());
                match schema.field(name) {
                    Some(field) => walk(value, field.schema(), path, unknown),
                    None => unknown.push(path.clone()),
                }
                path.pop();
            }
        }
        (Value::Object(fields), FieldKind::Map(schema)) => {
            for (name, value) in fields {
                path.push(name.clone());
                walk(value, schema, path, unknown);
                path.pop();
            }
        }
        (Value::Array(items), FieldKind::Array(schema)) => {
            for (index, value) in items.iter().enumerate() {
                path.push(index.to_string());
                walk(value, schema, path, unknown);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Removes the fields at these paths.
pub(crate) fn remove(value: &mut Value, paths: &[Vec<String>]) {
    for path in paths {
        let Some((name, parents)) = path.split_last() else {
            continue;
        };
        let parent = parents
            .iter()
            .try_fold(&mut *value, |value, name| match value {
                Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
                other => other.get_mut(name),
            });
        if let Some(fields) = parent.and_then(Value::as_object_mut) {
            fields.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use mongodbatlas::operation;
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_and_removes_unknown_fields_at_any_depth() {
        let schema = operation::CREATE_GROUP_CLUSTER.request_body().unwrap();
        let mut body = json!({
            "name": "a",
            "colour": 1,
            "replicationSpecs": [{"numSharks": 2, "zoneName": "Z"}],
        });

        let unknown = find(&body, schema);
        remove(&mut body, &unknown);

        let expected: Vec<Vec<String>> = vec![
            vec!["colour".to_owned()],
            ["replicationSpecs", "0", "numSharks"]
                .map(str::to_owned)
                .to_vec(),
        ];
        assert_eq!(unknown, expected);
        assert_eq!(
            body,
            json!({"name": "a", "replicationSpecs": [{"zoneName": "Z"}]})
        );
    }
}
