//! Narrowing lists to what their queries ask for.
//!
//! A parameter that is called like a field of the items asks for those that have its value there, and
//! for the document's default where nobody says another; of several values any will do. What only
//! has another name than its field is in [`OTHER_NAMES`]; everything else that a query can say (dates,
//! switches, orders) is for the resources themselves.

use serde_json::Value;

use super::Context;
use super::requests::COMMON;
use crate::schema::Schemas;
use crate::schema::document::Parameter;

/// Parameters that are called otherwise than the field they are about.
const OTHER_NAMES: [(&str, &str); 3] = [
    ("integrationType", "type"),
    ("orgMembershipStatuses", "orgMembershipStatus"),
    ("userId", "id"),
];

/// Parameters about what no field says, and what everything here is by them.
const ALL_ARE: [(&str, &str, &str); 1] = [
    // Atlas makes the others, for the archives of clusters.
    ("listGroupDataFederation", "type", "USER"),
];

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
    let items = schemas.items(context.answer_schema());
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
    let other = OTHER_NAMES.iter().find(|(it, _)| *it == name);
    let other = other.map(|(_, field)| *field);
    let mut names = [Some(name), other].into_iter().flatten();
    names.find(|it| fields.contains_key(it))
}

/// What everything in a list is by a parameter that no field shows.
pub(crate) fn fixed(operation: &str, parameter: &str) -> Option<&'static str> {
    let mut all = ALL_ARE.iter();
    let found = all.find(|(list, name, _)| *list == operation && *name == parameter);
    found.map(|(.., value)| *value)
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
}
