//! The types' own JSON Schema, held against what a server sends.

use mongodbatlas::{Project, ProjectId, api::types};
use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::support::Local;

/// What the schema of the type says against the document.
fn errors<T: JsonSchema>(document: &Value) -> Vec<String> {
    let schema = schemars::schema_for!(T).to_value();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn a_cluster_with_news_in_it_is_valid() {
    let cluster = json!({
        "name": "Cluster0", "paused": false, "stateName": "IN_A_STATE_OF_TOMORROW", "new": {"field": 1},
        "replicationSpecs": [{"regionConfigs": [{
            "priority": 7, "electableSpecs": {"instanceSize": "M9000", "nodeCount": 3}}]}]});

    assert_eq!(
        errors::<types::ClusterDescription>(&cluster),
        Vec::<String>::new()
    );
}

#[test]
fn a_field_of_another_type_is_named() {
    let found = errors::<types::ClusterDescription>(&json!({"paused": "yes"}));

    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("/paused"), "{found:?}");
}

#[test]
fn secrets_are_described_as_text() {
    let schema = schemars::schema_for!(types::ApiKeyUserDetails).to_value();
    let key = &schema["properties"]["privateKey"];

    let target = key["anyOf"][0]["$ref"].as_str().unwrap();
    let target = schema.pointer(target.trim_start_matches('#')).unwrap();
    assert_eq!(target["type"], "string");
}

#[tokio::test]
async fn a_view_is_described_as_what_it_is_written_as() {
    let local = Local::demo();

    let project = local.atlas.projects().try_next().await.unwrap().unwrap();

    let written = serde_json::to_value(&project).unwrap();
    assert_eq!(written, project.document().to_value());
    assert_eq!(errors::<Project>(&written), Vec::<String>::new());
    assert_eq!(errors::<ProjectId>(&written["id"]), Vec::<String>::new());
    assert_eq!(errors::<ProjectId>(&json!("Storefront")).len(), 1);
}
