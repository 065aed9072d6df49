//! Responses contain the values of requests, and actions take effect.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";
const PROJECT: &str = "Project 0001";

async fn start() -> Atlas {
    let options = Options::new().with_seed(Seed::sized(1, 1));
    Atlas::with(options.with_clock(Clock::frozen())).await
}

/// Returns `true` if a value contains everything that was sent.
fn contains(shown: &Value, sent: &Value) -> bool {
    match sent {
        Value::Object(fields) => fields
            .iter()
            .all(|(name, value)| contains(&shown[name], value)),
        Value::Array(items) => (0..items.len()).all(|index| contains(&shown[index], &items[index])),
        sent => shown == sent,
    }
}

/// Creates a resource and asserts that the response and a later GET contain the body.
async fn assert_round_trip(atlas: &Atlas, path: &str, body: Value, key: &str) -> Value {
    let created = atlas.post(path, body.clone()).await.json();
    let id = created[key]
        .as_str()
        .unwrap_or_else(|| panic!("{path}: {created}"));
    let read = atlas.get(&format!("{path}/{id}")).await.json();
    for (field, value) in body.as_object().unwrap() {
        assert!(contains(&created[field], value), "{path}: {field}");
        assert!(contains(&read[field], value), "{path}: {field}");
    }
    created
}

#[tokio::test]
async fn resources_contain_the_values_of_their_creation() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let cluster = format!("{project}/clusters/Cluster0");

    assert_round_trip(
        &atlas,
        &format!("{cluster}/onlineArchives"),
        json!({
            "collName": "orders", "dbName": "shop",
            "partitionFields": [{ "fieldName": "created", "order": 0 }],
            "dataExpirationRule": { "expireAfterDays": 30 },
            "criteria": { "type": "DATE", "dateField": "created", "dateFormat": "ISODATE", "expireAfterDays": 5 },
        }),
        "_id",
    )
    .await;
    assert_round_trip(
        &atlas,
        &format!("{project}/aiModelApiKeys"),
        json!({ "cloud": "ANY", "geography": "ANY", "name": "assistant" }),
        "apiKeyId",
    )
    .await;
    let bucket = "6b3136cd6db76b3136cd6db7";
    let snapshot = "6b3136cda9176b3136cda917";
    assert_round_trip(
        &atlas,
        &format!("{cluster}/backup/exports"),
        json!({ "exportBucketId": bucket, "snapshotId": snapshot }),
        "id",
    )
    .await;
}

#[tokio::test]
async fn resources_of_a_collection_are_distinct() {
    let atlas = start().await;
    let keys = format!("{GROUPS}/{}/aiModelApiKeys", atlas.project(PROJECT));
    let body = |name: &str| json!({ "cloud": "ANY", "geography": "ANY", "name": name });

    let first = atlas.post(&keys, body("first")).await.json();
    let second = atlas.post(&keys, body("second")).await.json();

    assert_ne!(first["apiKeyId"], second["apiKeyId"]);
    assert!(first["secret"].is_string());
    let id = second["apiKeyId"].as_str().unwrap();
    let read = atlas.get(&format!("{keys}/{id}")).await.json();
    assert_eq!(read["name"], "second");
    assert!(read["secret"].is_null());
}

#[tokio::test]
async fn flex_restore_job_contains_snapshot_and_target() {
    let atlas = start().await;
    let project = atlas.project(PROJECT);
    let flex = format!("{GROUPS}/{project}/flexClusters");
    let provider = json!({ "backingProviderName": "AWS", "regionName": "US_EAST_1" });
    let created = json!({ "name": "small", "providerSettings": provider });
    assert_eq!(atlas.post(&flex, created).await.status, 201);
    atlas.simulator.advance(Duration::from_hours(1));
    let backup = format!("{flex}/small/backup");
    let snapshots = atlas.get(&format!("{backup}/snapshots")).await;
    let snapshot = snapshots.field("/results/0");
    let time = |field: &str| snapshot[field].as_str().unwrap().to_owned();
    assert!(time("startTime") < time("finishTime"));
    assert!(time("finishTime") < time("expiration"));

    let body = json!({ "snapshotId": snapshot["id"], "targetDeploymentItemName": "other" });
    let job = atlas
        .post(&format!("{backup}/restoreJobs"), body)
        .await
        .json();

    assert_eq!(job["snapshotId"], snapshot["id"]);
    assert_eq!(job["snapshotFinishedDate"], snapshot["finishTime"]);
    assert!(job["snapshotFinishedDate"].as_str() < job["restoreScheduledDate"].as_str());
    assert_eq!(job["targetDeploymentItemName"], "other");
    assert_eq!(job["instanceName"], "small");
    assert_eq!(job["projectId"], project);
    assert_eq!(job["targetProjectId"], project);
}

#[tokio::test]
async fn aws_endpoint_is_identified_by_its_id() {
    let atlas = start().await;
    let root = format!("{GROUPS}/{}/privateEndpoint", atlas.project(PROJECT));
    let body = json!({ "providerName": "AWS", "region": "US_EAST_1" });
    let service = atlas
        .post(&format!("{root}/endpointService"), body)
        .await
        .json();
    let service = format!(
        "{root}/AWS/endpointService/{}",
        service["id"].as_str().unwrap()
    );
    let endpoints = format!("{service}/endpoint");
    let body = json!({ "id": "vpce-0123456789abcdef0" });

    let connected = atlas.post(&endpoints, body.clone()).await.json();
    assert_eq!(connected["interfaceEndpointId"], body["id"]);
    assert_eq!(connected["connectionStatus"], "PENDING_ACCEPTANCE");
    let duplicate = atlas.post(&endpoints, body.clone()).await;
    duplicate.assert_error(409, "PRIVATELINK_INTERFACE_ENDPOINT_ALREADY_EXISTS");

    atlas.simulator.advance(Duration::from_mins(1));
    let endpoint = format!("{endpoints}/vpce-0123456789abcdef0");
    let read = atlas.get(&endpoint).await.json();
    assert_eq!(read["connectionStatus"], "AVAILABLE");
    let connected_service = atlas.get(&service).await.json();
    assert_eq!(connected_service["interfaceEndpoints"], json!([body["id"]]));

    let rejected = atlas.delete(&service).await;
    rejected.assert_error(409, "CANNOT_DELETE_PRIVATELINK_WITH_ENDPOINTS");
    assert_eq!(atlas.delete(&endpoint).await.status, 204);
    assert_eq!(
        atlas.get(&service).await.field("/interfaceEndpoints"),
        json!([])
    );
    assert_eq!(atlas.delete(&service).await.status, 202);
}

#[tokio::test]
async fn azure_and_gcp_endpoints_are_identified_by_their_names() {
    let atlas = start().await;
    let root = format!("{GROUPS}/{}/privateEndpoint", atlas.project(PROJECT));
    let resource = "/subscriptions/01234567-0123-4567-89ab-0123456789ab/resourceGroups/shop/\
                    providers/Microsoft.Network/privateEndpoints/shop";
    let azure = json!({ "id": resource, "privateEndpointIPAddress": "10.0.0.4" });
    let google = json!({
        "endpointGroupName": "shop", "gcpProjectId": "p-0123456789abcdef01234567",
        "endpoints": [{ "endpointName": "shop-0", "ipAddress": "10.0.0.5" }],
    });
    for (provider, region, endpoint, field, list) in [
        (
            "AZURE",
            "US_EAST_2",
            azure,
            "privateEndpointResourceId",
            "privateEndpoints",
        ),
        (
            "GCP",
            "US_EAST_4",
            google,
            "endpointGroupName",
            "endpointGroupNames",
        ),
    ] {
        let body = json!({ "providerName": provider, "region": region });
        let service = atlas
            .post(&format!("{root}/endpointService"), body)
            .await
            .json();
        let service = format!(
            "{root}/{provider}/endpointService/{}",
            service["id"].as_str().unwrap()
        );

        let connected = atlas
            .post(&format!("{service}/endpoint"), endpoint)
            .await
            .json();

        let connected_service = atlas.get(&service).await.json();
        assert_eq!(
            connected_service[list],
            json!([connected[field]]),
            "{provider}"
        );
        let name = connected[field].as_str().unwrap().replace('/', "%2F");
        let read = atlas
            .get(&format!("{service}/endpoint/{name}"))
            .await
            .json();
        assert_eq!(read[field], connected[field], "{provider}");
    }
}

#[tokio::test]
async fn database_user_accepts_only_existing_custom_roles() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let role = json!({ "roleName": "auditor", "actions": [], "inheritedRoles": [] });
    let user = |name: &str, role: &str, database: &str| {
        json!({
            "databaseName": "admin", "username": name, "password": "long-enough",
            "roles": [{ "roleName": role, "databaseName": database }],
        })
    };
    let users = format!("{project}/databaseUsers");
    let before = atlas.post(&users, user("early", "auditor", "admin")).await;
    before.assert_error(400, "UNSUPPORTED_ROLE");

    atlas
        .post(&format!("{project}/customDBRoles/roles"), role)
        .await;

    let created = atlas.post(&users, user("late", "auditor", "admin")).await;
    assert_eq!(created.field("/roles/0/roleName"), "auditor");
    // Custom roles are in the database `admin`.
    let other_database = atlas.post(&users, user("other", "auditor", "shop")).await;
    other_database.assert_error(400, "UNSUPPORTED_ROLE");
    let placeholder = atlas
        .post(&users, user("other", "<a custom role name>", "admin"))
        .await;
    placeholder.assert_error(400, "UNSUPPORTED_ROLE");
    let changed = json!({ "roles": [{ "roleName": "nobody", "databaseName": "admin" }] });
    let changed = atlas.patch(&format!("{users}/admin/late"), changed).await;
    changed.assert_error(400, "UNSUPPORTED_ROLE");
}

#[tokio::test]
async fn project_key_rejects_organization_role() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));

    let body = json!({ "desc": "k", "roles": ["ORG_OWNER"] });
    let rejected = atlas.post(&format!("{project}/apiKeys"), body).await;

    assert_eq!(
        rejected.assert_error(400, "INVALID_ROLE"),
        "Invalid role ORG_OWNER specified."
    );
    assert_eq!(rejected.field("/badRequestDetail/fields/0/field"), "roles");
}

#[tokio::test]
async fn secret_of_service_account_expires_after_8_hours_to_one_year() {
    let atlas = start().await;
    let accounts = format!(
        "/api/atlas/v2/orgs/{}/serviceAccounts",
        atlas.simulator.organization_id()
    );
    for (hours, status) in [(0, 400), (8, 201), (8760, 201), (8761, 400)] {
        let body = json!({
            "name": "ci", "description": "runs at night", "roles": ["ORG_MEMBER"],
            "secretExpiresAfterHours": hours,
        });
        assert_eq!(atlas.post(&accounts, body).await.status, status, "{hours}");
    }
}

#[tokio::test]
async fn integration_type_must_match_its_path() {
    let atlas = start().await;
    let slack = format!("{GROUPS}/{}/integrations/SLACK", atlas.project(PROJECT));

    let body = json!({ "type": "DATADOG", "apiKey": "0".repeat(32), "region": "US" });
    let rejected = atlas.post(&slack, body).await;

    rejected.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(rejected.field("/parameters"), json!(["type"]));
}

#[tokio::test]
async fn actions_change_resources() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));
    let cluster = format!("{project}/clusters/Cluster0");
    let empty = || json!({});

    let slow = format!("{project}/managedSlowMs");
    assert_eq!(atlas.get(&slow).await.json(), true);
    atlas.delete(&format!("{slow}/disable")).await;
    assert_eq!(atlas.get(&slow).await.json(), false);
    atlas.post(&format!("{slow}/enable"), empty()).await;
    assert_eq!(atlas.get(&slow).await.json(), true);

    let pinned = format!("{cluster}/collStats/pinned");
    atlas
        .put(&pinned, json!({ "namespaces": ["shop.orders"] }))
        .await;
    let more = atlas
        .patch(&pinned, json!({ "namespaces": ["shop.users"] }))
        .await;
    assert_eq!(
        more.field("/pinnedNamespaces"),
        json!(["shop.orders", "shop.users"])
    );
    let unpin = format!("{cluster}/collStats/unpin");
    atlas
        .patch(&unpin, json!({ "namespaces": ["shop.orders"] }))
        .await;
    let remaining = atlas.get(&pinned).await;
    assert_eq!(remaining.field("/pinnedNamespaces"), json!(["shop.users"]));

    let writes = format!("{cluster}/globalWrites");
    let namespace = json!({ "db": "shop", "collection": "orders", "customShardKey": "id" });
    atlas
        .post(&format!("{writes}/managedNamespaces"), namespace)
        .await;
    let zone = json!({ "customZoneMappings": [{ "location": "DE", "zone": "Zone 1" }] });
    atlas
        .post(&format!("{writes}/customZoneMapping"), zone)
        .await;
    let settings = atlas.get(&writes).await;
    assert_eq!(settings.field("/managedNamespaces/0/collection"), "orders");
    assert!(settings.field("/customZoneMapping/DE").is_string());
    let namespace = format!("{writes}/managedNamespaces?db=shop&collection=orders");
    assert_eq!(
        atlas.delete(&namespace).await.field("/managedNamespaces"),
        json!([])
    );

    let export = format!("{project}/pushBasedLogExport");
    assert_eq!(atlas.get(&export).await.field("/state"), "UNCONFIGURED");
    let roles = format!("{project}/cloudProviderAccess");
    let role = atlas.post(&roles, json!({ "providerName": "AWS" })).await;
    let role = role.field("/roleId");
    let authorization = json!({
        "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/logs",
    });
    let path = format!("{roles}/{}", role.as_str().unwrap());
    atlas.patch(&path, authorization).await;
    let bucket = json!({ "bucketName": "logs", "iamRoleId": role, "prefixPath": "a" });
    atlas.post(&export, bucket).await;
    atlas.simulator.advance(Duration::from_mins(1));
    assert_eq!(atlas.get(&export).await.field("/state"), "ACTIVE");
    atlas.delete(&export).await;
    assert_eq!(atlas.get(&export).await.field("/state"), "UNCONFIGURED");
}

#[tokio::test]
async fn stream_processors_start_and_stop() {
    let atlas = start().await;
    let streams = format!("{GROUPS}/{}/streams", atlas.project(PROJECT));
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    atlas
        .post(
            &streams,
            json!({ "name": "flow", "dataProcessRegion": region }),
        )
        .await;
    let processors = format!("{streams}/flow/processor");
    let body = json!({ "name": "copier", "pipeline": [] });
    assert_eq!(
        atlas.post(&processors, body).await.field("/state"),
        "CREATED"
    );
    let processor = format!("{processors}/copier");

    for (action, state) in [("start", "STARTED"), ("stop", "STOPPED")] {
        let response = atlas
            .post(&format!("{processor}:{action}"), json!({}))
            .await;
        assert_eq!(response.status, 200);
        assert_eq!(atlas.get(&processor).await.field("/state"), state);
    }
}

#[tokio::test]
async fn outage_simulation_runs_until_it_is_deleted() {
    let atlas = start().await;
    let outage = format!(
        "{GROUPS}/{}/clusters/Cluster0/outageSimulation",
        atlas.project(PROJECT)
    );
    let minute = Duration::from_mins(1);
    let state = async || atlas.get(&outage).await.field("/state");
    let missing = atlas.get(&outage).await;
    assert_eq!(
        missing.assert_error(404, "OUTAGE_SIMULATION_NOT_FOUND"),
        "No outage simulation Cluster0 exists."
    );

    let filters = json!({ "outageFilters": [{ "cloudProvider": "AWS", "regionName": "US_EAST_1", "type": "REGION" }] });
    let started = atlas.post(&outage, filters.clone()).await;
    assert_eq!(started.field("/state"), "START_REQUESTED");
    atlas.simulator.advance(minute);
    assert_eq!(state().await, "SIMULATING");
    atlas
        .post(&outage, filters)
        .await
        .assert_error(409, "OUTAGE_SIMULATION_ALREADY_EXISTS");

    let ended = atlas.delete(&outage).await;
    assert_eq!(ended.field("/state"), "RECOVERY_REQUESTED");
    assert_eq!(ended.field("/id"), started.field("/id"));
    atlas.simulator.advance(minute);
    assert_eq!(atlas.get(&outage).await.status, 404);
}

#[tokio::test]
async fn reference_data_is_specific() {
    let atlas = start().await;
    let project = format!("{GROUPS}/{}", atlas.project(PROJECT));

    let mut kinds = Vec::new();
    for page in 1..=2 {
        let path = format!("/api/atlas/v2/eventTypes?itemsPerPage=500&pageNum={page}");
        let response = atlas.get(&path).await.json();
        kinds.extend(response["results"].as_array().unwrap().clone());
    }
    let find = |name: &str| {
        let mut kinds = kinds.iter();
        kinds.find(|kind| kind["eventType"] == name).unwrap()
    };
    assert!(kinds.len() > 400);
    assert_eq!(find("CLUSTER_CREATED")["description"], "Cluster created");
    assert_eq!(find("NO_PRIMARY")["alertable"], true);

    let limit = atlas
        .get(&format!(
            "{project}/limits/atlas.project.deployment.clusters"
        ))
        .await;
    assert_eq!(limit.field("/value"), 25);
    assert_eq!(limit.field("/maximumLimit"), 100);
    assert!(limit.field("/currentUsage").as_u64().unwrap() > 0);
    let path = format!("{project}/limits/atlas.project.deployment.clusters");
    let body = json!({ "name": "atlas.project.deployment.clusters", "value": 30 });
    assert_eq!(atlas.patch(&path, body).await.field("/value"), 30);

    let versions = atlas
        .get(&format!(
            "{project}/mongoDBVersions?cloudProvider=AWS&instanceSize=M30"
        ))
        .await;
    assert_eq!(versions.field("/totalCount"), 5);
    assert_eq!(versions.field("/results/0/instanceSize"), "M30");
    assert!(versions.field("/results/0/version").is_string());

    let cluster = format!("{project}/clusters/Cluster0");
    assert_eq!(
        atlas
            .get(&format!("{cluster}/status"))
            .await
            .field("/changeStatus"),
        "APPLIED"
    );
    let change = json!({ "terminationProtectionEnabled": true });
    assert_eq!(atlas.patch(&cluster, change).await.status, 200);
    assert_eq!(
        atlas
            .get(&format!("{cluster}/status"))
            .await
            .field("/changeStatus"),
        "PENDING"
    );

    let body = json!({ "username": "new@example.com", "roles": ["GROUP_READ_ONLY"] });
    let invitation = atlas.post(&format!("{project}/invites"), body).await.json();
    assert_eq!(invitation["groupName"], PROJECT);
    assert!(invitation["expiresAt"].as_str() > invitation["createdAt"].as_str());
}
