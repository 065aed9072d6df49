//! `AtlasAPI`: functions that return dicts

use std::time::Duration;

use mongodbatlas::{OrganizationId, Result};
use serde_json::json;

use super::{builder, demo};

/// `AtlasAPI(atlas_key)` → `blocking::Atlas`, or `Atlas` for async code
///
/// Typed resources replace the dicts; `document()` is the unchanged JSON.
#[test]
fn atlas_api() -> Result<()> {
    let (_simulator, atlas) = demo();

    let organization = atlas.this_organization()?;
    assert_eq!(
        organization.document().to_value()["name"],
        organization.name()
    );
    Ok(())
}

/// `AtlasAPI.get_organizations()` → `Atlas::organizations`
#[test]
fn get_organizations() -> Result<()> {
    let (_simulator, atlas) = demo();

    for organization in atlas.organizations() {
        assert_eq!(organization?.name(), "Open Meadow Data");
    }
    Ok(())
}

/// `AtlasAPI.get_this_organization()` → `Atlas::this_organization`
#[test]
fn get_this_organization() -> Result<()> {
    let (_simulator, atlas) = demo();

    assert_eq!(atlas.this_organization()?.name(), "Open Meadow Data");
    Ok(())
}

/// `AtlasAPI.get_one_organization(id)` → `OrganizationHandle::get`
#[test]
fn get_one_organization() -> Result<()> {
    let (simulator, atlas) = demo();

    let id: OrganizationId = simulator.organization_id().parse()?;
    assert_eq!(atlas.organization(&id).get()?.id(), &id);
    Ok(())
}

/// `AtlasAPI.get_one_cached_organization(id)` → `Builder::with_cache`
///
/// It never worked (relative URL). The cache stores every GET.
#[test]
fn get_one_cached_organization() -> Result<()> {
    let (simulator, _) = demo();

    let atlas = builder(&simulator)
        .with_cache(Duration::from_mins(1))
        .build_blocking()?;
    let id = simulator.organization_id().parse()?;
    for _ in 0..3 {
        atlas.organization(&id).get()?;
    }
    let successes = simulator
        .requests()
        .iter()
        .filter(|request| request.status == Some(200))
        .count();
    assert_eq!(successes, 1);
    Ok(())
}

/// `AtlasAPI.create_organization(name)` → `Atlas::create_organization`
///
/// Atlas permits this to few API keys. The request can create the API key that the new organization needs.
#[test]
fn create_organization() -> Result<()> {
    let (_simulator, atlas) = demo();

    let created = atlas.create_organization(&json!({
        "name": "Second Meadow",
        "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
    }))?;
    assert_eq!(created.organization().name(), "Second Meadow");
    assert!(created.api_key().is_some());
    Ok(())
}

/// `AtlasAPI.delete_organization(name)` → `OrganizationHandle::delete`
///
/// It never worked (relative URL, and a name instead of an id).
#[test]
fn delete_organization() -> Result<()> {
    let (_simulator, atlas) = demo();

    let organization = atlas.organization(&"32b6e34b3d91647abb20e7b8".parse()?);
    let error = organization.delete().unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

/// `AtlasAPI.create_project(org_id, name)` → `OrganizationHandle::create_project`
#[test]
fn create_project() -> Result<()> {
    let (simulator, atlas) = demo();

    let organization = atlas.organization(&simulator.organization_id().parse()?);
    assert_eq!(organization.create_project("Fresh")?.name(), "Fresh");
    Ok(())
}

/// `AtlasAPI.delete_project(id)` → `ProjectHandle::delete`
#[test]
fn delete_project() -> Result<()> {
    let (_simulator, atlas) = demo();

    atlas.find_project("Empty Lot")?.handle().delete()?;
    assert!(atlas.find_project("Empty Lot").unwrap_err().is_not_found());
    Ok(())
}

/// `AtlasAPI.get_projects()` → `Atlas::projects`
#[test]
fn get_projects() -> Result<()> {
    let (simulator, atlas) = demo();

    for (project, (id, name)) in atlas.projects().zip(simulator.projects()) {
        let project = project?;
        assert_eq!(
            (project.id().as_str(), project.name()),
            (id.as_str(), name.as_str())
        );
    }
    Ok(())
}

/// `AtlasAPI.get_one_project(id)` → `ProjectHandle::get`
#[test]
fn get_one_project() -> Result<()> {
    let (simulator, atlas) = demo();

    let (id, name) = simulator.projects()[0].clone();
    assert_eq!(atlas.project(&id.parse()?).get()?.name(), name);
    Ok(())
}

/// `AtlasAPI.get_one_cached_project(id)` → `Builder::with_cache`
#[test]
fn get_one_cached_project() -> Result<()> {
    let (simulator, _) = demo();

    let atlas = builder(&simulator)
        .with_cache(Duration::from_mins(1))
        .build_blocking()?;
    let project = atlas.project(&simulator.projects()[0].0.parse()?);
    let first = project.get()?;
    assert_eq!(
        first.document().as_str(),
        project.get()?.document().as_str()
    );
    Ok(())
}

/// `AtlasAPI.get_project_ids()` → `Atlas::project_ids`
#[test]
fn get_project_ids() -> Result<()> {
    let (_simulator, atlas) = demo();

    let ids = atlas.project_ids().collect::<Result<Vec<_>>>()?;
    assert_eq!(ids.len(), 8);
    Ok(())
}

/// `lru_cache` of `AtlasAPI` → `Builder::with_cache`, `Atlas::clear_cache`
#[test]
fn lru_cache() -> Result<()> {
    let (simulator, _) = demo();

    let atlas = builder(&simulator)
        .with_cache(Duration::from_mins(1))
        .build_blocking()?;
    atlas.this_organization()?;
    atlas.clear_cache();
    atlas.this_organization()?;
    assert_eq!(
        simulator
            .requests()
            .iter()
            .filter(|request| request.status == Some(200))
            .count(),
        2
    );
    Ok(())
}

/// `repr(AtlasAPI)` → `Debug` of the client
#[test]
fn repr() {
    let (_simulator, atlas) = demo();

    assert!(format!("{atlas:?}").starts_with("Atlas {"));
}
