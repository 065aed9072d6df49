//! What a simulator starts with, so that it is like what a recording shows.

use serde_json::{Value, json};

use super::PROJECT;

/// A project with the cluster the recording is about, of the kind it was.
pub(super) fn seed(recording: &Value, template: &str, names: &[(String, String)]) -> Value {
    let body = &recording["body"];
    let code = body["errorCode"].as_str().unwrap_or_default();
    let cluster = names
        .iter()
        .find(|(name, _)| name == "clusterName" || name == "name");
    let mut project = json!({ "name": PROJECT, "clusters": [], "flexClusters": [] });
    if let Some((_, name)) = cluster.filter(|_| code != "CLUSTER_NOT_FOUND") {
        let is_flex = template.contains("/flexClusters/") != code.starts_with("CANNOT_USE");
        if is_created(recording) && template.ends_with("/clusters/{clusterName}") {
            // It is created the way the recorded one was.
        } else if is_flex {
            project["flexClusters"] = json!([name]);
        } else {
            project["clusters"] = json!([planned(recording, name)]);
        }
    }
    // Metrics are those of processes, and processes and sample data those of clusters.
    let mut results = body["results"].as_array().into_iter().flatten();
    let is_of_process = names
        .iter()
        .any(|(name, _)| ["processId", "hostName", "sampleDatasetId"].contains(&name.as_str()));
    if is_of_process
        || results.any(|shown| shown["metricName"].is_string() || shown["clusterId"].is_string())
    {
        project["clusters"] = json!([planned(recording, "measured")]);
    }
    if template.ends_with("/events") {
        project["clusters"] = json!([planned(recording, "stirred")]);
    }
    json!({ "organization": "Recorded Organization", "projects": [project] })
}

fn planned(recording: &Value, name: &str) -> Value {
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

/// Whether the recording shows a cluster that can be created from what it shows.
pub(super) fn is_created(recording: &Value) -> bool {
    recording["body"]["replicationSpecs"].is_array()
}
