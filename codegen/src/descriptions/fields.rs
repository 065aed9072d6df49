//! Adds the descriptions of schemas and fields.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Descriptions, unknown_name_error};
use crate::{
    document::{Schemas, visit_schema},
    error::Result,
    passes::SET_BY_ATLAS,
};

/// Adds the descriptions of schemas and fields to the schemas.
pub(super) fn describe(schemas: &mut Schemas, descriptions: &Descriptions) -> Result<()> {
    for (name, text) in &descriptions.schemas {
        schemas
            .get_mut(name)
            .ok_or_else(|| unknown_name_error(name))?["description"] = json!(text);
    }
    describe_everywhere(schemas, descriptions)?;
    for (path, fields) in &descriptions.fields {
        let schema = find(schemas, path).ok_or_else(|| unknown_name_error(path))?;
        for (field, text) in fields {
            let property = schema
                .pointer_mut(&format!("/properties/{field}"))
                .ok_or_else(|| unknown_name_error(&format!("{path}.{field}")))?;
            describe_field(property, text);
        }
    }
    Ok(())
}

/// Adds the descriptions that apply to a field name in all schemas.
fn describe_everywhere(schemas: &mut Schemas, descriptions: &Descriptions) -> Result<()> {
    let mut unused: BTreeSet<&String> = descriptions.everywhere.keys().collect();
    for (_, schema) in schemas {
        visit_schema(schema, &mut Vec::new(), &mut |node, _| {
            let properties = node.get_mut("properties").and_then(Value::as_object_mut);
            for (name, property) in properties.into_iter().flatten() {
                if let Some(text) = descriptions.everywhere.get(name) {
                    describe_field(property, text);
                    unused.remove(name);
                }
            }
        });
    }
    unused
        .first()
        .map_or(Ok(()), |name| Err(unknown_name_error(name)))
}

/// Returns the schema or the object inside a schema at the path.
fn find<'a>(schemas: &'a mut Schemas, path: &str) -> Option<&'a mut Value> {
    let mut steps = path.split('.');
    let mut node = schemas.get_mut(steps.next()?)?;
    for step in steps {
        node = node.get_mut("properties")?.get_mut(step)?;
        while node.get("items").is_some() {
            node = node.get_mut("items")?;
        }
    }
    Some(node)
}

/// Adds the description of a field. Wraps a `$ref`, since keys beside it are ignored.
fn describe_field(property: &mut Value, text: &str) {
    if property.get("$ref").is_some() {
        *property = json!({ "allOf": [property.take()] });
    }
    property["description"] = if property["readOnly"] == true {
        json!(format!("{text}\n\n{SET_BY_ATLAS}"))
    } else {
        json!(text)
    };
}
