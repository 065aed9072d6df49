//! Pages, links and invalid page parameters.

use atlas_simulator::Seed;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const GROUPS: &str = "/api/atlas/v2/groups";

fn links(response: &Response) -> Vec<(String, String)> {
    let links = response.field("/links");
    let string_at = |link: &Value, field: &str| link[field].as_str().unwrap().to_owned();
    links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| (string_at(link, "rel"), string_at(link, "href")))
        .collect()
}

fn names(response: &Response) -> Vec<String> {
    let results = response.field("/results");
    let results = results.as_array().unwrap();
    results
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn single_page_has_only_a_self_link() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();

    let response = atlas.get(GROUPS).await;

    let href = format!("{base}{GROUPS}?includeCount=true&pageNum=1&itemsPerPage=100");
    assert_eq!(links(&response), [("self".to_owned(), href)]);
    assert_eq!(response.field("/totalCount"), 8);
    assert!(response.text.starts_with("{\"links\":"));
}

#[tokio::test]
async fn links_have_the_order_and_query_of_atlas() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();

    let response = atlas
        .get(&format!("{GROUPS}?itemsPerPage=3&pageNum=2"))
        .await;

    let href = |page: &str| format!("{base}{GROUPS}?includeCount=true&{page}");
    assert_eq!(
        links(&response),
        [
            ("self".to_owned(), href("pageNum=2&itemsPerPage=3")),
            ("previous".to_owned(), href("itemsPerPage=3&pageNum=1")),
            ("next".to_owned(), href("itemsPerPage=3&pageNum=3")),
        ]
    );
}

#[tokio::test]
async fn next_links_lead_to_every_item_once() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();
    let mut next = Some(format!("{GROUPS}?itemsPerPage=3"));
    let mut listed = Vec::new();

    while let Some(path) = next.take() {
        let response = atlas.get(&path).await;
        listed.extend(names(&response));
        let (relation, href) = links(&response).pop().unwrap();
        next = (relation == "next").then(|| href.replace(&base, ""));
    }

    let expected: Vec<_> = atlas
        .simulator
        .projects()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn page_beyond_the_end_is_empty_without_next_link() {
    let atlas = Atlas::demo().await;

    let response = atlas
        .get(&format!("{GROUPS}?pageNum=9&itemsPerPage=3"))
        .await;

    assert_eq!(response.field("/results"), json!([]));
    assert!(
        links(&response)
            .iter()
            .all(|(relation, _)| relation != "next")
    );
}

#[tokio::test]
async fn links_contain_filters() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}/groups?name=caf%C3%A9%20");

    let response = atlas.get(&path).await;

    assert_eq!(names(&response), ["Café Zürich"]);
    assert!(
        links(&response)[0]
            .1
            .contains("?includeCount=true&name=caf%C3%A9%20&pageNum=1&")
    );
}

#[tokio::test]
async fn include_count_false_omits_the_count() {
    let atlas = Atlas::demo().await;

    let response = atlas.get(&format!("{GROUPS}?includeCount=false")).await;

    assert!(response.json().get("totalCount").is_none());
    assert!(links(&response)[0].1.contains("includeCount=false"));
}

#[tokio::test]
async fn rejects_page_parameters_out_of_range() {
    let atlas = Atlas::demo().await;

    for (query, name) in [
        ("itemsPerPage=0", "itemsPerPage"),
        ("itemsPerPage=501", "itemsPerPage"),
        ("itemsPerPage=many", "itemsPerPage"),
        ("pageNum=-1", "pageNum"),
    ] {
        let response = atlas.get(&format!("{GROUPS}?{query}")).await;
        response.assert_error(400, "INVALID_QUERY_PARAMETER");
        assert_eq!(response.field("/parameters"), json!([name]));
    }
}

#[tokio::test]
async fn maximum_page_size_is_500() {
    let atlas = Atlas::seeded(Seed::sized(501, 0)).await;

    let response = atlas.get(&format!("{GROUPS}?itemsPerPage=500")).await;

    assert_eq!(names(&response).len(), 500);
    assert_eq!(response.field("/totalCount"), 501);
    assert_eq!(links(&response).last().unwrap().0, "next");
}

#[tokio::test]
async fn envelope_contains_the_status() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let list = atlas.get(&format!("{GROUPS}?envelope=true")).await;
    let single = atlas
        .get(&format!(
            "/api/atlas/v2/orgs/{organization}?envelope=true&pretty=true"
        ))
        .await;

    assert_eq!(list.field("/status"), 200);
    assert_eq!(list.field("/totalCount"), 8);
    assert_eq!(single.field("/status"), 200);
    assert_eq!(single.field("/content/id"), organization.as_str());
    assert!(single.text.contains('\n'));
}
