//! Flex clusters, async and blocking.

use serde_json::json;

use crate::support::Local;

fn scratch() -> serde_json::Value {
    json!({
        "name": "Scratch",
        "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    })
}

#[tokio::test]
async fn a_flex_cluster_is_created_listed_changed_and_deleted() {
    let local = Local::demo();
    let project = local.atlas.project(&local.first_project());

    let created = project.create_flex_cluster(&scratch()).await.unwrap();
    let listed = project.flex_clusters().collect().await.unwrap();
    let handle = created.handle();
    let protection = |on: bool| json!({"terminationProtectionEnabled": on});
    let changed = handle.update(&protection(true)).await.unwrap();
    let refused = handle.delete().await.unwrap_err();
    handle.update(&protection(false)).await.unwrap();
    handle.delete().await.unwrap();
    local.simulator.advance(std::time::Duration::from_hours(1));

    assert_eq!(created.name(), "Scratch");
    assert!(created.cluster_id().is_some() && created.created().is_some());
    assert!(listed.iter().any(|cluster| cluster.name() == "Scratch"));
    assert!(changed.is_protected() && !created.is_protected());
    assert!(refused.is_conflict() || refused.is_rejected(), "{refused}");
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[test]
fn the_blocking_twins_do_the_same() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());

    let created = project.create_flex_cluster(&scratch()).unwrap();
    let names: Vec<_> = project
        .flex_clusters()
        .map(|cluster| cluster.unwrap().name().to_owned())
        .collect();
    let handle = created.handle();
    let tagged = handle.update(&json!({"tags": [{"key": "env", "value": "dev"}]}));
    assert_eq!(
        tagged.unwrap().document().to_value()["tags"][0]["value"],
        "dev"
    );
    assert_eq!(handle.get().unwrap().name(), "Scratch");
    handle.delete().unwrap();

    assert!(names.iter().any(|name| name == "Scratch"), "{names:?}");
}
