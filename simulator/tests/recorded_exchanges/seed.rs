//! The seed of a simulator that reproduces the situation of a recording.

use serde_json::{Value, json};

use super::PROJECT;

/// Returns a seed with one project and the recorded cluster.
pub(super) fn seed_for(recording: &Value, template: &str, names: &[(String, String)]) -> Value {
    let body = &recording["body"];
    let code = body["errorCode"].as_str().unwrap_or_default();
    let cluster = names
        .iter()
        .find(|(name, _)| name == "clusterName" || name == "name");
    let mut project = json!({ "name": PROJECT, "clusters": [], "flexClusters": [] });
    if let Some((_, name)) = cluster.filter(|_| code != "CLUSTER_NOT_FOUND") {
        let is_flex = template.contains("/flexClusters/") != code.starts_with("CANNOT_USE");
        if has_cluster_document(recording) && template.ends_with("/clusters/{clusterName}") {
            // `create_prerequisites` creates the flex cluster from the recorded document.
        } else if is_flex {
            project["flexClusters"] = json!([name]);
        } else {
            project["clusters"] = json!([seed_cluster(recording, name)]);
        }
    }
    // Metrics, processes and sample data need a cluster.
    let mut results = body["results"].as_array().into_iter().flatten();
    let is_of_process = names
        .iter()
        .any(|(name, _)| ["processId", "hostName", "sampleDatasetId"].contains(&name.as_str()));
    if is_of_process
        || results.any(|shown| shown["metricName"].is_string() || shown["clusterId"].is_string())
    {
        project["clusters"] = json!([seed_cluster(recording, "measured")]);
    }
    if template.ends_with("/events") {
        project["clusters"] = json!([seed_cluster(recording, "changed")]);
    }
    json!({ "organization": "Recorded Organization", "projects": [project] })
}

fn seed_cluster(recording: &Value, name: &str) -> Value {
    let body = &recording["body"];
    let region = &body["replicationSpecs"][0]["regionConfigs"][0];
    let protected =
        body["errorCode"] == "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED";
    json!({
        "name": name,
        "instanceSize": region["electableSpecs"]["instanceSize"].as_str().unwrap_or("M10"),
        "provider": region["providerName"].as_str().unwrap_or("AWS"),
        "regions": [region["regionName"].as_str().unwrap_or("US_EAST_1")],
        "paused": body["paused"] == true && recording["method"] != "PATCH",
        "backup": true,
        "terminationProtection": protected,
    })
}

/// Returns `true` if the recording contains a complete cluster, from which one can be created.
pub(super) fn has_cluster_document(recording: &Value) -> bool {
    recording["body"]["replicationSpecs"].is_array()
}
