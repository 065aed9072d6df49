//! Filters lists by query parameters.
//!
//! A query parameter filters by the item field of the same name. If the parameter has several
//! values, an item must match one of them. An absent parameter has the default of the OpenAPI
//! document. `behaviour/filters.toml` lists the parameters whose name differs from the field.
//! Handlers implement all other parameters: dates, flags and sort orders.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::call::page::COMMON_PARAMETERS;
use crate::schema::Schemas;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Parameter;

static FILTERS: LazyLock<Filters> = LazyLock::new(|| parse(behaviour!("filters.toml")));

#[derive(Default, Deserialize)]
struct Filters {
    parameter: Vec<RenamedParameter>,
    constant: Vec<Constant>,
}

/// A query parameter whose name differs from the name of the field.
#[derive(Deserialize)]
struct RenamedParameter {
    name: String,
    field: String,
}

/// A query parameter without a field, and the value that all items of the list have for it.
#[derive(Deserialize)]
struct Constant {
    operation: String,
    parameter: String,
    value: String,
}

/// A filter by one field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    field: String,
    /// The accepted values.
    values: Vec<String>,
}

impl Filter {
    fn matches(&self, item: &Value) -> bool {
        let value = item.get(&self.field).unwrap_or(&Value::Null);
        self.values.iter().any(|accepted| contains(value, accepted))
    }
}

/// Returns the filters of a list request, or an empty list for any other request.
pub(crate) fn from_query(context: &Context<'_>) -> Vec<Filter> {
    let schemas = context.document.schemas();
    let items = schemas.items(context.response_schema());
    let Some(items) = items.filter(|_| context.operation.method == "GET") else {
        return Vec::new();
    };
    let filters = context.operation.parameters.iter().filter_map(|parameter| {
        let values = effective_values(context, parameter);
        if values.is_empty() {
            return None;
        }
        let constant = find_constant(&context.operation.id, &parameter.name);
        let field = match constant {
            Some(constant) if values.iter().any(|value| value == constant) => None,
            Some(_) => Some(parameter.name.as_str()),
            None => find_field(schemas, items, parameter),
        };
        let field = field?.to_owned();
        Some(Filter { field, values })
    });
    filters.collect()
}

/// Returns `true` if a rendered item matches all filters.
pub(crate) fn match_all(filters: &[Filter], item: &Value) -> bool {
    filters.iter().all(|filter| filter.matches(item))
}

/// Returns the field of the items that a query parameter filters by.
pub(crate) fn find_field<'a>(
    schemas: &Schemas,
    items: &Value,
    parameter: &'a Parameter,
) -> Option<&'a str> {
    let name = parameter.name.as_str();
    if !parameter.is_query || COMMON_PARAMETERS.contains(&name) {
        return None;
    }
    let fields = schemas.fields(items, None).properties;
    let mut renamed = FILTERS.parameter.iter();
    let other = renamed.find(|parameter| parameter.name == name);
    let other = other.map(|parameter| parameter.field.as_str());
    let mut names = [Some(name), other].into_iter().flatten();
    names.find(|name| fields.contains_key(name))
}

/// Returns the value that all items of a list have for a parameter without a field.
pub(crate) fn find_constant(operation: &str, parameter: &str) -> Option<&'static str> {
    let mut constants = FILTERS.constant.iter();
    let entry =
        constants.find(|entry| entry.operation == operation && entry.parameter == parameter);
    entry.map(|constant| constant.value.as_str())
}

/// Returns the values of a query parameter, or the default.
fn effective_values(context: &Context<'_>, parameter: &Parameter) -> Vec<String> {
    let values = context.call.query.all(&parameter.name);
    if !values.is_empty() {
        return values.into_iter().map(str::to_owned).collect();
    }
    let schema = context.document.schemas().resolve(&parameter.schema);
    let default = schema.get("default").or(schema["items"].get("default"));
    default.map(format_value).into_iter().collect()
}

fn contains(value: &Value, accepted: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(|item| contains(item, accepted)),
        value => format_value(value) == accepted,
    }
}

/// Formats a value as a query value.
fn format_value(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::document::{Document, Operation};

    #[test]
    fn filters_match_one_of_their_values() {
        let filter = |field: &str, values: &[&str]| Filter {
            field: field.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let item = json!({ "name": "a", "count": 3, "roles": ["READ", "WRITE"] });

        assert!(match_all(&[filter("name", &["b", "a"])], &item));
        assert!(match_all(
            &[filter("count", &["3"]), filter("roles", &["WRITE"])],
            &item
        ));
        assert!(!match_all(
            &[filter("name", &["a"]), filter("count", &["4"])],
            &item
        ));
        assert!(!match_all(&[filter("unknown", &["a"])], &item));
    }

    #[test]
    fn filters_name_parameters_and_fields_of_the_document() {
        let document = Document::vendored().unwrap();
        let lists = || {
            let operations = document.operations().iter();
            operations.filter_map(|operation| {
                let answer = operation.success.schema.as_ref()?;
                Some((operation, document.schemas().items(answer)?))
            })
        };
        let has = |operation: &Operation, name: &str| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|parameter| parameter.is_query && parameter.name == name)
        };
        for renamed in &FILTERS.parameter {
            let is_used = lists().any(|(operation, items)| {
                let fields = document.schemas().fields(items, None).properties;
                has(operation, &renamed.name) && fields.contains_key(renamed.field.as_str())
            });
            assert!(is_used, "{}", renamed.name);
        }
        for constant in &FILTERS.constant {
            let is_used = lists().any(|(operation, _)| {
                operation.id == constant.operation && has(operation, &constant.parameter)
            });
            assert!(is_used, "{} {}", constant.operation, constant.parameter);
        }
    }
}
