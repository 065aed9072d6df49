//! Minimal request bodies that the simulator accepts.

use serde_json::{Map, Value, json};

use super::calls::PROJECT;
use crate::schema::Schemas;
use crate::schema::document::Operation;
use crate::state::{State, derived_id};

/// Completes a minimal body with ids of existing resources and with values that only Atlas requires.
pub(super) fn complete(state: &State, operation: &Operation, mut body: Value) -> Value {
    if let Some((field, value)) = constant_field(&operation.id) {
        body[field] = value;
    }
    set_references(state, &operation.id, &mut body);
    let is_in_project = operation.path.contains("/groups/{groupId}/");
    match &mut body {
        Value::Array(bodies) => bodies
            .iter_mut()
            .for_each(|body| set_valid_values(body, is_in_project)),
        body => set_valid_values(body, is_in_project),
    }
    body
}

/// Returns a field that only Atlas requires, with a valid value.
fn constant_field(operation: &str) -> Option<(&'static str, Value)> {
    let zones = json!([{ "location": "US", "zone": "Zone 1" }]);
    let settings = json!({ "backingProviderName": "AWS", "regionName": "US_EAST_1" });
    Some(match operation {
        "createOrgInvite" | "createGroupInvite" | "updateOrgInvites" | "updateGroupInvites" => {
            ("username", json!("guest@example.com"))
        }
        "updateGroupClusterBackupSnapshot" => ("retentionValue", json!(365)),
        "createGroupStreamWorkspace" => ("name", json!("workspace")),
        "withGroupStreamSampleConnections" => ("name", json!("samples")),
        "createOrgResourcePolicy" | "updateOrgResourcePolicy" | "validateOrgResourcePolicies" => {
            let policy = json!({ "body": "forbid (principal, action, resource);" });
            ("policies", json!([policy]))
        }
        "createGroupDatabaseUser" | "updateGroupDatabaseUser" => {
            let role = json!({ "databaseName": "admin", "roleName": "atlasAdmin" });
            ("roles", json!([role]))
        }
        "createGroupStreamConnection" => ("name", json!("connection")),
        "authorizeGroupCloudProviderAccessRole" => {
            let role = json!("arn:aws:iam::123456789012:role/exports");
            ("iamAssumedRoleArn", role)
        }
        "createGroupStreamProcessor" => ("name", json!("copier")),
        "createGroupDataFederation" => ("name", json!("lake")),
        "addGroupUsers" => ("username", json!("colleague@example.com")),
        "createGroupClusterGlobalWriteCustomZoneMapping" => ("customZoneMappings", zones),
        "createUser" => ("username", json!("joiner@example.com")),
        "createGroupMetricIntegration" | "updateGroupMetricIntegration" => {
            ("headers", json!([{ "name": "api-key", "value": "secret" }]))
        }
        "addGroupAccessUser" => ("username", json!("visitor@example.com")),
        "createOrgUser" => ("username", json!("newcomer@example.com")),
        "createGroupClusterFtsIndex" => ("name", json!("legacy")),
        "createGroupFlexCluster" => ("providerSettings", settings),
        "createGroupPrivateEndpointEndpointService" => ("region", json!("US_EAST_1")),
        "createGroupPrivateEndpointEndpointServiceEndpoint" => {
            ("id", json!("vpce-0123456789abcdef0"))
        }
        _ => return None,
    })
}

/// Sets the ids of existing resources, and values that depend on each other.
fn set_references(state: &State, operation: &str, body: &mut Value) {
    let organization = state.oldest_organization();
    match operation {
        "createGroup" => body["orgId"] = json!(organization),
        "createGroupAccessListEntry"
        | "createOrgApiKeyAccessListEntry"
        | "createOrgServiceAccountAccessList"
        | "createGroupServiceAccountAccessList" => {
            body[0]["ipAddress"] = json!("203.0.113.7");
        }
        "addGroupTeams" => {
            let teams = state.store.list(&format!("/orgs/{organization}/teams"));
            body[0]["teamId"] = json!(teams.last().map(|team| team.key.clone()));
        }
        "addOrgTeamUsers" => body[0]["id"] = json!(derived_id("user owner")),
        "addOrgTeamUser" | "removeOrgTeamUser" => body["id"] = json!(newest_user(state)),
        "createGroupLiveMigration" => {
            body["destination"]["clusterName"] = json!("telemetry");
        }
        "createGroupLogIntegration" | "updateGroupLogIntegration" => {
            for field in ["iamRoleId", "roleId"] {
                if body[field].is_string() {
                    body[field] = json!(authorized_role(state));
                }
            }
        }
        "createGroupPushBasedLogExport"
        | "updateGroupPushBasedLogExport"
        | "createGroupBackupExportBucket" => body["iamRoleId"] = json!(authorized_role(state)),
        "migrateGroup" => body["destinationOrgId"] = json!(organization),
        "createGroupPeer" | "updateGroupPeer" => {
            let containers = format!("/groups/{}/containers", project(state));
            let containers = state.store.list(&containers);
            body["containerId"] = json!(containers.first().map(|container| container.key.clone()));
        }
        "createGroupClusterBackupRestoreJob" => {
            let cluster = format!("/groups/{}/clusters/telemetry", project(state));
            let snapshots = state.store.list(&format!("{cluster}/backup/snapshots"));
            let snapshot = snapshots.first().map(|snapshot| snapshot.key.clone());
            *body = json!({ "deliveryType": "download", "snapshotId": snapshot });
        }
        "createGroupCluster" => *body = cluster("measured"),
        "createGroupContainer" => {
            *body = json!({
                "atlasCidrBlock": "10.16.0.0/21",
                "providerName": "AWS",
                "regionName": "SA_EAST_1",
            });
        }
        "updateGroupContainer" => *body = json!({ "providerName": "AWS" }),
        "upgradeGroupClusterTenantUpgrade" => {
            let settings = json!({
                "instanceSizeName": "M10", "providerName": "AWS", "regionName": "US_EAST_1",
            });
            *body = json!({ "name": "playground", "providerSettings": settings });
        }
        "createGroupIntegration" | "updateGroupIntegration" => {
            *body = json!({ "type": "PAGER_DUTY", "serviceKey": "0".repeat(32) });
        }
        _ => {}
    }
}

/// Sets fields whose valid values the OpenAPI document does not list.
fn set_valid_values(body: &mut Value, is_in_project: bool) {
    let lists = ["groupRoles", "roleNames", "roles"];
    for field in lists.into_iter().filter(|_| is_in_project) {
        if body[field][0].is_string() {
            body[field] = json!(["GROUP_READ_ONLY"]);
        }
    }
    for (field, value) in [
        ("groupRole", json!("GROUP_READ_ONLY")),
        ("secretExpiresAfterHours", json!(8)),
    ] {
        if body.get(field).is_some() {
            body[field] = value;
        }
    }
}

/// Returns the id of an authorized role of a cloud provider.
fn authorized_role(state: &State) -> Option<String> {
    let roles = format!("/groups/{}/cloudProviderAccess", project(state));
    let mut roles = state.store.list(&roles).iter();
    let role = roles.find(|role| role.document["authorizedDate"].is_string());
    role.map(|role| role.key.clone())
}

/// Returns the id of the newest user. Default: the owner.
pub(super) fn newest_user(state: &State) -> String {
    let users = format!("/orgs/{}/users", state.oldest_organization());
    let newest = state.store.list(&users).last();
    newest.map_or_else(|| derived_id("user owner"), |user| user.key.clone())
}

/// Returns the id of the project that the requests use.
fn project(state: &State) -> &str {
    &state.project_by_name(PROJECT, "").unwrap().id
}

/// Returns the body that creates a replica set.
fn cluster(name: &str) -> Value {
    let size = json!({ "instanceSize": "M10", "nodeCount": 3 });
    let region = json!({
        "electableSpecs": size, "priority": 7, "providerName": "AWS", "regionName": "US_EAST_1",
    });
    json!({
        "name": name,
        "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": [region] }],
    })
}

/// Returns the smallest value that a schema accepts.
pub(super) fn minimal_body(schemas: &Schemas, schema: &Value, name: &str, depth: usize) -> Value {
    let schema = schemas.resolve(schema);
    if schema["type"] == "array" {
        return json!([minimal_body(schemas, &schema["items"], name, depth + 1)]);
    }
    let mut object = Map::new();
    let tags = schema["discriminator"]["mapping"].as_object();
    if let (Some(property), Some(word)) = (
        schema["discriminator"]["propertyName"].as_str(),
        tags.and_then(|mapping| mapping.keys().next()),
    ) {
        object.insert(property.to_owned(), json!(word));
    }
    let fields = schemas.fields(schema, Some(&Value::Object(object.clone())));
    if fields.properties.is_empty()
        && let Some(variant) = schemas.variant(schema, None)
    {
        return minimal_body(schemas, variant, name, depth + 1);
    }
    if fields.properties.is_empty() && schema["type"] != "object" {
        return minimal_value(schemas, schema, name);
    }
    for field in &fields.required {
        let Some(property) = fields.properties.get(field) else {
            continue;
        };
        let is_read_only = schemas.resolve(property)["readOnly"] == true;
        if !is_read_only && depth < 8 && !object.contains_key(*field) {
            object.insert(
                (*field).to_owned(),
                minimal_body(schemas, property, field, depth + 1),
            );
        }
    }
    Value::Object(object)
}

pub(super) fn minimal_value(schemas: &Schemas, schema: &Value, name: &str) -> Value {
    let known_fields = crate::schema::Known {
        fields: Map::new(),
        seed: name.to_owned(),
        now: "2026-09-01T08:00:00Z".to_owned(),
    };
    let mut schema = schema.clone();
    schema["writeOnly"] = json!(false);
    let wrapped = json!({ "properties": { "value": schema }, "required": ["value"] });
    crate::schema::fill(schemas, &wrapped, &json!({}), &known_fields)["value"].clone()
}
