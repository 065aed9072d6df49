//! `AtlasRequests`: HTTP requests

use mongodbatlas::{ApiKey, BaseUrl, Document, Result, blocking, operations::Operation};
use serde_json::json;

use super::demo;

/// `AtlasRequests(api_key, page_size)` → `Atlas::builder`
///
/// The client reuses connections, retries idempotent requests and has timeouts. Python opened a connection for each
/// request.
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
/// Python validated it but did not use it. It is a setting of a list; the default is 500.
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
        .filter(|request| request.path_and_query.contains("itemsPerPage=3"))
        .count();
    assert_eq!(pages, 4); // three pages, and the 401 with the challenge
    Ok(())
}

/// `AtlasRequests.api_key` → `Debug` of the client
///
/// `Debug` prints no secret.
#[test]
fn api_key() {
    let (simulator, atlas) = demo();

    assert!(!format!("{atlas:?}").contains(simulator.private_key()));
}

/// `SITE_URL`, `API_URL`, `ATLAS_BASE_URL` → `BaseUrl`, `Builder::with_base_url`
///
/// The API is `/api/atlas/v2` with dated versions, not v1.0.
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
/// Each operation has a version, which the client sends.
#[test]
fn headers() {
    let list = Operation::by_id("listGroupClusters").unwrap();
    assert_eq!(list.accept, "application/vnd.atlas.2024-08-05+json");
}

/// `AtlasRequests.atlas_get(path)` → `Atlas::call` of a GET
///
/// Operations are identified by their ids. Parameters are validated before the request and encoded.
#[test]
fn atlas_get() -> Result<()> {
    let (simulator, atlas) = demo();

    let id = &simulator.projects()[0].0;
    let response = atlas.call("getGroup")?.with("groupId", id).send()?;
    assert_eq!(
        response.document().map(Document::to_value).unwrap()["name"],
        "Storefront"
    );
    Ok(())
}

/// `AtlasRequests.atlas_post(path, data)` → `Atlas::call` of a POST
#[test]
fn atlas_post() -> Result<()> {
    let (simulator, atlas) = demo();

    let body = json!({"name": "Fresh", "orgId": simulator.organization_id()});
    let response = atlas.call("createGroup")?.with_body(body).send()?;
    assert_eq!(response.status(), 201);
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
/// There are no absolute URLs, so neither a response nor a caller can send credentials to another host.
#[test]
fn absolute_urls() {
    let (_simulator, atlas) = demo();

    let error = atlas.call("https://example.com/orgs").unwrap_err();
    assert!(error.is_invalid_input());
}

/// `AtlasRequests.get_resource_by_item(path)` → `Call::items`
///
/// Python ended the list unless the next link was the last link, and raised an `IndexError` without links. The pager
/// uses links only to detect another page.
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
/// A list is resumed from a page number, not from a link.
#[test]
fn get_resource_by_page() -> Result<()> {
    let (_simulator, atlas) = demo();

    let mut first_page = atlas.projects().with_page_size(5);
    for _ in 0..5 {
        first_page.next().unwrap()?;
    }
    let next = first_page.continuation().unwrap();
    assert_eq!(
        atlas.projects().with_page_size(5).starting_at(next).count(),
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
/// Spans and events have OpenTelemetry names and contain no secrets.
#[test]
fn set_logging_level() -> Result<()> {
    let (_simulator, atlas) = demo();

    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_writer(std::io::sink)
        .finish();
    let guard = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
    atlas.this_organization()?;
    drop(guard);
    Ok(())
}
