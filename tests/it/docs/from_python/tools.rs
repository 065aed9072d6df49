//! The module atlascli, and additions of 0.2.8

use std::fs;

use mongodbatlas::{
    Cluster, ClusterPath, ClusterState, Filter, Result, operations::Operation, random_name,
};

use super::demo;

/// `parse_id(text)` → `ClusterPath`
///
/// The last colon separates project and cluster: names of projects can contain colons, names of clusters cannot.
#[test]
fn parse_id() -> Result<()> {
    let path: ClusterPath = "a:b".parse()?;
    assert_eq!((path.project(), path.name()), (Some("a"), "b"));
    let path: ClusterPath = "a:b:c".parse()?;
    assert_eq!((path.project(), path.name()), (Some("a:b"), "c"));
    Ok(())
}

/// `ParseError` → `Error::is_invalid_input`
///
/// A name without a project is valid: it is searched in all projects.
#[test]
fn parse_error() {
    assert!("a:".parse::<ClusterPath>().unwrap_err().is_invalid_input());
    assert_eq!("x".parse::<ClusterPath>().unwrap().project(), None);
}

/// `ClusterState` → `ClusterState`
///
/// The state depends on both `paused` and `stateName`.
#[test]
fn cluster_state() {
    assert_eq!(ClusterState::new(true, "UPDATING"), ClusterState::Pausing);
    assert_eq!(ClusterState::new(true, "IDLE"), ClusterState::Paused);
}

/// `HTTPOperationName` → `Operation::method`
#[test]
fn http_operation_name() {
    assert_eq!(Operation::by_id("updateGroup").unwrap().method, "PATCH");
}

/// `AtlasOperationName`, `AtlasResourceName` → the methods themselves, `Operation::id`, `Operation::tag`
#[test]
fn operation_names() {
    let operation = Operation::by_id("listGroupClusters").unwrap();
    assert_eq!(
        (operation.id, operation.tag),
        ("listGroupClusters", "Clusters")
    );
}

/// `APIFormatter` → a loop
///
/// Python could not import its file.
#[test]
fn api_formatter() -> Result<()> {
    let (_simulator, atlas) = demo();

    let tree = atlas.inventory().tree()?;
    for project in tree.projects() {
        for cluster in &project.clusters {
            let flag = if cluster.is_paused() { "P" } else { "R" };
            println!("{:24} {:24} {flag}", project.project.name(), cluster.name());
        }
    }
    Ok(())
}

/// 0.2.8: `--createcluster`, a cluster from a configuration file → `ProjectHandle::create_cluster_from_file`
///
/// Python called a method that did not exist.
#[test]
fn create_from_file() -> Result<()> {
    let (_simulator, atlas) = demo();

    let file = std::env::temp_dir().join(format!("{}.json", random_name()));
    let document = Cluster::default_single_region_cluster("from-file");
    fs::write(&file, document.to_string()).unwrap();
    let created = atlas
        .find_project("Empty Lot")?
        .handle()
        .create_cluster_from_file(&file);
    fs::remove_file(&file).unwrap();
    assert_eq!(created?.name(), "from-file");
    Ok(())
}

/// 0.2.8: `--defaultcluster` → `Cluster::default_single_region_cluster`
#[test]
fn default_cluster() {
    let document = Cluster::default_single_region_cluster(&random_name());
    assert_eq!(document["clusterType"], "REPLICASET");
}

/// 0.2.8: search the organization for a cluster's name → `Atlas::find_cluster`
#[test]
fn find_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    assert_eq!(atlas.find_cluster("billing")?.name(), "billing");
    assert_eq!(atlas.find_cluster("night-batch:billing")?.name(), "billing");
    let error = atlas.find_cluster("biling").unwrap_err();
    assert_eq!(error.hint(), Some("did you mean `billing`?"));
    Ok(())
}

/// 0.2.8: check that a cluster's name is unique → `Atlas::find_clusters`
#[test]
fn is_unique() -> Result<()> {
    let (_simulator, atlas) = demo();

    let clusters = atlas.find_clusters(&Filter::named("billing"))?;
    assert_eq!(clusters.len(), 1);
    Ok(())
}
