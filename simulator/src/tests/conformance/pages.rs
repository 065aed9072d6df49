//! Pagination of all lists.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::{Value, json};

use super::calls::{answer, new_call, required_query};
use super::rejections::World;
use crate::schema::document::{Document, Operation};

/// Returns a page of a list, and the relations and queries of its links.
fn fetch_page(
    world: &mut World,
    operation: &'static Operation,
    filters: &[(&str, &str)],
) -> (Value, Vec<(String, String)>) {
    let (parameters, body) = world.valid_request(operation);
    let mut query = required_query(operation);
    let filters = filters.iter();
    query.extend(filters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let body = if body.is_null() {
        Bytes::new()
    } else {
        Bytes::from(body.to_string())
    };
    let call = new_call(operation, parameters, query, body, world.now);
    let reply = answer(&mut world.state, &call);
    let page = reply.unwrap_or_else(|error| panic!("{}: {error:?}", operation.id));
    let page = page.document.unwrap();
    let links = page["links"].as_array().into_iter().flatten();
    let links = links.map(|link| {
        let (start, query) = link["href"].as_str().unwrap().split_once('?').unwrap();
        assert_eq!(start, format!("http://127.0.0.1{}", call.request_path));
        (link["rel"].as_str().unwrap().to_owned(), query.to_owned())
    });
    let links = links.collect();
    (page, links)
}

/// Returns the paginated lists. Suggested indexes accept the page parameters, but are not paginated.
fn paginated_lists() -> Vec<&'static Operation> {
    let document = Document::vendored().unwrap();
    let has = |operation: &Operation, name: &str| {
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.name == name)
    };
    let is_page = |operation: &Operation| {
        let schema = operation.success.schema.as_ref();
        schema.is_some_and(|schema| document.schemas().is_page(schema))
    };
    let operations = document.operations().iter();
    operations
        .filter(|operation| {
            operation.method == "GET" && has(operation, "pageNum") && is_page(operation)
        })
        .collect()
}

#[test]
fn pages_have_the_links_of_atlas() {
    let mut world = World::new();
    let (mut failures, mut with_next) = (BTreeSet::new(), 0);
    for operation in paginated_lists() {
        let (page, links) = fetch_page(&mut world, operation, &[("itemsPerPage", "1")]);
        let counts = operation
            .parameters
            .iter()
            .any(|parameter| parameter.name == "includeCount");
        if page["results"]
            .as_array()
            .is_none_or(|items| items.len() > 1)
        {
            failures.insert(format!("{}: {page}", operation.id));
            continue;
        }
        let Some(((_, own), others)) = links.split_first() else {
            failures.insert(format!("{}: no links in {page}", operation.id));
            continue;
        };
        let shared = own.strip_suffix("pageNum=1&itemsPerPage=1");
        let Some(shared) = shared.filter(|query| query.contains("includeCount=true&") == counts)
        else {
            failures.insert(format!("{}: {own}", operation.id));
            continue;
        };
        let total = page["totalCount"].as_u64().unwrap_or_default();
        let next = (
            "next".to_owned(),
            format!("{shared}itemsPerPage=1&pageNum=2"),
        );
        if others.first() != (total > 1).then_some(&next) {
            failures.insert(format!("{}: {total} and {others:?}", operation.id));
        }
        if total > 1 {
            with_next += 1;
            let second = [("itemsPerPage", "1"), ("pageNum", "2")];
            let (second, _) = fetch_page(&mut world, operation, &second);
            if second["results"] == page["results"] {
                failures.insert(format!("{}: both pages are {second}", operation.id));
            }
        }
    }

    assert!(failures.is_empty(), "{failures:#?}");
    assert_eq!(paginated_lists().len(), 83);
    assert!(with_next > 10, "{with_next}");
}

#[test]
fn include_count_false_omits_the_total() {
    let mut world = World::new();
    let lists_with_count = paginated_lists().into_iter().filter(|operation| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.name == "includeCount")
    });
    for operation in lists_with_count {
        let (page, links) = fetch_page(&mut world, operation, &[("includeCount", "false")]);
        assert_eq!(page.get("totalCount"), None, "{}", operation.id);
        assert!(links[0].1.contains("includeCount=false&"), "{links:?}");
    }
}

#[test]
fn links_keep_filters() {
    let mut world = World::new();
    let mut requests = 0;
    for operation in paginated_lists() {
        let texts = operation.parameters.iter().filter(|parameter| {
            parameter.is_query && parameter.schema == json!({ "type": "string" })
        });
        for filter in texts {
            let (_, links) = fetch_page(&mut world, operation, &[(&filter.name, "a b")]);
            let expected = format!("{}=a%20b", filter.name);
            assert!(
                links[0].1.contains(&expected),
                "{}: {links:?}",
                operation.id
            );
            requests += 1;
        }
    }

    assert!(requests > 3, "{requests}");
}
