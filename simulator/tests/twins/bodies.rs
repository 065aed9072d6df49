//! What was sent, as far as what came back tells.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Twin;
use super::document::{known, request_schema, resolved};

/// What a body has to have although no answer shows it.
const UNSEEN: [(&str, &str); 7] = [
    ("testS3Bucket", "a-bucket"),
    ("password", "secret-enough"),
    ("bindPassword", "secret-enough"),
    ("username", "somebody"),
    ("databaseName", "admin"),
    ("desc", "a key"),
    ("name", "something"),
];

/// What creates the things that some recordings remove or refer to without showing them.
pub(super) const SMALLEST: [(&str, &str); 16] = [
    (
        "createGroupDatabaseUser",
        r#"{"databaseName":"admin","username":"USED","password":"secret-enough","roles":[{"databaseName":"admin","roleName":"read"}]}"#,
    ),
    ("createGroupAccessListEntry", r#"[{"ipAddress":"USED"}]"#),
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
        r#"{"roleName":"USED","actions":[]}"#,
    ),
    ("createGroupDataFederation", r#"{"name":"USED"}"#),
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

impl Twin<'_> {
    /// What was sent, as far as what came back tells.
    pub(super) fn body(&self, method: &Method, operation: &str) -> Option<Value> {
        self.body_of(method, operation, &self.recording["body"])
    }

    /// The body behind something that is shown.
    pub(super) fn body_of(&self, method: &Method, operation: &str, shown: &Value) -> Option<Value> {
        if matches!(*method, Method::GET | Method::DELETE) {
            return None;
        }
        if shown["errorCode"] == "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD" {
            return Some(json!({ "collName": "another" }));
        }
        let schema = request_schema(operation)?;
        let shown = shown.get("results").unwrap_or(shown);
        let kind = self.path.rsplit('/').next().unwrap_or_default();
        let of_kind = shown
            .as_array()
            .and_then(|all| all.iter().find(|it| it["type"] == kind));
        let shown = of_kind.unwrap_or(shown);
        let mut body = sent(&schema, shown);
        let smallest = SMALLEST.iter().find(|(id, _)| *id == operation);
        if let Some((_, smallest)) = smallest.filter(|_| body == json!({}) || shown.is_null()) {
            body = serde_json::from_str(smallest).unwrap();
        }
        if body.get("orgId").is_some() {
            body["orgId"] = json!(self.atlas.simulator.organization_id());
        }
        if operation.contains("GroupClusterSearchIndex") && shown["latestDefinition"].is_object() {
            body["definition"] = shown["latestDefinition"].clone();
        }
        let is_pause = operation == "updateGroupCluster" && shown["paused"] == true;
        Some(match operation {
            _ if is_pause => json!({ "paused": true }),
            "createGroupCluster" | "updateGroupCluster" => self.cluster(body),
            _ => body,
        })
    }

    /// The body of a cluster keeps what older versions had and the document no longer knows.
    fn cluster(&self, mut body: Value) -> Value {
        let shown = &self.recording["body"];
        for name in [
            "diskSizeGB",
            "providerSettings",
            "replicationSpecs",
            "tags",
            "labels",
        ] {
            if let Some(value) = shown.get(name) {
                body[name] = value.clone();
            }
        }
        body.as_object_mut().unwrap().remove("paused");
        body
    }
}

/// The part of an answer that a client may have sent, with what no answer shows.
fn sent(schema: &Value, shown: &Value) -> Value {
    let schema = resolved(schema);
    if schema["type"] == "array" {
        let items: Vec<Value> = match shown {
            Value::Array(items) => items
                .iter()
                .map(|item| sent(&schema["items"], item))
                .collect(),
            other => vec![sent(&schema["items"], other)],
        };
        return json!(items);
    }
    let shown = if shown.is_array() {
        shown.get(0).unwrap_or(&Value::Null)
    } else {
        shown
    };
    let properties = known(schema, shown, 0);
    if properties.is_empty() {
        return shown.clone();
    }
    let mut body = Map::new();
    for (name, property) in &properties {
        let property = resolved(property);
        let value = shown.get(name).filter(|value| !value.is_null());
        if let Some(value) = value.filter(|_| property["readOnly"] != true) {
            let is_deep = value.is_object() || value.is_array() && property["type"] == "array";
            let value = if is_deep {
                sent(property, value)
            } else {
                value.clone()
            };
            let wants_text = property["items"]["type"] == "string";
            body.insert(name.clone(), if wants_text { words(&value) } else { value });
        }
    }
    for (name, value) in UNSEEN {
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|it| it.contains(&json!(name)));
        if is_required && properties.contains_key(name) && !body.contains_key(name) {
            body.insert(name.to_owned(), json!(value));
        }
    }
    Value::Object(body)
}

/// Roles are words in requests and objects in answers.
fn words(list: &Value) -> Value {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| item.get("roleName").unwrap_or(item).clone())
        .collect()
}
