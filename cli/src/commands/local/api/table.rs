//! `api list` and `api describe`.

use mongodbatlas::operations::{FieldKind, Operation, Schema};
use serde_json::json;

use super::find;
use crate::{
    engine::{Invocation, steps::print::to_document},
    error::CliError,
    exit::Exit,
    output::{
        column::column,
        render::{Data, Item, List, render},
    },
};

/// The maximum depth of fields that `api describe` shows.
const MAX_DEPTH: usize = 6;

/// Prints the operations.
pub(super) fn list(invocation: &mut Invocation<'_>) -> Result<Exit, CliError> {
    let tag = invocation.text("tag");
    let operations = Operation::all()
        .iter()
        .filter(|operation| tag.is_none_or(|tag| find::is_tag(operation.tag, tag)));
    let mut list = List::default();
    for operation in operations {
        let document = to_document(&json!({
            "operation": operation.id,
            "tag": operation.tag,
            "method": operation.method,
            "path": operation.path,
            "version": operation.version(),
        }))?;
        list.items.push(Item {
            document,
            labels: Vec::new(),
        });
    }
    if list.items.is_empty() {
        return Err(
            CliError::usage(format!("unknown tag `{}`", tag.unwrap_or_default()))
                .with_hint("`atlascli api list` shows the tags"),
        );
    }
    let mut view = invocation.view()?;
    view.columns = [
        ("OPERATION", "operation"),
        ("TAG", "tag"),
        ("METHOD", "method"),
        ("PATH", "path"),
    ]
    .map(|(heading, field)| column(heading, field))
    .to_vec();
    let text = render(&Data::List(list), &view)?;
    invocation.ui.print(&text)?;
    Ok(Exit::Success)
}

/// Prints the parameters, the body and the roles of an operation.
pub(super) fn describe(invocation: &mut Invocation<'_>, name: &str) -> Result<Exit, CliError> {
    let operation = find::by_name(name, None)?;
    let mut parameters = serde_json::Map::new();
    for parameter in operation.parameters {
        let mut kind = kind_of(parameter.schema());
        if parameter.required {
            kind.push_str(", required");
        }
        parameters.insert(parameter.name.to_owned(), kind.into());
    }
    let document = json!({
        "operation": operation.id,
        "tag": operation.tag,
        "method": operation.method,
        "path": operation.path,
        "versions": operation.versions.iter().map(|version| version.date).collect::<Vec<_>>(),
        "roles": operation.roles,
        "parameters": parameters,
        "body": operation.request_body().map(|schema| fields(schema, 0)),
    });
    invocation.print(&Data::Document(to_document(&document)?))?;
    Ok(Exit::Success)
}

/// Returns the name and kind of each field of a schema.
fn fields(schema: Schema, depth: usize) -> serde_json::Value {
    match schema.kind() {
        FieldKind::Array(items) => json!([fields(items, depth + 1)]),
        FieldKind::Object(schema) if depth < MAX_DEPTH => {
            let writable = schema.fields().filter(|field| !field.is_read_only());
            let described = writable.map(|field| {
                let mut value = fields(field.schema(), depth + 1);
                if let Some(kind) = value.as_str()
                    && field.is_required()
                {
                    value = format!("{kind}, required").into();
                }
                (field.name().to_owned(), value)
            });
            serde_json::Value::Object(described.collect())
        }
        _ => kind_of(schema).into(),
    }
}

/// Returns the kind of a value, with the values of an enum.
fn kind_of(schema: Schema) -> String {
    let values: Vec<_> = schema.enum_values().collect();
    if !values.is_empty() {
        return values.join(" | ");
    }
    let kind = match schema.kind() {
        FieldKind::String => "string",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::Array(items) => return format!("list of {}", kind_of(items)),
        FieldKind::Object(_) | FieldKind::Map(_) => "object",
        _ => "any",
    };
    schema
        .format()
        .map_or_else(|| kind.to_owned(), |format| format!("{kind} ({format})"))
}
