//! Bringing a simulator into the situation of a recording, and asking it the same.

use std::sync::LazyLock;
use std::time::Duration;

use atlas_simulator::{Options, Seed};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{Answer, Atlas};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/atlas-admin-v2.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

const PROJECT: &str = "Recorded";

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
const SMALLEST: [(&str, &str); 15] = [
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

/// A simulator in the situation of a recording.
pub(crate) struct Twin<'a> {
    recording: &'a Value,
    atlas: Atlas,
    /// The recorded path with the ids of the simulator.
    path: String,
}

impl<'a> Twin<'a> {
    pub(crate) async fn of(recording: &'a Value) -> Self {
        let template = template(recording);
        let recorded = recording["path"].as_str().unwrap_or_default();
        let names = parameters(&template, recorded);
        let seed = seed(recording, &template, &names);
        let seed = Seed::from_json(seed.to_string().as_bytes()).unwrap();
        let options = Options::new().with_seed(seed).with_rate_limits(false);
        let mut twin = Self {
            recording,
            atlas: Atlas::with(options).await,
            path: String::new(),
        };
        twin.path = twin.situate(&template, &names).await;
        twin
    }

    /// Sends the recorded request.
    pub(crate) async fn ask(&self) -> Answer {
        let method: Method = self.recording["method"].as_str().unwrap().parse().unwrap();
        let body = self.body(
            &method,
            self.recording["operationId"].as_str().unwrap_or_default(),
        );
        let body = body.map(|body| body.to_string());
        if self.recording["status"] == 401 {
            return self
                .atlas
                .send(method, &self.path, &self.accept(), body, None)
                .await
                .unwrap();
        }
        self.atlas
            .call(method, &self.path, &self.accept(), body)
            .await
    }

    /// The media type of the recorded answer, which names the version that was asked for.
    fn accept(&self) -> String {
        let recorded = self.recording["content_type"].as_str().unwrap_or_default();
        let media_type = recorded.split(';').next().unwrap_or_default();
        if media_type.starts_with("application/vnd.atlas.") {
            media_type.to_owned()
        } else {
            "application/vnd.atlas.2025-03-12+json".to_owned()
        }
    }

    /// Puts there what the request is about, and returns the path to ask for.
    async fn situate(&self, template: &str, names: &[(String, String)]) -> String {
        let mut path = template.to_owned();
        for (name, value) in names {
            let before = path
                .split(&format!("/{{{name}}}"))
                .next()
                .unwrap_or_default()
                .to_owned();
            let value = match name.as_str() {
                "groupId" if self.recording["body"]["errorCode"] != "GROUP_NOT_FOUND" => {
                    self.atlas.project(PROJECT)
                }
                "orgId" => self.atlas.simulator.organization_id(),
                "clusterName" | "hostName" | "hostname" | "name" | "databaseName"
                | "cloudProvider" | "limitName" | "integrationType" => value.clone(),
                "userName" => "simulator@example.com".to_owned(),
                "userId" => self.owner().await,
                "teamId" => self.create(&self.teams(), value).await,
                "username" if path.contains("/databaseUsers/") => {
                    let users = before.split("/admin").next().unwrap_or_default().to_owned();
                    self.create(&users, value).await;
                    value.clone()
                }
                _ => self.create(&before, value).await,
            };
            path = path.replace(&format!("{{{name}}}"), &value.replace('/', "%2F"));
        }
        self.bring_about(template, &path).await;
        if is_over(&self.recording["body"]) {
            self.atlas.simulator.advance(Duration::from_mins(10));
        }
        if template.ends_with("/dataFederation/{tenantName}") && self.recording["method"] == "PATCH"
        {
            path.push_str("?skipRoleValidation=true");
        }
        if template.ends_with("/{teamId}") && template.contains("/groups/") {
            let team = path.rsplit('/').next().unwrap_or_default();
            let lent = json!([{ "teamId": team, "roleNames": ["GROUP_READ_ONLY"] }]);
            let teams = path.trim_end_matches(team).trim_end_matches('/').to_owned();
            self.atlas.post(&teams, lent).await;
        }
        if self.recording["body"]["results"]
            .as_array()
            .is_some_and(|it| !it.is_empty())
        {
            self.create(&path, "").await;
            if is_over(&self.recording["body"]["results"][0]) {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
        }
        path
    }

    fn teams(&self) -> String {
        format!(
            "/api/atlas/v2/orgs/{}/teams",
            self.atlas.simulator.organization_id()
        )
    }

    async fn owner(&self) -> String {
        let user = self
            .atlas
            .get("/api/atlas/v2/users/byName/simulator@example.com")
            .await;
        user.field("/id").as_str().unwrap().to_owned()
    }

    /// Makes a cluster or a deployment what the recording shows.
    async fn bring_about(&self, template: &str, path: &str) {
        let shown = &self.recording["body"];
        let is_cluster = template.ends_with("/clusters/{clusterName}");
        if template.ends_with("/groups/{groupId}") && shown.get("tags").is_some() {
            self.atlas
                .patch(path, json!({ "tags": shown["tags"] }))
                .await;
        }
        let is_deployment = template.ends_with("/search/deployment");
        if is_cluster && is_created(self.recording) {
            let clusters = path.rsplit_once('/').unwrap().0;
            let body = self.body(&Method::POST, "createGroupCluster").unwrap();
            let mut body = body;
            body.as_object_mut().unwrap().remove("paused");
            let text = Some(body.to_string());
            self.atlas
                .call(Method::POST, clusters, &self.accept(), text)
                .await;
            if shown["stateName"] != "CREATING" {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
            if shown["paused"] == true && self.recording["method"] == "GET" {
                self.atlas.patch(path, json!({ "paused": true })).await;
            }
            if shown["stateName"] == "DELETING" {
                self.atlas.delete(path).await;
            }
        }
        if is_deployment && self.recording["method"] != "POST" {
            self.create(path, "").await;
        }
    }

    /// Creates something in a collection; its id, or the recorded one where nothing can be created.
    async fn create(&self, collection: &str, recorded: &str) -> String {
        let found = DOCUMENT["paths"]
            .as_object()
            .unwrap()
            .iter()
            .find(|(path, item)| item.get("post").is_some() && matches(path, collection));
        let Some((_, item)) = found else {
            return recorded.to_owned();
        };
        let id = item["post"]["operationId"].as_str().unwrap();
        let smallest = SMALLEST.iter().find(|(operation, _)| *operation == id);
        let used = recorded.split('/').next().filter(|it| !it.is_empty());
        let used = used.unwrap_or("203.0.113.7");
        let smallest = smallest.map(|(_, body)| body.replace("USED", used));
        let smallest = smallest.and_then(|body| serde_json::from_str(&body).ok());
        let body = smallest
            .or_else(|| self.body(&Method::POST, id))
            .unwrap_or(Value::Null);
        let answer = self
            .atlas
            .call(
                Method::POST,
                collection,
                "application/vnd.atlas.2025-03-12+json",
                Some(body.to_string()),
            )
            .await;
        if answer.status >= 400 && std::env::var("TWINS_VERBOSE").is_ok() {
            eprintln!("cannot create in {collection}: {}", answer.text);
        }
        let document: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        let document = document
            .get("results")
            .map_or(&document, |results| &results[0]);
        let names = [
            "id",
            "_id",
            "indexID",
            "teamId",
            "requestId",
            "cidrBlock",
            "name",
            "roleName",
            "username",
        ];
        let name = names.iter().find_map(|name| document[*name].as_str());
        name.unwrap_or(recorded).to_owned()
    }

    /// What was sent, as far as what came back tells.
    fn body(&self, method: &Method, operation: &str) -> Option<Value> {
        if matches!(*method, Method::GET | Method::DELETE) {
            return None;
        }
        let schema = request_schema(operation)?;
        let shown = &self.recording["body"];
        let shown = shown.get("results").unwrap_or(shown);
        let mut body = sent(&schema, shown);
        let smallest = SMALLEST.iter().find(|(id, _)| *id == operation);
        if let Some((_, smallest)) = smallest.filter(|_| body == json!({}) || shown.is_null()) {
            body = serde_json::from_str(smallest).unwrap();
        }
        if operation == "createGroupClusterBackupRestoreJob" {
            body.as_object_mut().unwrap().remove("snapshotId");
        }
        if body.get("orgId").is_some() {
            body["orgId"] = json!(self.atlas.simulator.organization_id());
        }
        if operation == "createGroupClusterSearchIndex" && shown["latestDefinition"].is_object() {
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

/// The path template of the recorded operation; the path itself where it is not known.
fn template(recording: &Value) -> String {
    let operation = &recording["operationId"];
    let mut paths = DOCUMENT["paths"].as_object().unwrap().iter();
    let found = paths.find(|(_, item)| {
        item.as_object()
            .unwrap()
            .values()
            .any(|it| it["operationId"] == *operation && operation.is_string())
    });
    found.map_or_else(
        || recording["path"].as_str().unwrap_or_default().to_owned(),
        |(path, _)| path.clone(),
    )
}

/// The names and values of the path parameters.
fn parameters(template: &str, path: &str) -> Vec<(String, String)> {
    let path = path.split('?').next().unwrap_or_default();
    template
        .split('/')
        .zip(path.split('/'))
        .filter_map(|(segment, value)| {
            let (name, suffix) = segment.strip_prefix('{')?.split_once('}')?;
            let value = value.strip_suffix(suffix)?.replace("%2F", "/");
            Some((name.to_owned(), value))
        })
        .collect()
}

fn matches(template: &str, path: &str) -> bool {
    let mut pairs = template.split('/').zip(path.split('/'));
    template.split('/').count() == path.split('/').count()
        && pairs.all(|(segment, value)| segment == value || segment.starts_with('{'))
}

/// A project with the cluster the recording is about, of the kind it was.
fn seed(recording: &Value, template: &str, names: &[(String, String)]) -> Value {
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
    for shown in body["results"].as_array().into_iter().flatten() {
        if recording["operationId"] == "listGroupClusters" {
            let name = shown["name"].as_str().unwrap();
            let one = json!({ "body": shown });
            project["clusters"]
                .as_array_mut()
                .unwrap()
                .push(planned(&one, name));
        }
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
fn is_created(recording: &Value) -> bool {
    recording["body"]["replicationSpecs"].is_array()
}

/// Whether what is shown has come to its end.
fn is_over(shown: &Value) -> bool {
    const OVER: [&str; 8] = [
        "completed",
        "COMPLETED",
        "Successful",
        "IDLE",
        "READY",
        "STEADY",
        "AVAILABLE",
        "SUCCESS",
    ];
    ["status", "state", "stateName"]
        .iter()
        .any(|field| OVER.iter().any(|word| shown[*field] == *word))
        || shown.get("finishedAt").is_some()
}

fn request_schema(operation: &str) -> Option<Value> {
    let paths = DOCUMENT["paths"].as_object()?;
    let mut items = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::values);
    let found = items.find(|it| it["operationId"] == operation)?;
    let content = found["requestBody"]["content"].as_object()?;
    content.values().next()?.get("schema").cloned()
}

fn resolved(schema: &Value) -> &Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolved(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap()),
        None => schema,
    }
}

/// All fields a body may have, whatever form it has.
fn known(schema: &Value, shown: &Value, depth: usize) -> Map<String, Value> {
    let schema = resolved(schema);
    let mut found = Map::new();
    if depth > 6 {
        return found;
    }
    let discriminator = &schema["discriminator"];
    let word = shown[discriminator["propertyName"].as_str().unwrap_or("")]
        .as_str()
        .unwrap_or("");
    if let Some(target) = discriminator["mapping"][word].as_str() {
        found.extend(known(&json!({ "$ref": target }), &Value::Null, depth + 1));
    } else {
        for keyword in ["oneOf", "anyOf"] {
            for form in schema[keyword].as_array().into_iter().flatten() {
                found.extend(known(form, &Value::Null, depth + 1));
            }
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(known(part, &Value::Null, depth + 3));
    }
    found.extend(
        schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
    );
    found
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
