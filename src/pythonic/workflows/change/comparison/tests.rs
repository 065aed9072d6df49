//! Edits of test documents, compared by the fields of real operations.

use serde_json::json;

use super::*;
use crate::operations::Operation;

fn compare_for(operation: &str, old: &Value, new: &Value) -> Result<Comparison> {
    let fields = Fields::new(Operation::by_id(operation).unwrap());
    compare(old.as_object().unwrap(), new.as_object().unwrap(), &fields)
}

/// Returns the request body that changes a cluster's document from `old` to `new`.
fn body(old: &Value, new: &Value) -> Result<Value> {
    compare_for("updateGroupCluster", old, new).map(|comparison| comparison.body)
}

#[test]
fn body_contains_only_changed_fields() {
    let old = json!({
        "name": "demo", "backupEnabled": false, "diskSizeGB": 10.0,
        "biConnector": {"enabled": false, "readPreference": "secondary"}});
    let mut new = old.clone();
    new["backupEnabled"] = json!(true);
    new["biConnector"]["enabled"] = json!(true);

    assert_eq!(
        body(&old, &new).unwrap(),
        json!({"backupEnabled": true, "biConnector": {"enabled": true}})
    );
}

#[test]
fn typed_round_trip_changes_nothing() {
    let old =
        json!({"diskSizeGB": 10.0, "labels": null, "mongoDBVersion": "8.0.4", "stateName": "IDLE"});
    let new = json!({"diskSizeGB": 10, "pitEnabled": null});

    let comparison = compare_for("updateGroupCluster", &old, &new).unwrap();

    assert_eq!(comparison.body, json!({}));
    assert_eq!(comparison.differences, []);
}

#[test]
fn changed_list_is_sent_without_server_owned_fields() {
    let item = |size: &str| {
        json!([{"id": "5f0", "zoneId": "5f1", "zoneName": "Zone 1", "newField": {"a": 1},
            "regionConfigs": [{"electableSpecs": {"instanceSize": size, "nodeCount": 3},
                "effectiveElectableSpecs": {"instanceSize": "M10"}, "priority": 7}]}])
    };
    let (old, new) = (
        json!({"replicationSpecs": item("M10")}),
        json!({"replicationSpecs": item("M20")}),
    );

    // the id identifies the shard, and unknown fields are kept
    let expected = json!({"replicationSpecs": [{
        "id": "5f0", "zoneName": "Zone 1", "newField": {"a": 1},
        "regionConfigs": [{"electableSpecs": {"instanceSize": "M20", "nodeCount": 3}, "priority": 7}]}]});
    assert_eq!(body(&old, &new).unwrap(), expected);
}

#[test]
fn removed_known_field_is_cleared() {
    let old = json!({"tags": [{"key": "a", "value": "b"}], "biConnector": {"enabled": true}, "links": []});
    let new = json!({"biConnector": {}});

    assert_eq!(
        body(&old, &new).unwrap(),
        json!({"tags": null, "biConnector": {"enabled": null}})
    );
}

#[test]
fn unknown_field_can_change_but_not_be_removed() {
    let old = json!({"brandNew": {"depth": 1}, "biConnector": {"alsoNew": 1, "enabled": true}});
    let mut changed = old.clone();
    changed["brandNew"]["depth"] = json!(2);
    let removed = [
        (
            json!({"biConnector": {"alsoNew": 1, "enabled": true}}),
            "brandNew",
        ),
        (
            json!({"brandNew": {"depth": 1}, "biConnector": {"enabled": true}}),
            "biConnector.alsoNew",
        ),
    ];

    assert_eq!(
        body(&old, &changed).unwrap(),
        json!({"brandNew": {"depth": 2}})
    );
    for (new, path) in removed {
        let error = body(&old, &new).unwrap_err();
        assert!(error.is_invalid_input() && error.hint().is_some());
        let expected = format!("the edit removes the unknown field `{path}`");
        assert_eq!(error.to_string(), expected);
    }
    let mut cleared = old.clone();
    cleared["brandNew"] = Value::Null;
    assert_eq!(body(&old, &cleared).unwrap(), json!({"brandNew": null}));
}

#[test]
fn unknown_field_of_a_list_item_cannot_be_removed() {
    let old = json!({"replicationSpecs": [
        {"id": "a", "zoneName": "1"}, {"id": "b", "zoneName": "2", "brandNew": true}]});
    let reordered = json!({"replicationSpecs": [
        {"id": "b", "zoneName": "2", "brandNew": true}, {"id": "a", "zoneName": "1"}]});
    let without_item = json!({"replicationSpecs": [{"id": "a", "zoneName": "1"}]});
    let without_field = json!({"replicationSpecs": [{"id": "b", "zoneName": "2"}]});

    assert_eq!(body(&old, &reordered).unwrap(), reordered);
    assert_eq!(body(&old, &without_item).unwrap(), without_item);
    let error = body(&old, &without_field).unwrap_err();
    assert!(
        error.to_string().contains("`replicationSpecs.*.brandNew`"),
        "{error}"
    );
}

#[test]
fn server_owned_field_cannot_be_changed() {
    let old = json!({"stateName": "IDLE", "connectionStrings": {"standard": "a"}});
    let mut renamed = old.clone();
    renamed["stateName"] = json!("UPDATING");
    let mut nested = old.clone();
    nested["connectionStrings"]["standard"] = json!("b");

    for (new, path) in [(renamed, "stateName"), (nested, "connectionStrings")] {
        let error = body(&old, &new).unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains(&format!("`{path}`")),
            "{error}"
        );
    }
}

#[test]
fn response_only_field_cannot_be_changed() {
    let old = json!({"name": "demo", "clusterCount": 3});
    let new = json!({"name": "other", "clusterCount": 4});

    let error = compare_for("updateGroup", &old, &new).unwrap_err();

    let expected = "`clusterCount` cannot be changed by `updateGroup`: only Atlas sets it";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn put_sends_the_whole_document() {
    let replacing = Operation::by_id("updateGroupAlertConfig").unwrap();
    assert_eq!(replacing.method, "PUT");
    let old = json!({"id": "5f0", "groupId": "5f1", "created": "2026-01-01T00:00:00Z", "enabled": true,
        "eventTypeName": "NO_PRIMARY", "notifications": [{"typeName": "EMAIL", "delayMin": 0}]});
    let mut new = old.clone();
    new["enabled"] = json!(false);

    let comparison = compare_for(replacing.id, &old, &new).unwrap();

    assert_eq!(comparison.differences.len(), 1);
    let expected = json!({"enabled": false, "eventTypeName": "NO_PRIMARY",
        "notifications": [{"typeName": "EMAIL", "delayMin": 0}]});
    assert_eq!(comparison.body, expected);
}

#[test]
fn differences_print_old_and_new_values() {
    let old = json!({"backupEnabled": false, "tags": [], "rootCertType": "A", "biConnector": {"enabled": true}});
    let new = json!({"backupEnabled": true, "tags": [{"key": "env", "value": "dev"}],
        "pitEnabled": true, "biConnector": {"enabled": false}});

    let differences = compare_for("updateGroupCluster", &old, &new)
        .unwrap()
        .differences;

    let lines: Vec<_> = differences.iter().map(ToString::to_string).collect();
    let expected = [
        "- rootCertType: \"A\"",
        "~ backupEnabled: false -> true",
        "~ biConnector.enabled: true -> false",
        "+ pitEnabled: true",
        "~ tags: [] -> [{\"key\":\"env\",\"value\":\"dev\"}]",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn differences_print_no_secrets() {
    let old = json!({"description": "a"});
    let new =
        json!({"description": "a", "password": "hunter2", "nested": {"clientSecret": "hunter2"}});

    let differences = compare_for("updateGroupCluster", &old, &new)
        .unwrap()
        .differences;

    assert_eq!(differences.len(), 2);
    for difference in differences {
        assert!(!difference.to_string().contains("hunter2"), "{difference}");
    }
}
