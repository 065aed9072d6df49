//! Edits of made-up documents, against the fields of real operations.

use serde_json::json;

use super::*;
use crate::operations::Operation;

fn compared(operation: &str, old: &Value, new: &Value) -> Result<Comparison> {
    let fields = Fields::of(Operation::by_id(operation).unwrap());
    compare(old.as_object().unwrap(), new.as_object().unwrap(), &fields)
}

/// What is sent when a cluster's document becomes another.
fn sent(old: &Value, new: &Value) -> Result<Value> {
    compared("updateGroupCluster", old, new).map(|it| it.body)
}

#[test]
fn only_what_changed_is_sent_down_to_the_field() {
    let old = json!({
        "name": "demo", "backupEnabled": false, "diskSizeGB": 10.0,
        "biConnector": {"enabled": false, "readPreference": "secondary"}});
    let mut new = old.clone();
    new["backupEnabled"] = json!(true);
    new["biConnector"]["enabled"] = json!(true);

    let body = sent(&old, &new).unwrap();

    assert_eq!(
        body,
        json!({"backupEnabled": true, "biConnector": {"enabled": true}})
    );
}

#[test]
fn a_document_that_went_through_a_struct_has_not_changed() {
    let old =
        json!({"diskSizeGB": 10.0, "labels": null, "mongoDBVersion": "8.0.4", "stateName": "IDLE"});
    let new = json!({"diskSizeGB": 10, "pitEnabled": null});

    let comparison = compared("updateGroupCluster", &old, &new).unwrap();

    assert_eq!(comparison.body, json!({}));
    assert_eq!(comparison.differences, []);
}

#[test]
fn a_list_is_sent_whole_without_what_only_atlas_sets() {
    let item = |size: &str| {
        json!([{"id": "5f0", "zoneId": "5f1", "zoneName": "Zone 1", "newField": {"a": 1},
            "regionConfigs": [{"electableSpecs": {"instanceSize": size, "nodeCount": 3},
                "effectiveElectableSpecs": {"instanceSize": "M10"}, "priority": 7}]}])
    };
    let (old, new) = (
        json!({"replicationSpecs": item("M10")}),
        json!({"replicationSpecs": item("M20")}),
    );

    let body = sent(&old, &new).unwrap();

    // the id says which shard is meant, and unknown fields are kept
    let expected = json!({"replicationSpecs": [{
        "id": "5f0", "zoneName": "Zone 1", "newField": {"a": 1},
        "regionConfigs": [{"electableSpecs": {"instanceSize": "M20", "nodeCount": 3}, "priority": 7}]}]});
    assert_eq!(body, expected);
}

#[test]
fn a_known_field_that_goes_is_cleared() {
    let old = json!({"tags": [{"key": "a", "value": "b"}], "biConnector": {"enabled": true}, "links": []});
    let new = json!({"biConnector": {}});

    assert_eq!(
        sent(&old, &new).unwrap(),
        json!({"tags": null, "biConnector": {"enabled": null}})
    );
}

#[test]
fn an_unknown_field_may_change_but_not_go() {
    let old = json!({"brandNew": {"depth": 1}, "biConnector": {"alsoNew": 1, "enabled": true}});
    let mut changed = old.clone();
    changed["brandNew"]["depth"] = json!(2);
    let dropped = [
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
        sent(&old, &changed).unwrap(),
        json!({"brandNew": {"depth": 2}})
    );
    for (new, path) in dropped {
        let error = sent(&old, &new).unwrap_err();
        assert!(error.is_invalid_input() && error.hint().is_some());
        let expected = format!("the edit drops `{path}`, which this version does not know");
        assert_eq!(error.to_string(), expected);
    }
    let mut cleared = old.clone();
    cleared["brandNew"] = Value::Null;
    assert_eq!(sent(&old, &cleared).unwrap(), json!({"brandNew": null}));
}

#[test]
fn an_unknown_field_may_not_go_inside_a_list_either() {
    let old = json!({"replicationSpecs": [
        {"id": "a", "zoneName": "1"}, {"id": "b", "zoneName": "2", "brandNew": true}]});
    let reordered = json!({"replicationSpecs": [
        {"id": "b", "zoneName": "2", "brandNew": true}, {"id": "a", "zoneName": "1"}]});
    let removed = json!({"replicationSpecs": [{"id": "a", "zoneName": "1"}]});
    let dropped = json!({"replicationSpecs": [{"id": "b", "zoneName": "2"}]});

    assert_eq!(sent(&old, &reordered).unwrap(), reordered);
    assert_eq!(sent(&old, &removed).unwrap(), removed);
    let error = sent(&old, &dropped).unwrap_err();
    assert!(
        error.to_string().contains("`replicationSpecs.*.brandNew`"),
        "{error}"
    );
}

#[test]
fn what_only_atlas_sets_cannot_be_changed() {
    let old = json!({"stateName": "IDLE", "connectionStrings": {"standard": "a"}});
    let mut renamed = old.clone();
    renamed["stateName"] = json!("UPDATING");
    let mut nested = old.clone();
    nested["connectionStrings"]["standard"] = json!("b");

    for (new, path) in [(renamed, "stateName"), (nested, "connectionStrings")] {
        let error = sent(&old, &new).unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains(&format!("`{path}`")),
            "{error}"
        );
    }
}

#[test]
fn what_an_operation_does_not_take_cannot_be_changed_by_it() {
    let old = json!({"name": "demo", "clusterCount": 3});
    let new = json!({"name": "other", "clusterCount": 4});

    let error = compared("updateGroup", &old, &new).unwrap_err();

    let expected = "`clusterCount` cannot be changed by `updateGroup`: only Atlas sets it";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_operation_that_replaces_gets_the_whole_document() {
    let replacing = Operation::by_id("updateGroupAlertConfig").unwrap();
    assert_eq!(replacing.method, "PUT");
    let old = json!({"id": "5f0", "groupId": "5f1", "created": "2026-01-01T00:00:00Z", "enabled": true,
        "eventTypeName": "NO_PRIMARY", "notifications": [{"typeName": "EMAIL", "delayMin": 0}]});
    let mut new = old.clone();
    new["enabled"] = json!(false);

    let comparison = compared(replacing.id, &old, &new).unwrap();

    assert_eq!(comparison.differences.len(), 1);
    let expected = json!({"enabled": false, "eventTypeName": "NO_PRIMARY",
        "notifications": [{"typeName": "EMAIL", "delayMin": 0}]});
    assert_eq!(comparison.body, expected);
}

#[test]
fn differences_say_what_becomes_of_what() {
    let old = json!({"backupEnabled": false, "tags": [], "rootCertType": "A", "biConnector": {"enabled": true}});
    let new = json!({"backupEnabled": true, "tags": [{"key": "env", "value": "dev"}],
        "pitEnabled": true, "biConnector": {"enabled": false}});

    let found = compared("updateGroupCluster", &old, &new)
        .unwrap()
        .differences;

    let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
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
fn secrets_are_not_shown() {
    let old = json!({"description": "a"});
    let new =
        json!({"description": "a", "password": "hunter2", "nested": {"clientSecret": "hunter2"}});

    let found = compared("updateGroupCluster", &old, &new)
        .unwrap()
        .differences;

    assert_eq!(found.len(), 2);
    for difference in found {
        assert!(!difference.to_string().contains("hunter2"), "{difference}");
    }
}
