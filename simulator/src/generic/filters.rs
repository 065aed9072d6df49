//! Narrowing lists to what their queries ask for.
//!
//! A parameter that is called like a field of the items asks for those that have its value there, and
//! for the document's default where nobody says another; of several values any will do. What only
//! has another name than its field is in `behaviour/filters.toml`; everything else that a query can say (dates,
//! switches, orders) is for the resources themselves.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::call::page::COMMON;
use crate::schema::Schemas;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Parameter;

static FILTERS: LazyLock<Filters> = LazyLock::new(|| parse(behaviour!("filters.toml")));

#[derive(Default, Deserialize)]
struct Filters {
    parameter: Vec<RenamedParameter>,
    constant: Vec<Constant>,
}

/// A parameter whose field has another name.
#[derive(Deserialize)]
struct RenamedParameter {
    name: String,
    field: String,
}

/// A parameter without a field: all items of a list have one value.
#[derive(Deserialize)]
struct Constant {
    operation: String,
    parameter: String,
    value: String,
}

/// What a query asks for in one field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    field: String,
    /// Any of which will do.
    values: Vec<String>,
}

impl Filter {
    fn keeps(&self, shown: &Value) -> bool {
        let found = shown.get(&self.field).unwrap_or(&Value::Null);
        self.values.iter().any(|wanted| has(found, wanted))
    }
}

/// The filters of a request for a list; none of any other request.
pub(crate) fn asked(context: &Context<'_>) -> Vec<Filter> {
    let schemas = context.document.schemas();
    let items = schemas.items(context.response_schema());
    let Some(items) = items.filter(|_| context.operation.method == "GET") else {
        return Vec::new();
    };
    let filters = context.operation.parameters.iter().filter_map(|parameter| {
        let values = values(context, parameter);
        if values.is_empty() {
            return None;
        }
        let fixed = fixed(&context.operation.id, &parameter.name);
        let field = match fixed {
            Some(fixed) if values.iter().any(|it| it == fixed) => None,
            Some(_) => Some(parameter.name.as_str()),
            None => field(schemas, items, parameter),
        };
        let field = field?.to_owned();
        Some(Filter { field, values })
    });
    filters.collect()
}

/// Whether an item, as answers show it, is what all filters ask for.
pub(crate) fn keep(filters: &[Filter], shown: &Value) -> bool {
    filters.iter().all(|filter| filter.keeps(shown))
}

/// The field of a list's items that a parameter is about.
pub(crate) fn field<'a>(
    schemas: &Schemas,
    items: &Value,
    parameter: &'a Parameter,
) -> Option<&'a str> {
    let name = parameter.name.as_str();
    if !parameter.is_query || COMMON.contains(&name) {
        return None;
    }
    let fields = schemas.fields(items, None).properties;
    let mut renamed = FILTERS.parameter.iter();
    let other = renamed.find(|parameter| parameter.name == name);
    let other = other.map(|parameter| parameter.field.as_str());
    let mut names = [Some(name), other].into_iter().flatten();
    names.find(|it| fields.contains_key(it))
}

/// What everything in a list is by a parameter that no field shows.
pub(crate) fn fixed(operation: &str, parameter: &str) -> Option<&'static str> {
    let mut constants = FILTERS.constant.iter();
    let found =
        constants.find(|known| known.operation == operation && known.parameter == parameter);
    found.map(|constant| constant.value.as_str())
}

/// The values in effect: those that were given, or the default.
fn values(context: &Context<'_>, parameter: &Parameter) -> Vec<String> {
    let given = context.call.query.all(&parameter.name);
    if !given.is_empty() {
        return given.into_iter().map(str::to_owned).collect();
    }
    let schema = context.document.schemas().resolve(&parameter.schema);
    let usual = schema.get("default").or(schema["items"].get("default"));
    usual.map(text).into_iter().collect()
}

fn has(found: &Value, wanted: &str) -> bool {
    match found {
        Value::Null => false,
        Value::Array(items) => items.iter().any(|it| has(it, wanted)),
        found => text(found) == wanted,
    }
}

/// A value as a query writes it.
fn text(value: &Value) -> String {
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
    fn any_of_several_values_will_do_and_all_filters_have_to_agree() {
        let filter = |field: &str, values: &[&str]| Filter {
            field: field.to_owned(),
            values: values.iter().map(|it| (*it).to_owned()).collect(),
        };
        let shown = json!({ "name": "a", "count": 3, "roles": ["READ", "WRITE"] });

        assert!(keep(&[filter("name", &["b", "a"])], &shown));
        assert!(keep(
            &[filter("count", &["3"]), filter("roles", &["WRITE"])],
            &shown
        ));
        assert!(!keep(
            &[filter("name", &["a"]), filter("count", &["4"])],
            &shown
        ));
        assert!(!keep(&[filter("unknown", &["a"])], &shown));
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
