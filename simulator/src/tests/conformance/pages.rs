//! Every list with pages, asked for one thing a page.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::{Value, json};

use super::calls::{answer, asked_for, called};
use super::rejections::World;
use crate::schema::document::{Document, Operation};

/// A page of a list, and its links as relations and queries.
fn ask(
    world: &mut World,
    operation: &'static Operation,
    query: &[(&str, &str)],
) -> (Value, Vec<(String, String)>) {
    let (parameters, body) = world.right(operation);
    let mut asked = asked_for(operation);
    let query = query.iter();
    asked.extend(query.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let body = if body.is_null() {
        Bytes::new()
    } else {
        Bytes::from(body.to_string())
    };
    let call = called(operation, parameters, asked, body, world.now);
    let reply = answer(&mut world.state, &call);
    let page = reply.unwrap_or_else(|error| panic!("{}: {error:?}", operation.id));
    let page = page.document.unwrap();
    let links = page["links"].as_array().into_iter().flatten();
    let links = links.map(|it| {
        let (start, query) = it["href"].as_str().unwrap().split_once('?').unwrap();
        assert_eq!(start, format!("http://127.0.0.1{}", call.request_path));
        (it["rel"].as_str().unwrap().to_owned(), query.to_owned())
    });
    let links = links.collect();
    (page, links)
}

/// The lists with pages; suggested indexes have the parameters and answer all at once.
fn paged() -> Vec<&'static Operation> {
    let document = Document::vendored().unwrap();
    let has = |it: &Operation, name: &str| it.parameters.iter().any(|it| it.name == name);
    let is_page = |it: &Operation| {
        let schema = it.success.schema.as_ref();
        schema.is_some_and(|it| document.schemas().is_page(it))
    };
    let operations = document.operations().iter();
    operations
        .filter(|it| it.method == "GET" && has(it, "pageNum") && is_page(it))
        .collect()
}

#[test]
fn every_list_has_pages_with_links_as_atlas_writes_them() {
    let mut world = World::new();
    let (mut wrong, mut with_next) = (BTreeSet::new(), 0);
    for operation in paged() {
        let (page, links) = ask(&mut world, operation, &[("itemsPerPage", "1")]);
        let counts = operation
            .parameters
            .iter()
            .any(|it| it.name == "includeCount");
        if page["results"].as_array().is_none_or(|it| it.len() > 1) {
            wrong.insert(format!("{}: {page}", operation.id));
            continue;
        }
        let Some(((_, own), rest)) = links.split_first() else {
            wrong.insert(format!("{}: no links in {page}", operation.id));
            continue;
        };
        let shared = own.strip_suffix("pageNum=1&itemsPerPage=1");
        let Some(shared) = shared.filter(|it| it.contains("includeCount=true&") == counts) else {
            wrong.insert(format!("{}: {own}", operation.id));
            continue;
        };
        let total = page["totalCount"].as_u64().unwrap_or_default();
        let next = (
            "next".to_owned(),
            format!("{shared}itemsPerPage=1&pageNum=2"),
        );
        if rest.first() != (total > 1).then_some(&next) {
            wrong.insert(format!("{}: {total} and {rest:?}", operation.id));
        }
        if total > 1 {
            with_next += 1;
            let second = [("itemsPerPage", "1"), ("pageNum", "2")];
            let (second, _) = ask(&mut world, operation, &second);
            if second["results"] == page["results"] {
                wrong.insert(format!("{}: both pages are {second}", operation.id));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(paged().len(), 83);
    assert!(with_next > 10, "{with_next}");
}

#[test]
fn every_list_can_leave_its_total_out() {
    let mut world = World::new();
    let counted = paged().into_iter().filter(|it| {
        let mut parameters = it.parameters.iter();
        parameters.any(|it| it.name == "includeCount")
    });
    for operation in counted {
        let (page, links) = ask(&mut world, operation, &[("includeCount", "false")]);
        assert_eq!(page.get("totalCount"), None, "{}", operation.id);
        assert!(links[0].1.contains("includeCount=false&"), "{links:?}");
    }
}

#[test]
fn every_filter_stays_in_the_links() {
    let mut world = World::new();
    let mut asked = 0;
    for operation in paged() {
        let texts = operation
            .parameters
            .iter()
            .filter(|it| it.is_query && it.schema == json!({ "type": "string" }));
        for filter in texts {
            let (_, links) = ask(&mut world, operation, &[(&filter.name, "a b")]);
            let kept = format!("{}=a%20b", filter.name);
            assert!(links[0].1.contains(&kept), "{}: {links:?}", operation.id);
            asked += 1;
        }
    }

    assert!(asked > 3, "{asked}");
}
