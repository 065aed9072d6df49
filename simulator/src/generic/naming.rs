//! What the parameters of a path are called in documents and in refusals.

use crate::call::Call;

/// The fields of a document that hold the value of a path parameter.
pub(crate) fn fields(parameter: &str) -> Vec<&str> {
    match parameter {
        "entryValue" | "ipAddress" => vec!["cidrBlock", "ipAddress", "awsSecurityGroup"],
        "cloudProvider" => vec!["providerName", "cloudProvider"],
        "integrationType" => vec!["type"],
        "databaseName" => vec!["databaseName", "database"],
        "indexId" => vec!["indexID"],
        "indexName" | "connectionName" | "processorName" | "tenantName" | "limitName"
        | "teamName" | "clusterName" => vec!["name"],
        "endpointServiceId" => vec!["id", "endpointServiceName"],
        "endpointId" => vec![
            "id",
            "endpointId",
            "interfaceEndpointId",
            "privateEndpointResourceId",
            "endpointGroupName",
        ],
        "userName" => vec!["username"],
        "clientId" => vec!["clientId"],
        "partitionName" => vec!["partitionName"],
        name => vec![name, "id", "_id"],
    }
}

/// The word for a thing in an error's code: `SNAPSHOT` for `snapshotId`.
pub(crate) fn thing(parameter: &str, collection: &str) -> String {
    if parameter == "clientId" {
        return "SERVICE_ACCOUNT".to_owned();
    }
    if parameter == "containerId" {
        return "CLOUD_PROVIDER_CONTAINER".to_owned();
    }
    let bare = parameter
        .trim_end_matches("Id")
        .trim_end_matches("Name")
        .trim_end_matches("Value");
    let bare = if bare.is_empty() || bare == "id" || bare == "name" {
        let last = collection.rsplit('/').find(|it| !it.starts_with('{'));
        singular(last.unwrap_or("resource"))
    } else {
        bare
    };
    let mut word = String::new();
    for character in bare.chars() {
        if character.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(character.to_ascii_uppercase());
    }
    word
}

fn singular(word: &str) -> &str {
    let plural = ["xes", "s"].into_iter().find(|end| word.ends_with(end));
    match plural {
        Some("xes") => word.strip_suffix("es").unwrap_or(word),
        Some(end) if !word.ends_with("ss") => word.strip_suffix(end).unwrap_or(word),
        _ => word,
    }
}

/// A path template with the values of a request in it.
pub(crate) fn concrete(call: &Call, template: &str) -> String {
    let mut path = template.to_owned();
    for (name, value) in &call.parameters {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    // An alias may name a parameter the path does not have; a body says it.
    if path.contains("{cloudProvider}") {
        let body = call.object().unwrap_or_default();
        let provider = body.get("providerName").and_then(|it| it.as_str());
        path = path.replace("{cloudProvider}", provider.unwrap_or("AWS"));
    }
    path
}
