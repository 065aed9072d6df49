//! Updates by editing documents.

use mongodbatlas::ClusterState;
use serde_json::{Value, json};

use crate::support::{Local, builder};

/// Returns the bodies of the successful requests with this method.
fn bodies(local: &Local, method: &str) -> Vec<Value> {
    let requests = local.simulator.requests();
    let successes = requests
        .iter()
        .filter(|request| request.method == method && request.status == Some(200));
    successes
        .map(|request| serde_json::from_str(&request.text()).unwrap())
        .collect()
}

#[tokio::test]
async fn update_with_sends_changed_fields_and_returns_the_new_document() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();

    let changed = cluster
        .update_with(|document| {
            document["backupEnabled"] = json!(false);
            document["tags"] = json!([{"key": "env", "value": "dev"}]);
        })
        .await
        .unwrap();

    let body = json!({"backupEnabled": false, "tags": [{"key": "env", "value": "dev"}]});
    assert_eq!(bodies(&local, "PATCH"), [body]);
    let document = changed.document().to_value();
    assert_eq!(document["tags"], json!([{"key": "env", "value": "dev"}]));
    assert_eq!(document["name"], cluster.name());
}

#[tokio::test]
async fn changed_list_keeps_the_ids_of_shards() {
    let local = Local::demo();
    let cluster = local.atlas.find_cluster("events").await.unwrap();
    let ids = |document: &Value| {
        let specs = document["replicationSpecs"].as_array().unwrap();
        specs
            .iter()
            .map(|spec| spec["id"].clone())
            .collect::<Vec<_>>()
    };
    let before = cluster.document().to_value();

    let changed = cluster
        .handle()
        .update_with(|document| {
            for spec in document["replicationSpecs"].as_array_mut().unwrap() {
                spec["regionConfigs"][0]["electableSpecs"]["instanceSize"] = json!("M50");
            }
        })
        .await
        .unwrap();

    let after = changed.document().to_value();
    assert_eq!(ids(&after), ids(&before));
    let size = &after["replicationSpecs"][1]["regionConfigs"][0]["electableSpecs"]["instanceSize"];
    assert_eq!(size, "M50");
    let [sent] = &bodies(&local, "PATCH")[..] else {
        panic!("one request");
    };
    assert_eq!(
        sent.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["replicationSpecs"]
    );
    assert!(sent.to_string().contains("zoneName") && !sent.to_string().contains("zoneId"));
}

#[tokio::test]
async fn edit_without_changes_sends_no_update() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Paused).await.handle();

    let same = cluster
        .update_with(|document| document["paused"] = json!(true))
        .await
        .unwrap();
    let change = cluster.preview_with(|_| {}).await.unwrap();

    assert!(same.is_paused() && change.is_empty());
    let document = change.apply().await.unwrap();
    assert_eq!(document.to_value()["name"], cluster.name());
    assert!(bodies(&local, "PATCH").is_empty());
}

#[tokio::test]
async fn edit_accepts_a_typed_struct() {
    let local = Local::demo();
    let cluster = local.cluster_in_state(&ClusterState::Running).await;

    let handle = cluster.handle();
    let change = handle
        .preview_with(|document| {
            let mut typed = cluster.as_api().clone();
            typed.pit_enabled = Some(false);
            typed.termination_protection_enabled = Some(false);
            *document = serde_json::to_value(typed).unwrap();
        })
        .await
        .unwrap();

    let paths: Vec<_> = change
        .differences()
        .iter()
        .map(|difference| difference.path().to_owned())
        .collect();
    assert!(
        paths
            .iter()
            .all(|path| path == "pitEnabled" || path == "terminationProtectionEnabled"),
        "{change}"
    );
    assert!(!paths.is_empty(), "{change}");
}

#[tokio::test]
async fn preview_prints_differences_and_sends_no_update() {
    let local = Local::demo();
    let (id, name) = local.simulator.projects()[0].clone();
    let project = local.atlas.project(&id.parse().unwrap());

    let change = project
        .preview_with(|document| {
            document["name"] = json!("Shopfront");
            document.as_object_mut().unwrap().remove("tags");
        })
        .await
        .unwrap();

    let expected = format!(
        "- tags: [{{\"key\":\"environment\",\"value\":\"production\"}}]\n~ name: \"{name}\" -> \"Shopfront\""
    );
    assert_eq!(change.to_string(), expected);
    assert_eq!(change.body(), &json!({"name": "Shopfront", "tags": null}));
    assert_eq!(project.get().await.unwrap().name(), name);
    let renamed = project.update_with(|document| document["name"] = json!("Shopfront"));
    assert_eq!(renamed.await.unwrap().name(), "Shopfront");
}

#[tokio::test]
async fn edit_of_a_server_owned_field_is_rejected_before_sending() {
    let local = Local::demo();
    let organization = local.atlas.this_organization().await.unwrap().handle();
    local.simulator.clear_requests();

    let error = organization
        .update_with(|document| document["isDeleted"] = json!(true))
        .await
        .unwrap_err();

    assert!(error.is_invalid_input(), "{error}");
    assert_eq!(local.successes().len(), 1, "the GET only");
}

#[tokio::test]
async fn call_preview_edits_any_pair_of_operations() {
    let local = Local::demo();
    let id = local.first_project();
    let call =
        |operation| Ok::<_, mongodbatlas::Error>(local.atlas.call(operation)?.with("groupId", &id));

    let read = call("getGroupMaintenanceWindow").unwrap();
    let update = call("updateGroupMaintenanceWindow").unwrap();
    let change = read
        .preview_with(update, |window| {
            window["dayOfWeek"] = json!(3);
            window["hourOfDay"] = json!(4);
        })
        .await
        .unwrap();
    let window = change.apply().await.unwrap().to_value();

    assert_eq!(bodies(&local, "PATCH").len(), 1);
    assert_eq!(
        window["hourOfDay"], 4,
        "fetched again, because the PATCH returns no document"
    );
}

#[test]
fn blocking_edits_equal_the_async_ones() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();
    let cluster = atlas.find_cluster("shop-staging").unwrap().handle();
    let project = atlas.find_project("Storefront").unwrap().handle();
    let organization = atlas.this_organization().unwrap().handle();

    let change = cluster
        .preview_with(|document| document["backupEnabled"] = json!(true))
        .unwrap();
    assert_eq!(change.to_string(), "~ backupEnabled: false -> true");
    assert_eq!(change.apply().unwrap().to_value()["backupEnabled"], true);
    let cluster = cluster
        .update_with(|document| document["pitEnabled"] = json!(true))
        .unwrap();
    let project = project
        .update_with(|document| document["name"] = json!("Front"))
        .unwrap();
    let organization = organization.preview_with(|document| document["name"] = json!("Meadow"));

    assert_eq!(cluster.as_api().pit_enabled, Some(true));
    assert_eq!(project.name(), "Front");
    assert_eq!(organization.unwrap().body(), &json!({"name": "Meadow"}));
}
