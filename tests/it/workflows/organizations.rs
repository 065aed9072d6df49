//! Credentials that see several organizations, or no project.

use mongodbatlas::{Filter, blocking};
use serde_json::{Value, json};

use crate::support::raw_server::{RawServer, Request, response};

const NORTH_ID: &str = "64a1f0c2d3e4b5a697887960";
const SOUTH_ID: &str = "64a1f0c2d3e4b5a697887961";
const NORTH_SHOP: &str = "64b1f0c2d3e4b5a697887960";
const SOUTH_SHOP: &str = "64b1f0c2d3e4b5a697887961";
const SOUTH_ARCHIVE: &str = "64b1f0c2d3e4b5a697887962";

fn page(items: &Value) -> Value {
    json!({"results": items, "links": [], "totalCount": items.as_array().map(Vec::len)})
}

fn project(id: &str, name: &str, organization: &str) -> Value {
    json!({"id": id, "name": name, "orgId": organization, "clusterCount": 1})
}

/// Responds as Atlas does to credentials of two organizations, each with a project `shop`.
fn respond_with_two_organizations(request: &Request) -> String {
    let path = request.target().split('?').next().unwrap_or_default();
    let path = path.trim_start_matches("/api/atlas/v2");
    let north = || json!([project(NORTH_SHOP, "shop", NORTH_ID)]);
    let south = || {
        json!([
            project(SOUTH_SHOP, "shop", SOUTH_ID),
            project(SOUTH_ARCHIVE, "archive", SOUTH_ID)
        ])
    };
    let items = match path.split('/').collect::<Vec<_>>()[1..] {
        ["orgs"] => json!([{"id": NORTH_ID, "name": "North"}, {"id": SOUTH_ID, "name": "South"}]),
        ["orgs", NORTH_ID, "groups"] => north(),
        ["orgs", SOUTH_ID, "groups"] => south(),
        ["groups"] => json!([north()[0].clone(), south()[0].clone(), south()[1].clone()]),
        ["groups", NORTH_SHOP | SOUTH_SHOP, "clusters"] => json!([{"name": "orders"}]),
        ["groups", SOUTH_ARCHIVE, "clusters"] => json!([{"name": "backlog"}]),
        _ => json!([]),
    };
    response(
        200,
        "content-type: application/json\r\n",
        &page(&items).to_string(),
    )
}

/// Responds as Atlas does to credentials of an organization without a role in a project.
fn respond_without_projects(request: &Request) -> String {
    let path = request.target().split('?').next().unwrap_or_default();
    let items = match path {
        "/api/atlas/v2/orgs" => json!([{"id": NORTH_ID, "name": "North"}]),
        _ => json!([]),
    };
    response(
        200,
        "content-type: application/json\r\n",
        &page(&items).to_string(),
    )
}

#[tokio::test]
async fn inventory_lists_projects_under_their_own_organization() {
    let server = RawServer::responding(respond_with_two_organizations).await;

    let tree = server.atlas().inventory().tree().await.unwrap();

    let lines: Vec<_> = tree
        .organizations
        .iter()
        .flat_map(|organization| {
            let projects = organization.projects.iter();
            projects.map(|project| {
                format!(
                    "{}/{}",
                    organization.organization.name(),
                    project.project.name()
                )
            })
        })
        .collect();
    assert_eq!(lines, ["North/shop", "South/shop", "South/archive"]);
    assert_eq!(tree.clusters().count(), 3);
}

#[tokio::test]
async fn ambiguous_cluster_is_listed_with_organization_and_project() {
    let server = RawServer::responding(respond_with_two_organizations).await;

    let error = server.atlas().find_cluster("orders").await.unwrap_err();

    let expected = format!(
        "more than one cluster is called `orders`: \
         `{NORTH_SHOP}:orders` (organization `North`, project `shop`), \
         `{SOUTH_SHOP}:orders` (organization `South`, project `shop`)"
    );
    assert_eq!(error.to_string(), expected);
    assert!(error.is_invalid_input() && error.hint().unwrap().contains("PROJECT:NAME"));
}

#[tokio::test]
async fn ambiguous_project_is_listed_with_its_organization() {
    let server = RawServer::responding(respond_with_two_organizations).await;

    let error = server.atlas().find_project("shop").await.unwrap_err();
    let result = server.atlas().find_cluster("shop:orders").await;

    let expected = format!(
        "more than one project is called `shop`: `{NORTH_SHOP}` (organization `North`), \
         `{SOUTH_SHOP}` (organization `South`)"
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(result.unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn this_organization_rejects_several_organizations() {
    let server = RawServer::responding(respond_with_two_organizations).await;

    let error = server.atlas().this_organization().await.unwrap_err();

    assert!(error.is_invalid_input() && error.hint().is_some());
    let expected = format!(
        "several organizations are visible to the credentials: `North` ({NORTH_ID}), `South` ({SOUTH_ID})"
    );
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn searches_without_visible_projects_name_the_roles() {
    let server = RawServer::responding(respond_without_projects).await;
    let atlas = server.atlas();

    let cluster = atlas.find_cluster("orders").await.unwrap_err();
    let flex = atlas.find_flex_cluster("orders").await.unwrap_err();
    let project = atlas.find_project("shop").await.unwrap_err();
    let hint = atlas.visibility_hint().await.unwrap().unwrap();

    for (error, noun) in [
        (cluster, "cluster `orders`"),
        (flex, "cluster `orders`"),
        (project, "project `shop`"),
    ] {
        assert!(error.is_not_found() && error.is_nothing_visible());
        let expected = format!("{noun} not found: the credentials see no project");
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.hint(), Some(hint.as_str()));
    }
    for text in ["`North`", "GROUP_READ_ONLY", "ORG_READ_ONLY"] {
        assert!(hint.contains(text), "{hint}");
    }
    let every: Filter = "*".parse().unwrap();
    assert!(atlas.find_clusters(&every).await.unwrap().is_empty());
}

#[tokio::test]
async fn searches_with_visible_projects_are_not_about_roles() {
    let server = RawServer::responding(respond_with_two_organizations).await;
    let atlas = server.atlas();

    let error = atlas.find_cluster("unknown").await.unwrap_err();

    assert!(error.is_not_found() && !error.is_nothing_visible());
    assert_eq!(atlas.visibility_hint().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_searches_report_organizations_and_roles() {
    let server = RawServer::responding(respond_with_two_organizations).await;
    let none = RawServer::responding(respond_without_projects).await;
    let (several, none) = (server.builder(), none.builder());

    let task = tokio::task::spawn_blocking(move || {
        std::thread::spawn(move || {
            let several: blocking::Atlas = several.build_blocking().unwrap();
            let none: blocking::Atlas = none.build_blocking().unwrap();
            let ambiguous = several.find_cluster("orders").unwrap_err();
            let invisible = none.find_cluster("orders").unwrap_err();
            (ambiguous, invisible, none.visibility_hint().unwrap())
        })
        .join()
        .unwrap()
    });
    let (ambiguous, invisible, hint) = task.await.unwrap();

    assert!(ambiguous.to_string().contains("organization `South`"));
    assert!(invisible.is_nothing_visible());
    assert_eq!(invisible.hint(), hint.as_deref());
}
