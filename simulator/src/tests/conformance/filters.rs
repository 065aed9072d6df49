//! What queries of lists ask for, over every list.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::Value;

use super::calls::{answer, asked_for, called};
use super::rejections::World;
use crate::call::page::COMMON;
use crate::generic::filters::{field, fixed};
use crate::generic::shape::{Plan, Shape};
use crate::schema::document::{Document, Operation, Parameter};
use crate::schema::matches_pattern;

/// Parameters that are not about a field of the items, or that the resource itself goes by.
const OTHERS: [&str; 28] = [
    // What is beside the items, or more of them.
    "flattenTeams",
    "includeDeletedWithRetainedBackups",
    "includeOrgUsers",
    "includeRaw",
    "includeSystemManaged",
    "viewLinkedInvoices",
    // In which order they come.
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
    // Rate limits, whose names are those of sets of operations.
    "endpointPath",
    "groupId",
    "ipAddress",
    "name",
    "orgId",
    // Regions.
    "providers",
    "tier",
    // Snapshots that a moment can be restored from, which all of them here can.
    "completed",
    "oplogInc",
    "oplogTs",
    "pointInTimeUtcSeconds",
    "userId",
];

/// Every parameter of the query of every list, with the schema of the list's items.
fn parameters() -> Vec<(&'static Operation, &'static Value, &'static Parameter)> {
    let document = Document::vendored().unwrap();
    let mut found = Vec::new();
    for operation in document.operations() {
        let is_list = Plan::of(document, operation).shape == Shape::List;
        let schema = operation.success.schema.as_ref();
        let Some(items) = schema
            .and_then(|it| document.schemas().items(it))
            .filter(|_| is_list)
        else {
            continue;
        };
        let own = operation.parameters.iter();
        let own = own.filter(|it| it.is_query && !COMMON.contains(&it.name.as_str()));
        found.extend(own.map(|parameter| (operation, items, parameter)));
    }
    found
}

#[test]
fn every_parameter_of_a_list_is_a_filter_or_known_to_be_something_else() {
    let schemas = Document::vendored().unwrap().schemas();
    let others: BTreeSet<&str> = parameters()
        .into_iter()
        .filter(|(operation, items, parameter)| {
            field(schemas, items, parameter).is_none()
                && fixed(&operation.id, &parameter.name).is_none()
        })
        .map(|(_, _, parameter)| parameter.name.as_str())
        .collect();

    assert_eq!(others, BTreeSet::from(OTHERS));
}

/// The items of a list that a query asks for.
fn ask(world: &mut World, operation: &'static Operation, name: &str, value: &str) -> Vec<Value> {
    let (parameters, _) = world.right(operation);
    let mut query = asked_for(operation);
    query.retain(|(given, _)| given != name);
    query.push((name.to_owned(), value.to_owned()));
    let call = called(operation, parameters, query, Bytes::new(), world.now);
    let reply = answer(&mut world.state, &call);
    let reply = reply.unwrap_or_else(|error| panic!("{}: {error:?}", operation.id));
    let answer = reply.document.unwrap();
    let items = answer.get("results").unwrap_or(&answer).as_array();
    items.unwrap().clone()
}

/// All items, as far as no other parameter has a default.
fn all(world: &mut World, operation: &'static Operation, without: &str) -> Vec<Value> {
    ask(world, operation, &format!("not-{without}"), "")
}

#[test]
fn every_filter_leaves_what_it_asks_for_and_nothing_else() {
    let schemas = Document::vendored().unwrap().schemas();
    let mut world = World::new();
    let (mut wrong, mut asked, mut found) = (Vec::new(), 0, 0);
    for (operation, items, parameter) in parameters() {
        let Some(field) = field(schemas, items, parameter) else {
            continue;
        };
        let schema = schemas.resolve(&parameter.schema);
        let words = schema["enum"]
            .as_array()
            .or(schema["items"]["enum"].as_array());
        let shown = all(&mut world, operation, &parameter.name);
        let there = shown.iter().filter_map(|it| it[field].as_str());
        let there: BTreeSet<&str> = there.collect();
        let nowhere = ["nobody@example.com", "000000000000000000000000"];
        let values: BTreeSet<&str> = match words {
            Some(words) => words.iter().filter_map(Value::as_str).collect(),
            None => there.iter().copied().chain(nowhere).collect(),
        };
        for value in values {
            let pattern = schema["pattern"].as_str().unwrap_or_default();
            if !matches_pattern(pattern, value) {
                continue;
            }
            asked += 1;
            let left = ask(&mut world, operation, &parameter.name, value);
            found += usize::from(!left.is_empty());
            let is_right = left.iter().all(|it| it[field] == value)
                && (!there.contains(value) || !left.is_empty());
            if !is_right {
                wrong.push(format!(
                    "{} {} {value}: {left:?}",
                    operation.id, parameter.name
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked > 60 && found > 10, "{asked} {found}");
}
