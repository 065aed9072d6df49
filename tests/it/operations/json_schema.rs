//! The JSON Schema of the types accepts responses.

use mongodbatlas::{Project, ProjectId, api::types};
use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::support::Local;

/// Validates the document against the schema of the type.
fn errors<T: JsonSchema>(document: &Value) -> Vec<String> {
    let schema = schemars::schema_for!(T).to_value();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn schema_accepts_unknown_fields_and_enum_values() {
    let cluster = json!({
        "name": "Cluster0", "paused": false, "stateName": "UNKNOWN_STATE", "new": {"field": 1},
        "replicationSpecs": [{"regionConfigs": [{
            "priority": 7, "electableSpecs": {"instanceSize": "M9000", "nodeCount": 3}}]}]});

    assert_eq!(
        errors::<types::ClusterDescription>(&cluster),
        Vec::<String>::new()
    );
}

#[test]
fn schema_error_contains_the_path_of_the_field() {
    let errors = errors::<types::ClusterDescription>(&json!({"paused": "yes"}));

    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("/paused"), "{errors:?}");
}

#[test]
fn schema_of_a_secret_is_a_string() {
    let schema = schemars::schema_for!(types::ApiKeyUserDetails).to_value();
    let key = &schema["properties"]["privateKey"];

    let target = key["anyOf"][0]["$ref"].as_str().unwrap();
    let target = schema.pointer(target.trim_start_matches('#')).unwrap();
    assert_eq!(target["type"], "string");
}

#[tokio::test]
async fn schema_of_a_resource_accepts_its_serialization() {
    let local = Local::demo();

    let project = local.atlas.projects().try_next().await.unwrap().unwrap();

    let serialized = serde_json::to_value(&project).unwrap();
    assert_eq!(serialized, project.document().to_value());
    assert_eq!(errors::<Project>(&serialized), Vec::<String>::new());
    assert_eq!(errors::<ProjectId>(&serialized["id"]), Vec::<String>::new());
    assert_eq!(errors::<ProjectId>(&json!("Storefront")).len(), 1);
}
