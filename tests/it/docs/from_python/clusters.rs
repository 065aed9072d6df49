//! `AtlasAPI`: clusters

use std::time::Duration;

use mongodbatlas::{Cluster, Result};
use serde_json::json;

use super::{builder, demo};

/// `AtlasAPI.cluster_url(project_id, name)` → `Operation::path`
///
/// Names are percent-encoded and cannot change the path.
#[test]
fn cluster_url() -> Result<()> {
    let (_simulator, atlas) = demo();

    let get = atlas.call("getGroupCluster")?;
    assert_eq!(
        get.operation().path,
        "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}"
    );
    Ok(())
}

/// `AtlasAPI.create_cluster(project_id, config)` → `ProjectHandle::create_cluster`
#[test]
fn create_cluster() -> Result<()> {
    let (simulator, atlas) = demo();

    let project = atlas.project(&simulator.projects()[0].0.parse()?);
    let document = Cluster::default_single_region_cluster("fresh");
    assert_eq!(
        project.create_cluster(&document)?.state().to_string(),
        "creating"
    );
    Ok(())
}

/// `AtlasAPI.get_clusters(project_id)` → `ProjectHandle::clusters`
#[test]
fn get_clusters() -> Result<()> {
    let (_simulator, atlas) = demo();

    let project = atlas.find_project("Storefront")?;
    let clusters = project.clusters().collect::<Result<Vec<_>>>()?;
    assert_eq!(clusters[0].name(), "shop-production");
    Ok(())
}

/// `AtlasAPI.get_one_cluster(project_id, name)` → `ClusterHandle::get`
#[test]
fn get_one_cluster() -> Result<()> {
    let (simulator, atlas) = demo();

    let project_id = simulator.projects()[0].0.parse()?;
    let cluster = atlas.cluster(&project_id, "shop-staging").get()?;
    assert_eq!(cluster.project_id(), &project_id);
    Ok(())
}

/// `AtlasAPI.get_one_cached_cluster(project_id, name)` → `Builder::with_cache`
///
/// Entries expire, and each change by the client clears the cache. Python's cache had neither.
#[test]
fn get_one_cached_cluster() -> Result<()> {
    let (simulator, _) = demo();

    let atlas = builder(&simulator)
        .with_cache(Duration::from_mins(1))
        .build_blocking()?;
    let cluster = atlas.cluster(&simulator.projects()[0].0.parse()?, "shop-staging");
    assert!(!cluster.get()?.is_paused());
    cluster.pause()?;
    assert!(cluster.get()?.is_paused());
    Ok(())
}

/// `AtlasAPI.delete_cluster(project_id, name)` → `ClusterHandle::delete`
#[test]
fn delete_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("shop-staging")?.handle();
    cluster.delete()?;
    assert_eq!(cluster.get()?.state().to_string(), "deleting");
    Ok(())
}

/// `AtlasAPI.modify_cluster(project_id, name, mods)` → `ClusterHandle::update`, or `update_with`
#[test]
fn modify_cluster() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("shop-staging")?.handle();
    cluster.update(&json!({"backupEnabled": true}))?;
    let cluster = cluster.update_with(|document| document["pitEnabled"] = json!(true))?;
    assert_eq!(cluster.as_api().backup_enabled, Some(true));
    Ok(())
}

/// `AtlasAPI.pause(project_id, name)` → `ClusterHandle::pause`
///
/// Python did not wait until the cluster was paused; `wait_until_paused` does.
#[test]
fn pause() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("shop-staging")?.handle();
    assert!(cluster.pause()?.is_paused());
    Ok(())
}

/// `AtlasAPI.resume(project_id, name)` → `ClusterHandle::resume`
#[test]
fn resume() -> Result<()> {
    let (_simulator, atlas) = demo();

    let cluster = atlas.find_cluster("shop-reports")?.handle();
    assert_eq!(cluster.resume()?.state().to_string(), "resuming");
    Ok(())
}
