//! Filters of all lists.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::Value;

use super::calls::{answer, new_call, required_query};
use super::rejections::World;
use crate::call::page::COMMON_PARAMETERS;
use crate::generic::filters::{find_constant, find_field};
use crate::generic::shape::{Plan, Shape};
use crate::schema::document::{Document, Operation, Parameter};
use crate::schema::matches_pattern;

/// Parameters that do not select items by a field, or that a handler implements.
const OTHER_PARAMETERS: [&str; 28] = [
    // Additional items or fields.
    "flattenTeams",
    "includeDeletedWithRetainedBackups",
    "includeOrgUsers",
    "includeRaw",
    "includeSystemManaged",
    "viewLinkedInvoices",
    // Order.
    "orderBy",
    "sortBy",
    // Events.
    "clusterNames",
    "eventType",
    "excludedEventType",
    "maxDate",
    "minDate",
    // Invoices.
    "fromDate",
    "statusNames",
    "toDate",
    // Rate limits.
    "endpointPath",
    "groupId",
    "ipAddress",
    "name",
    "orgId",
    // Regions.
    "providers",
    "tier",
    // Snapshots for a point in time.
    "completed",
    "oplogInc",
    "oplogTs",
    "pointInTimeUtcSeconds",
    "userId",
];

/// Returns the query parameters of all lists, each with the schema of the items.
fn parameters() -> Vec<(&'static Operation, &'static Value, &'static Parameter)> {
    let document = Document::vendored().unwrap();
    let mut list_parameters = Vec::new();
    for operation in document.operations() {
        let is_list = Plan::of(document, operation).shape == Shape::List;
        let schema = operation.success.schema.as_ref();
        let Some(items) = schema
            .and_then(|schema| document.schemas().items(schema))
            .filter(|_| is_list)
        else {
            continue;
        };
        let own = operation.parameters.iter();
        let own = own.filter(|parameter| {
            parameter.is_query && !COMMON_PARAMETERS.contains(&parameter.name.as_str())
        });
        list_parameters.extend(own.map(|parameter| (operation, items, parameter)));
    }
    list_parameters
}

#[test]
fn list_parameters_are_filters_or_exceptions() {
    let schemas = Document::vendored().unwrap().schemas();
    let others: BTreeSet<&str> = parameters()
        .into_iter()
        .filter(|(operation, items, parameter)| {
            find_field(schemas, items, parameter).is_none()
                && find_constant(&operation.id, &parameter.name).is_none()
        })
        .map(|(_, _, parameter)| parameter.name.as_str())
        .collect();

    assert_eq!(others, BTreeSet::from(OTHER_PARAMETERS));
}

/// Returns the items of a list for a query.
fn fetch_items(
    world: &mut World,
    operation: &'static Operation,
    name: &str,
    value: &str,
) -> Vec<Value> {
    let (parameters, _) = world.valid_request(operation);
    let mut query = required_query(operation);
    query.retain(|(parameter, _)| parameter != name);
    query.push((name.to_owned(), value.to_owned()));
    let call = new_call(operation, parameters, query, Bytes::new(), world.now);
    let reply = answer(&mut world.state, &call);
    let reply = reply.unwrap_or_else(|error| panic!("{}: {error:?}", operation.id));
    let body = reply.document.unwrap();
    let items = body.get("results").unwrap_or(&body).as_array();
    items.unwrap().clone()
}

/// Returns the items of a list without a filter for one parameter.
fn fetch_unfiltered(
    world: &mut World,
    operation: &'static Operation,
    parameter: &str,
) -> Vec<Value> {
    fetch_items(world, operation, &format!("not-{parameter}"), "")
}

#[test]
fn filters_select_matching_items_only() {
    let schemas = Document::vendored().unwrap().schemas();
    let mut world = World::new();
    let (mut failures, mut requests, mut matches) = (Vec::new(), 0, 0);
    for (operation, items, parameter) in parameters() {
        let Some(field) = find_field(schemas, items, parameter) else {
            continue;
        };
        let schema = schemas.resolve(&parameter.schema);
        let allowed = schema["enum"]
            .as_array()
            .or(schema["items"]["enum"].as_array());
        let unfiltered = fetch_unfiltered(&mut world, operation, &parameter.name);
        let existing = unfiltered.iter().filter_map(|item| item[field].as_str());
        let existing: BTreeSet<&str> = existing.collect();
        let unknown = ["unknown@example.com", "000000000000000000000000"];
        let values: BTreeSet<&str> = match allowed {
            Some(allowed) => allowed.iter().filter_map(Value::as_str).collect(),
            None => existing.iter().copied().chain(unknown).collect(),
        };
        for value in values {
            let pattern = schema["pattern"].as_str().unwrap_or_default();
            if !matches_pattern(pattern, value) {
                continue;
            }
            requests += 1;
            let selected = fetch_items(&mut world, operation, &parameter.name, value);
            matches += usize::from(!selected.is_empty());
            let is_correct = selected.iter().all(|item| item[field] == value)
                && (!existing.contains(value) || !selected.is_empty());
            if !is_correct {
                failures.push(format!(
                    "{} {} {value}: {selected:?}",
                    operation.id, parameter.name
                ));
            }
        }
    }

    assert!(failures.is_empty(), "{failures:#?}");
    assert!(requests > 60 && matches > 10, "{requests} {matches}");
}
