//! Asking every operation once, for something that is there.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::call::{Call, Query, Reply};
use crate::document::{Document, Operation};
use crate::error::ApiError;
use crate::faults::PageFaults;
use crate::resources;
use crate::schema::Schemas;
use crate::seed::Seed;
use crate::state::State;

/// A demo project with clusters of both kinds.
const PROJECT: &str = "Älvsjö: sensors, edge";

/// Asks every operation, what adds first and what removes last.
pub(super) fn ask_all() -> Vec<(&'static Operation, Result<Reply, ApiError>)> {
    let document = Document::vendored().unwrap();
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut state = Seed::demo().grow(now);
    let rank = |operation: &&Operation| match operation.method {
        "POST" if operation.path.contains(':') => 2,
        "POST" => 0,
        "GET" => 1,
        "DELETE" => 4,
        _ => 3,
    };
    let mut operations: Vec<_> = document.operations().iter().collect();
    operations.sort_by_key(|operation| {
        let length = operation.path.len();
        let is_removal = operation.method == "DELETE";
        // What lies deeper is added later and removed earlier.
        (
            rank(operation),
            if is_removal {
                usize::MAX - length
            } else {
                length
            },
        )
    });
    // Removing the organization or the project would leave nothing to ask about.
    operations.sort_by_key(|operation| {
        matches!(
            operation.id.as_str(),
            "deleteGroup" | "deleteOrg" | "deleteGroupCluster"
        )
    });
    operations
        .into_iter()
        .map(|operation| {
            let call = call(&mut state, document, operation, now);
            let served = resources::served(operation);
            resources::settle(&mut state, now);
            (operation, served(&mut state, &call))
        })
        .collect()
}

fn call(
    state: &mut State,
    document: &'static Document,
    operation: &'static Operation,
    now: jiff::Timestamp,
) -> Call {
    let mut path = operation.path.clone();
    let mut parameters = Vec::new();
    for name in operation.path_names() {
        let value = value_of(state, &path, operation, name);
        path = path.replace(&format!("{{{name}}}"), &value);
        parameters.push(value);
    }
    let body = operation
        .request
        .as_ref()
        .map(|schema| sample(document.schemas(), schema, "", 0))
        .map(|body| completed(state, operation, body));
    let queries = operation
        .parameters
        .iter()
        .filter(|it| it.is_query && it.is_required);
    let query = queries.map(|it| {
        let sample = match it.name.as_str() {
            "granularity" => json!("PT1M"),
            name => sample(document.schemas(), &it.schema, name, 0),
        };
        let text = sample
            .as_str()
            .map_or_else(|| sample.to_string(), str::to_owned);
        (
            it.name.clone(),
            text.trim_matches(['[', ']', '"']).to_owned(),
        )
    });
    let mut query: Vec<_> = query.collect();
    if query.iter().any(|(name, _)| name == "granularity") {
        query.push(("period".to_owned(), "P1D".to_owned()));
    }
    Call {
        operation: Some(operation),
        query: Query::new(query),
        path,
        parameters,
        body: body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string())),
        origin: "http://127.0.0.1".to_owned(),
        version: operation.versions.last().unwrap().version.clone(),
        suffix: operation
            .answer
            .suffixes
            .last()
            .cloned()
            .unwrap_or_else(|| "json".to_owned()),
        now,
        caller: crate::roles::Caller::owner("simulate"),
        page_faults: PageFaults::default(),
    }
}

/// A body about what is there, with what the service asks for beside its document.
fn completed(state: &State, operation: &Operation, mut body: Value) -> Value {
    let organization = &state.organization.id;
    match operation.id.as_str() {
        "createGroup" => body["orgId"] = json!(organization),
        "createGroupAccessListEntry"
        | "createOrgApiKeyAccessListEntry"
        | "createOrgServiceAccountAccessList"
        | "createGroupServiceAccountAccessList" => {
            body[0]["ipAddress"] = json!("203.0.113.7");
        }
        "addGroupTeams" => {
            let teams = state.store.list(&format!("/orgs/{organization}/teams"));
            body[0]["teamId"] = json!(teams.last().map(|it| it.key.clone()));
        }
        "addOrgTeamUsers" => body[0]["id"] = json!(crate::state::derived_id("user owner")),
        _ => {}
    }
    body
}

/// A value for a path parameter: something that is there, if anything is.
fn value_of(state: &State, path: &str, operation: &Operation, name: &str) -> String {
    let project = state.project_by_name(PROJECT).unwrap();
    match name {
        "groupId" => return project.id.clone(),
        "orgId" => return state.organization.id.clone(),
        "processId" | "hostName" => {
            let cluster = project.cluster("telemetry").unwrap();
            let (host, port) = resources::clusters::hosts(cluster).remove(0);
            return format!("{host}:{port}");
        }
        "userId" => return crate::state::derived_id("user owner"),
        "userName" => return "simulator@example.com".to_owned(),
        "endpointSetId" => return "flexClusters".to_owned(),
        "groupName" => return PROJECT.to_owned(),
        "clusterName" if path.contains("/clusters/") => return "telemetry".to_owned(),
        "name" if path.contains("flexClusters") => {
            return project
                .flex_clusters
                .last()
                .map_or_else(String::new, |it| it.name.clone());
        }
        _ => {}
    }
    let parameter = operation.parameters.iter().find(|it| it.name == name);
    if let Some(word) = parameter.and_then(|it| it.schema["enum"][0].as_str()) {
        return word.to_owned();
    }
    let kept = match name {
        "apiUserId" | "teamId" => {
            let collection = if name == "teamId" { "teams" } else { "apiKeys" };
            let path = format!("/orgs/{}/{collection}", state.organization.id);
            state.store.list(&path).last().map(|it| it.key.clone())
        }
        "username" => {
            let users = state
                .store
                .list(&format!("/groups/{}/databaseUsers", project.id));
            users.last().map(|it| it.text("username").to_owned())
        }
        _ => None,
    };
    if let Some(kept) = kept.or_else(|| of_account(state, path, name)) {
        return kept;
    }
    let start = path.split('{').next().unwrap_or_default();
    let collection = start
        .trim_start_matches("/api/atlas/v2")
        .trim_end_matches('/');
    let fields = crate::generic::naming::fields(name);
    let record = state.store.list(collection).last();
    let found = record.and_then(|record| {
        let values = fields.iter().map(|field| record.text(field));
        values
            .into_iter()
            .find(|it| !it.is_empty())
            .map(str::to_owned)
            .or(Some(record.key.clone()))
    });
    found.unwrap_or_else(|| "6a6f78e0cab84da5c4476b25".to_owned())
}

/// What names a service account, one of its secrets, or an address it may send from.
fn of_account(state: &State, path: &str, name: &str) -> Option<String> {
    let below = path.strip_prefix("/api/atlas/v2/")?;
    let (scope, rest) = below.split_once("/serviceAccounts/")?;
    let mut accounts = state
        .store
        .list(&format!("/{scope}/serviceAccounts"))
        .iter();
    if name == "clientId" {
        return accounts.next().map(|it| it.text("clientId").to_owned());
    }
    let account = accounts.find(|it| rest.starts_with(it.text("clientId")))?;
    let client = account.text("clientId");
    let list = format!(
        "/orgs/{}/serviceAccounts/{client}/accessList",
        state.organization.id
    );
    let entry = state.store.list(&list).last();
    match name {
        "secretId" => Some(account.document["secrets"][0]["id"].as_str()?.to_owned()),
        "ipAddress" => Some(entry?.text("ipAddress").to_owned()),
        _ => None,
    }
}

/// The smallest body of a schema that is accepted.
pub(super) fn sample(schemas: &Schemas, schema: &Value, name: &str, depth: usize) -> Value {
    let schema = schemas.resolve(schema);
    if schema["type"] == "array" {
        return json!([sample(schemas, &schema["items"], name, depth + 1)]);
    }
    let mut object = Map::new();
    let words = schema["discriminator"]["mapping"].as_object();
    if let (Some(property), Some(word)) = (
        schema["discriminator"]["propertyName"].as_str(),
        words.and_then(|it| it.keys().next()),
    ) {
        object.insert(property.to_owned(), json!(word));
    }
    let fields = schemas.fields(schema, Some(&Value::Object(object.clone())));
    if fields.properties.is_empty()
        && let Some(form) = schemas.form(schema, None)
    {
        return sample(schemas, form, name, depth + 1);
    }
    if fields.properties.is_empty() && schema["type"] != "object" {
        return sample_value(schemas, schema, name);
    }
    for field in &fields.required {
        let Some(property) = fields.properties.get(field) else {
            continue;
        };
        let is_read_only = schemas.resolve(property)["readOnly"] == true;
        if !is_read_only && depth < 8 && !object.contains_key(*field) {
            object.insert(
                (*field).to_owned(),
                sample(schemas, property, field, depth + 1),
            );
        }
    }
    Value::Object(object)
}

fn sample_value(schemas: &Schemas, schema: &Value, name: &str) -> Value {
    let known = crate::schema::Known {
        fields: Map::new(),
        seed: name.to_owned(),
        now: "2026-09-01T08:00:00Z".to_owned(),
    };
    let mut schema = schema.clone();
    schema["writeOnly"] = json!(false);
    let wrapped = json!({ "properties": { "value": schema }, "required": ["value"] });
    crate::schema::fill(schemas, &wrapped, &json!({}), &known)["value"].clone()
}
