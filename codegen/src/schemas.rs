//! Packs the types of bodies and parameters into bytes that the SDK parses on demand.
//!
//! The types are those of the corrected document before the passes, with `allOf` merged, and the
//! alternatives of `oneOf` and of discriminators as variants. The SDK's `src/operations/packed.rs` parses
//! the bytes.

mod build;
mod family;
mod fields;
mod node;
mod pack;

use serde_json::Value;

use crate::{
    document::Document,
    error::Result,
    operations::{ResponseBody, Row},
};

/// Packs the types of all operations and sets their numbers in the rows.
pub(crate) fn pack(rows: &mut [Row], document: &Document) -> Result<Vec<u8>> {
    let mut builder = build::Builder::new(document)?;
    for (path, method, operation) in document.operations() {
        let method = method.to_uppercase();
        let row = rows
            .iter_mut()
            .find(|row| row.path == path && row.method == method);
        let Some(row) = row else { continue };
        row.request = request(operation).map(|schema| builder.node(schema));
        row.response = response(operation, row).map(|schema| builder.node(schema));
        row.parameter_types.clear();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let schema = &document.resolve(parameter)?["schema"];
            row.parameter_types.push(builder.node(schema));
        }
    }
    Ok(pack::pack(&builder.into_nodes()))
}

/// Returns the schema of the request body.
fn request(operation: &Value) -> Option<&Value> {
    let content = operation["requestBody"].get("content")?.as_object()?;
    content.values().find_map(|media| media.get("schema"))
}

/// Returns the schema of the row's response. `None` unless it is JSON.
fn response<'a>(operation: &'a Value, row: &Row) -> Option<&'a Value> {
    if row.response_body != ResponseBody::Json {
        return None;
    }
    let responses = operation["responses"].as_object()?;
    let content = responses.get(&row.success.to_string())?.get("content")?;
    content.get(&row.accept)?.get("schema")
}

#[cfg(test)]
mod tests;
