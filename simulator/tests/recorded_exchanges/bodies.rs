//! Reconstructs request bodies from recorded responses.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Replay;
use super::document::{properties_of, request_schema, resolve};

/// Required fields that no response contains.
const WRITE_ONLY: [(&str, &str); 7] = [
    ("testS3Bucket", "a-bucket"),
    ("password", "secret-enough"),
    ("bindPassword", "secret-enough"),
    ("username", "app"),
    ("databaseName", "admin"),
    ("desc", "a key"),
    ("name", "resource"),
];

/// Bodies that create resources which a recording needs but does not contain. A test replaces `NAME`.
pub(super) const MINIMAL_BODIES: [(&str, &str); 18] = [
    ("createGroupStreamWorkspace", r#"{"name":"NAME"}"#),
    (
        "createGroupStreamConnection",
        r#"{"name":"NAME","type":"Sample"}"#,
    ),
    (
        "createGroupDatabaseUser",
        r#"{"databaseName":"admin","username":"NAME","password":"secret-enough","roles":[{"databaseName":"admin","roleName":"read"}]}"#,
    ),
    ("createGroupAccessListEntry", r#"[{"ipAddress":"NAME"}]"#),
    (
        "createOrgApiKey",
        r#"{"desc":"a key","roles":["ORG_READ_ONLY"]}"#,
    ),
    (
        "createOrgApiKeyAccessListEntry",
        r#"[{"ipAddress":"203.0.113.7"}]"#,
    ),
    (
        "createOrgTeam",
        r#"{"name":"a team","usernames":["simulator@example.com"]}"#,
    ),
    (
        "createGroupCustomDbRoleRole",
        r#"{"roleName":"NAME","actions":[]}"#,
    ),
    ("createGroupDataFederation", r#"{"name":"NAME"}"#),
    (
        "createGroupContainer",
        r#"{"providerName":"AWS","atlasCidrBlock":"10.8.0.0/21","regionName":"US_EAST_1"}"#,
    ),
    (
        "createGroupPrivateEndpointEndpointService",
        r#"{"providerName":"AWS","region":"EU_WEST_1"}"#,
    ),
    (
        "createGroupClusterOnlineArchive",
        r#"{"collName":"a","dbName":"a","criteria":{"type":"DATE","dateField":"a","expireAfterDays":3},"partitionFields":[{"fieldName":"a","order":0}]}"#,
    ),
    (
        "createGroupClusterSearchIndex",
        r#"{"collectionName":"a","database":"a","name":"a","type":"search","definition":{"mappings":{"dynamic":true}}}"#,
    ),
    (
        "createGroupClusterFtsIndex",
        r#"{"collectionName":"movies","database":"a","name":"a"}"#,
    ),
    (
        "createGroupClusterIndexRollingIndex",
        r#"{"db":"a","collection":"a","keys":[{"a":"1"}]}"#,
    ),
    (
        "takeGroupClusterBackupSnapshots",
        r#"{"description":"a","retentionInDays":1}"#,
    ),
    (
        "createGroupClusterSearchDeployment",
        r#"{"specs":[{"instanceSize":"S20_HIGHCPU_NVME","nodeCount":2}]}"#,
    ),
    (
        "createGroupStreamPrivateLinkConnection",
        r#"{"provider":"AZURE","vendor":"GENERIC"}"#,
    ),
];

impl Replay<'_> {
    /// Returns the body of the recorded request.
    pub(super) fn body(&self, method: &Method, operation: &str) -> Option<Value> {
        self.body_of(method, operation, &self.recording["body"])
    }

    /// Returns the body that creates a resource equal to `recorded`, or changes a resource to
    /// `recorded`.
    pub(super) fn body_of(
        &self,
        method: &Method,
        operation: &str,
        recorded: &Value,
    ) -> Option<Value> {
        if matches!(*method, Method::GET | Method::DELETE) {
            return None;
        }
        if recorded["errorCode"] == "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD" {
            return Some(json!({ "collName": "another" }));
        }
        let schema = request_schema(operation)?;
        let recorded = recorded.get("results").unwrap_or(recorded);
        let kind = self.path.rsplit('/').next().unwrap_or_default();
        let same_kind = recorded
            .as_array()
            .and_then(|items| items.iter().find(|item| item["type"] == kind));
        let recorded = same_kind.unwrap_or(recorded);
        let mut body = writable_part(&schema, recorded);
        let minimal = MINIMAL_BODIES.iter().find(|(id, _)| *id == operation);
        if let Some((_, minimal)) = minimal.filter(|_| body == json!({}) || recorded.is_null()) {
            body = serde_json::from_str(minimal).unwrap();
        }
        if body.get("orgId").is_some() {
            body["orgId"] = json!(self.atlas.simulator.organization_id());
        }
        if operation.contains("GroupClusterSearchIndex") && recorded["latestDefinition"].is_object()
        {
            body["definition"] = recorded["latestDefinition"].clone();
        }
        let is_pause = operation == "updateGroupCluster" && recorded["paused"] == true;
        Some(match operation {
            _ if is_pause => json!({ "paused": true }),
            "createGroupCluster" | "updateGroupCluster" => self.cluster_body(body),
            _ => body,
        })
    }

    /// Adds the cluster fields of older API versions, which the OpenAPI document lacks.
    fn cluster_body(&self, mut body: Value) -> Value {
        let recorded = &self.recording["body"];
        for name in [
            "diskSizeGB",
            "providerSettings",
            "replicationSpecs",
            "tags",
            "labels",
        ] {
            if let Some(value) = recorded.get(name) {
                body[name] = value.clone();
            }
        }
        body.as_object_mut().unwrap().remove("paused");
        body
    }
}

/// Returns the writable part of a response, with the required write-only fields.
fn writable_part(schema: &Value, recorded: &Value) -> Value {
    let schema = resolve(schema);
    if schema["type"] == "array" {
        let items: Vec<Value> = match recorded {
            Value::Array(items) => items
                .iter()
                .map(|item| writable_part(&schema["items"], item))
                .collect(),
            other => vec![writable_part(&schema["items"], other)],
        };
        return json!(items);
    }
    let recorded = if recorded.is_array() {
        recorded.get(0).unwrap_or(&Value::Null)
    } else {
        recorded
    };
    let properties = properties_of(schema, recorded, 0);
    if properties.is_empty() {
        return recorded.clone();
    }
    let mut body = Map::new();
    for (name, property) in &properties {
        let property = resolve(property);
        let value = recorded.get(name).filter(|value| !value.is_null());
        if let Some(value) = value.filter(|_| property["readOnly"] != true) {
            let is_nested = value.is_object() || value.is_array() && property["type"] == "array";
            let value = if is_nested {
                writable_part(property, value)
            } else {
                value.clone()
            };
            let has_text_items = property["items"]["type"] == "string";
            body.insert(
                name.clone(),
                if has_text_items {
                    role_names(&value)
                } else {
                    value
                },
            );
        }
    }
    for (name, value) in WRITE_ONLY {
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|required| required.contains(&json!(name)));
        if is_required && properties.contains_key(name) && !body.contains_key(name) {
            body.insert(name.to_owned(), json!(value));
        }
    }
    Value::Object(body)
}

/// Returns the role names of a list. Its items are objects in responses and strings in requests.
fn role_names(list: &Value) -> Value {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| item.get("roleName").unwrap_or(item).clone())
        .collect()
}
