//! `AtlasRequests`: the wire

use mongodbatlas::{ApiKey, BaseUrl, Document, Result, blocking, operations::Operation};
use serde_json::json;

use super::demo;

/// `AtlasRequests(api_key, page_size)` → `Atlas::builder`
///
/// One client keeps its connections, tries again where that is safe and has time limits; every Python call
/// made a connection of its own.
#[test]
fn atlas_requests() -> Result<()> {
    let atlas = blocking::Atlas::builder()
        .with_api_key(ApiKey::new("zmmrboas", "7ac3d6b1-52f0")?)
        .with_timeout(std::time::Duration::from_mins(1))
        .build_blocking()?;
    drop(atlas);
    Ok(())
}

/// `AtlasRequests.page_size` → `with_page_size`
///
/// It was checked and never used. Ours is 500 unless told otherwise, and belongs to a list.
#[test]
fn page_size() -> Result<()> {
    let (simulator, atlas) = demo();

    let projects = atlas
        .projects()
        .with_page_size(3)
        .collect::<Result<Vec<_>>>()?;
    assert_eq!(projects.len(), 8);
    let pages = simulator
        .requests()
        .iter()
        .filter(|it| it.path_and_query.contains("itemsPerPage=3"))
        .count();
    assert_eq!(pages, 4); // three pages, and the challenge of the first one
    Ok(())
}

/// `AtlasRequests.api_key` → `Debug` of the client
///
/// Nothing shows a secret.
#[test]
fn api_key() {
    let (simulator, atlas) = demo();

    assert!(!format!("{atlas:?}").contains(simulator.private_key()));
}

/// `SITE_URL`, `API_URL`, `ATLAS_BASE_URL` → `BaseUrl`, `Builder::with_base_url`
///
/// The API is `/api/atlas/v2` in dated versions; v1.0 is gone.
#[test]
fn urls() -> Result<()> {
    assert_eq!(BaseUrl::DEFAULT, "https://cloud.mongodb.com");
    let atlas = blocking::Atlas::builder()
        .with_api_key(ApiKey::new("zmmrboas", "7ac3d6b1-52f0")?)
        .with_base_url("http://127.0.0.1:27080")
        .build_blocking()?;
    drop(atlas);
    Ok(())
}

/// `ATLAS_HEADERS` → `Operation::accept`, `Operation::content_type`
///
/// Every operation has a version of its own, which is sent for you.
#[test]
fn headers() {
    let list = Operation::by_id("listGroupClusters").unwrap();
    assert_eq!(list.accept, "application/vnd.atlas.2024-08-05+json");
}

/// `AtlasRequests.atlas_get(path)` → `Atlas::call` of a GET
///
/// Operations go by their ids, and parameters are checked before anything is sent. Queries are not mangled.
#[test]
fn atlas_get() -> Result<()> {
    let (simulator, atlas) = demo();

    let id = &simulator.projects()[0].0;
    let reply = atlas.call("getGroup")?.with("groupId", id).send()?;
    assert_eq!(
        reply.document().map(Document::to_value).unwrap()["name"],
        "Storefront"
    );
    Ok(())
}

/// `AtlasRequests.atlas_post(path, data)` → `Atlas::call` of a POST
#[test]
fn atlas_post() -> Result<()> {
    let (simulator, atlas) = demo();

    let body = json!({"name": "Fresh", "orgId": simulator.organization_id()});
    let reply = atlas.call("createGroup")?.with_body(body).send()?;
    assert_eq!(reply.status(), 201);
    Ok(())
}

/// `AtlasRequests.atlas_patch(path, data)` → `Atlas::call` of a PATCH
#[test]
fn atlas_patch() -> Result<()> {
    let (simulator, atlas) = demo();

    let id = &simulator.projects()[0].0;
    let rename = atlas
        .call("updateGroup")?
        .with("groupId", id)
        .with_body(json!({"name": "Front"}));
    assert_eq!(rename.send()?.status(), 200);
    Ok(())
}

/// `AtlasRequests.atlas_delete(path)` → `Atlas::call` of a DELETE
#[test]
fn atlas_delete() -> Result<()> {
    let (simulator, atlas) = demo();

    let (id, _) = simulator
        .projects()
        .into_iter()
        .find(|(_, name)| name == "Empty Lot")
        .unwrap();
    atlas.call("deleteGroup")?.with("groupId", &id).send()?;
    assert_eq!(simulator.projects().len(), 7);
    Ok(())
}

/// `AtlasRequests.get(url)`, `post`, `patch`, `delete` → `Atlas::call`
///
/// There are no absolute addresses: no answer and no caller can lead keys to another host.
#[test]
fn absolute_addresses() {
    let (_simulator, atlas) = demo();

    let error = atlas.call("https://example.com/orgs").unwrap_err();
    assert!(error.is_invalid_input());
}

/// `AtlasRequests.get_resource_by_item(path)` → `Call::items`
///
/// A next link that was not the last link ended the list, and no links at all were an `IndexError`. Links only
/// tell that there is more.
#[test]
fn get_resource_by_item() -> Result<()> {
    let (_simulator, atlas) = demo();

    let mut names = Vec::new();
    for project in atlas.call("listGroups")?.items()? {
        names.push(project?.to_value()["name"].clone());
    }
    assert_eq!(names.len(), 8);
    Ok(())
}

/// `AtlasRequests.get_resource_by_page(path)` → `Items::continuation`, `starting_at`; `Pager::pages`
///
/// The place to go on is a number, not a link.
#[test]
fn get_resource_by_page() -> Result<()> {
    let (_simulator, atlas) = demo();

    let mut first_page = atlas.projects().with_page_size(5);
    for _ in 0..5 {
        first_page.next().unwrap()?;
    }
    let rest = first_page.continuation().unwrap();
    assert_eq!(
        atlas.projects().with_page_size(5).starting_at(rest).count(),
        3
    );
    Ok(())
}

/// `AtlasRequests.get_ids(field)` → `Atlas::project_ids`, or `map`
#[test]
fn get_ids() -> Result<()> {
    let (simulator, atlas) = demo();

    let ids = atlas.project_ids().collect::<Result<Vec<_>>>()?;
    assert_eq!(ids[0].as_str(), simulator.projects()[0].0);
    Ok(())
}

/// `AtlasRequests.get_names(field)` → `map`
#[test]
fn get_names() -> Result<()> {
    let (_simulator, atlas) = demo();

    let names = atlas
        .projects()
        .map(|project| Ok(project?.name().to_owned()));
    assert_eq!(names.collect::<Result<Vec<_>>>()?[0], "Storefront");
    Ok(())
}

/// `AtlasRequests.set_logging_level(level)`, logger `mongodbatlas` → a subscriber of `tracing`
///
/// Spans and events have the names of OpenTelemetry, and no secrets.
#[test]
fn set_logging_level() -> Result<()> {
    let (_simulator, atlas) = demo();

    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_writer(std::io::sink)
        .finish();
    let watching = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    atlas.this_organization()?;
    drop(watching);
    Ok(())
}
