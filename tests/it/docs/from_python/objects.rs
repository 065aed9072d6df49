//! OPCAPI and its objects

use mongodbatlas::{Cluster, ClusterState, Result, random_name};

use super::demo;

/// `OPCAPI(atlas_key)` → `blocking::Atlas`
///
/// There is one client. It returns typed resources with their documents.
#[test]
fn opcapi() -> Result<()> {
    let (_simulator, atlas) = demo();

    assert_eq!(atlas.this_organization()?.name(), "Open Meadow Data");
    Ok(())
}

/// `OPCAPI.get_this_organization()` → `Atlas::this_organization`
#[test]
fn get_this_organization() -> Result<()> {
    let (simulator, atlas) = demo();

    assert_eq!(
        atlas.this_organization()?.id().as_str(),
        simulator.organization_id()
    );
    Ok(())
}

/// `OPCAPI.get_organization_and_projects()` → `OrganizationHandle::projects`
#[test]
fn get_organization_and_projects() -> Result<()> {
    let (_simulator, atlas) = demo();

    let organization = atlas.this_organization()?;
    assert_eq!(organization.handle().projects().count(), 8);
    Ok(())
}

/// `OPCAPI.get_organization_and_clusters()` → `Atlas::inventory`
///
/// A project that could not be listed ended Python's listing; the tree contains it as a failure.
#[test]
fn get_organization_and_clusters() -> Result<()> {
    let (_simulator, atlas) = demo();

    let tree = atlas.inventory().tree()?;
    assert_eq!((tree.projects().count(), tree.clusters().count()), (8, 16));
    assert_eq!(tree.failures().count(), 0);
    Ok(())
}

/// `OPCAPI.get_one_project(id)` → `ProjectHandle::get`, `Atlas::find_project`
#[test]
fn get_one_project() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Sandbox")?;
    assert_eq!(atlas.find_project(project.id().as_str())?.name(), "Sandbox");
    Ok(())
}

/// `OPCAPI.get_projects()` → `Atlas::projects`
#[test]
fn get_projects() -> Result<()> {
    let (_simulator, atlas) = demo();

    let projects = atlas.projects().collect::<Result<Vec<_>>>()?;
    assert_eq!(projects.len(), 8);
    Ok(())
}

/// `OPCAPI.get_one_cluster(project_id, name)` → `ClusterHandle::get`
#[test]
fn get_one_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Storefront")?;
    assert_eq!(
        atlas.cluster(project.id(), "shop-staging").get()?.name(),
        "shop-staging"
    );
    Ok(())
}

/// `OPCAPI.get_clusters(project_id)` → `ProjectHandle::clusters`
#[test]
fn get_clusters() -> Result<()> {
    let (simulator, atlas) = demo();

    let project = atlas.project(&simulator.projects()[0].0.parse()?);
    assert_eq!(project.clusters().count(), 3);
    Ok(())
}

/// `OPCAPI.pause_cluster(project_id, name)` → `ClusterHandle::pause`
#[test]
fn pause_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let paused = atlas.find_cluster("shop-staging")?.handle().pause()?;
    assert_eq!(paused.state(), ClusterState::Pausing);
    Ok(())
}

/// `OPCAPI.resume_cluster(project_id, name)` → `ClusterHandle::resume`
#[test]
fn resume_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let resumed = atlas.find_cluster("menu-archive")?.handle().resume()?;
    assert_eq!(resumed.state(), ClusterState::Resuming);
    Ok(())
}

/// `AtlasResource(resource)` → `Organization`, `Project`, `Cluster`
///
/// Resources contain the data of a response and do not change. Handles have the actions.
#[test]
fn atlas_resource() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("events")?.into_inner();
    assert!(!cluster.handle().is_paused()?);
    Ok(())
}

/// `AtlasResource.id` → `id()`
///
/// Each kind of id has its own type.
#[test]
fn id() -> Result<()> {
    let (simulator, atlas) = demo();

    assert_eq!(
        atlas.find_project("Storefront")?.id().as_str(),
        simulator.projects()[0].0
    );
    Ok(())
}

/// `AtlasResource.name` → `name()`; to change it, `update_with`
#[test]
fn name() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Sandbox")?.handle();
    let renamed = project.update_with(|document| document["name"] = "Sandpit".into())?;
    assert_eq!(renamed.name(), "Sandpit");
    Ok(())
}

/// `AtlasResource.resource` → `document()`
///
/// The document is unchanged, including unknown fields.
#[test]
fn resource() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("events")?;
    assert_eq!(cluster.document().to_value()["clusterType"], "SHARDED");
    Ok(())
}

/// `AtlasResource.timestamp`, the field `created` → `created()`
///
/// `timestamp` raised an `AttributeError`. Times are `jiff::Timestamp`s.
#[test]
fn timestamp() -> Result<()> {
    let (_simulator, atlas) = demo();

    let created = atlas.find_project("Storefront")?.created().unwrap();
    assert!(created < jiff::Timestamp::now());
    Ok(())
}

/// `AtlasResource.random_name()` → `random_name`
#[test]
fn random_names() {
    let name = random_name();
    assert!(
        name.len() == 10
            && name
                .chars()
                .all(|character| character.is_ascii_alphanumeric())
    );
}

/// `AtlasResource.iter_print(iterator)` → a loop
#[test]
fn iter_print() -> Result<()> {
    let (_simulator, atlas) = demo();

    for project in atlas.projects() {
        println!("{}", project?.document());
    }
    Ok(())
}

/// `AtlasResource.pprint(fmt)`, `OutputFormat.SUMMARY`, `OutputFormat.PYTHON`, `OutputFormat.JSON` → `format!`, `document()`
///
/// `SUMMARY` raised an `AttributeError`, and the exported `OutputFormat` printed nothing. `atlascli -lp` and `-lc` print
/// the Python format.
#[test]
fn pprint() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("events")?;
    let summary = format!("{} {}", cluster.name(), cluster.state());
    let json = format!("{:#}", cluster.document().to_value());
    assert_eq!(summary, "events running");
    assert!(json.contains("\n  \"name\": \"events\""), "{json}");
    Ok(())
}

/// `str(AtlasResource)`, `repr(AtlasResource)` → `Display` of the document, `Debug` of the resource
///
/// `Debug` redacts secrets.
#[test]
fn printed() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Sandbox")?;
    assert!(project.document().to_string().starts_with('{'));
    assert!(format!("{project:?}").starts_with("Project {"));
    Ok(())
}

/// `AtlasOrganization.add_projects(projects)`, `AtlasOrganization.add_clusters(project_id, clusters)` → `Inventory::tree`
///
/// `tree` reads all projects and clusters.
#[test]
fn add_projects_and_clusters() -> Result<()> {
    let (_simulator, atlas) = demo();

    let tree = atlas.inventory().tree()?;
    let storefront = tree.projects().next().unwrap();
    assert_eq!(storefront.clusters.len(), 3);
    Ok(())
}

/// `AtlasOrganization.summary()`, `AtlasOrganization.pprint()` → `Inventory::tree` and a loop
///
/// Python raised a `KeyError` for a project without clusters.
#[test]
fn organization_summary() -> Result<()> {
    let (_simulator, atlas) = demo();

    for organization in atlas.inventory().tree()?.organizations {
        println!("{}", organization.organization.name());
        for project in organization.projects {
            let clusters = project.clusters.len();
            println!("  {} has {clusters} clusters", project.project.name());
        }
    }
    Ok(())
}

/// `AtlasProject.summary()` → `format!`
#[test]
fn project_summary() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Storefront")?;
    let summary = format!(
        "Project '{}' with {:?} clusters",
        project.name(),
        project.cluster_count()
    );
    assert_eq!(summary, "Project 'Storefront' with Some(3) clusters");
    Ok(())
}

/// `AtlasCluster.summary()` → `format!`
///
/// Python raised a `KeyError` without the field `paused`, and ignored `stateName`.
#[test]
fn cluster_summary() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("ingest-next")?;
    assert_eq!(
        format!("{} is {}", cluster.name(), cluster.state()),
        "ingest-next is creating"
    );
    Ok(())
}

/// `AtlasCluster.default_single_region_cluster()` → `Cluster::default_single_region_cluster`
///
/// The document has the format of the newest version. The name is required.
#[test]
fn default_single_region_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let document = Cluster::default_single_region_cluster("fresh");
    let project = atlas.find_project("Empty Lot")?.handle();
    assert_eq!(project.create_cluster(&document)?.name(), "fresh");
    Ok(())
}
