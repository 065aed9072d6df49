//! Lists: their pages, their links, and queries they refuse.

use atlas_simulator::Seed;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas};

const GROUPS: &str = "/api/atlas/v2/groups";

fn links(answer: &Answer) -> Vec<(String, String)> {
    let links = answer.field("/links");
    let text = |link: &Value, field: &str| link[field].as_str().unwrap().to_owned();
    links
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (text(it, "rel"), text(it, "href")))
        .collect()
}

fn names(answer: &Answer) -> Vec<String> {
    let results = answer.field("/results");
    let results = results.as_array().unwrap();
    results
        .iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_list_shorter_than_a_page_links_to_itself_only() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();

    let answer = atlas.get(GROUPS).await;

    let own = format!("{base}{GROUPS}?includeCount=true&pageNum=1&itemsPerPage=100");
    assert_eq!(links(&answer), [("self".to_owned(), own)]);
    assert_eq!(answer.field("/totalCount"), 8);
    assert!(answer.text.starts_with("{\"links\":"));
}

#[tokio::test]
async fn the_link_to_the_next_page_comes_last_and_orders_its_query_as_atlas_does() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();

    let answer = atlas
        .get(&format!("{GROUPS}?itemsPerPage=3&pageNum=2"))
        .await;

    let query = |rest: &str| format!("{base}{GROUPS}?includeCount=true&{rest}");
    assert_eq!(
        links(&answer),
        [
            ("self".to_owned(), query("pageNum=2&itemsPerPage=3")),
            ("previous".to_owned(), query("itemsPerPage=3&pageNum=1")),
            ("next".to_owned(), query("itemsPerPage=3&pageNum=3")),
        ]
    );
}

#[tokio::test]
async fn following_the_links_yields_every_item_once() {
    let atlas = Atlas::demo().await;
    let base = atlas.simulator.base_url();
    let mut path = Some(format!("{GROUPS}?itemsPerPage=3"));
    let mut seen = Vec::new();

    while let Some(asked) = path.take() {
        let answer = atlas.get(&asked).await;
        seen.extend(names(&answer));
        let last = links(&answer).pop().unwrap();
        path = (last.0 == "next").then(|| last.1.replace(&base, ""));
    }

    let expected: Vec<_> = atlas
        .simulator
        .projects()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_page_beyond_the_end_is_empty_and_has_no_next() {
    let atlas = Atlas::demo().await;

    let answer = atlas
        .get(&format!("{GROUPS}?pageNum=9&itemsPerPage=3"))
        .await;

    assert_eq!(answer.field("/results"), json!([]));
    assert!(
        links(&answer)
            .iter()
            .all(|(relation, _)| relation != "next")
    );
}

#[tokio::test]
async fn filters_stay_in_the_links() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}/groups?name=caf%C3%A9%20");

    let answer = atlas.get(&path).await;

    assert_eq!(names(&answer), ["Café Zürich"]);
    assert!(
        links(&answer)[0]
            .1
            .contains("?includeCount=true&name=caf%C3%A9%20&pageNum=1&")
    );
}

#[tokio::test]
async fn the_count_can_be_left_out() {
    let atlas = Atlas::demo().await;

    let answer = atlas.get(&format!("{GROUPS}?includeCount=false")).await;

    assert!(answer.json().get("totalCount").is_none());
    assert!(links(&answer)[0].1.contains("includeCount=false"));
}

#[tokio::test]
async fn page_sizes_and_numbers_out_of_range_are_refused() {
    let atlas = Atlas::demo().await;

    for (query, name) in [
        ("itemsPerPage=0", "itemsPerPage"),
        ("itemsPerPage=501", "itemsPerPage"),
        ("itemsPerPage=many", "itemsPerPage"),
        ("pageNum=-1", "pageNum"),
    ] {
        let answer = atlas.get(&format!("{GROUPS}?{query}")).await;
        answer.refused(400, "INVALID_QUERY_PARAMETER");
        assert_eq!(answer.field("/parameters"), json!([name]));
    }
}

#[tokio::test]
async fn a_large_organization_fills_pages_of_five_hundred() {
    let atlas = Atlas::seeded(Seed::sized(501, 0)).await;

    let answer = atlas.get(&format!("{GROUPS}?itemsPerPage=500")).await;

    assert_eq!(names(&answer).len(), 500);
    assert_eq!(answer.field("/totalCount"), 501);
    assert_eq!(links(&answer).last().unwrap().0, "next");
}

#[tokio::test]
async fn an_envelope_puts_the_status_into_the_body() {
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
