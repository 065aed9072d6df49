//! Statuses, errors, formats and rate limits of several resources.

use atlas_simulator::{Options, Simulator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

pub(super) const GROUPS: &str = "/api/atlas/v2/groups";

pub(super) fn cluster(name: &str) -> Value {
    let region = json!({
        "providerName": "AWS", "regionName": "US_EAST_1", "priority": 7,
        "electableSpecs": { "instanceSize": "M10", "nodeCount": 3 },
    });
    json!({
        "name": name, "clusterType": "REPLICASET",
        "replicationSpecs": [{ "regionConfigs": [region] }],
    })
}

pub(super) fn flex(name: &str) -> Value {
    let provider = json!({ "backingProviderName": "AWS", "regionName": "US_EAST_1" });
    json!({ "name": name, "providerSettings": provider })
}

fn is_hexadecimal(text: &str, length: usize) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == length && text.bytes().all(is_digit)
}

#[tokio::test]
async fn errors_have_the_codes_and_messages_of_atlas() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let project = atlas.project("Sandbox");
    let group = format!("{GROUPS}/{project}");
    let clusters = format!("{group}/clusters");
    let unknown = "0123456789abcdef01234567";
    let check = |response: Response, status: u16, code: &str, detail: &str, parameters: Value| {
        assert_eq!(response.assert_error(status, code), detail);
        assert_eq!(response.field("/parameters"), parameters, "{code}");
        assert!(response.field("/reason").is_string(), "{code}");
    };

    check(
        atlas.get(&format!("{clusters}/none")).await,
        404,
        "CLUSTER_NOT_FOUND",
        &format!("No cluster named none exists in group {project}."),
        json!(["none", project]),
    );
    check(
        atlas.get(&format!("{GROUPS}/{unknown}")).await,
        404,
        "GROUP_NOT_FOUND",
        &format!("No group with ID {unknown} exists."),
        json!([unknown]),
    );
    check(
        atlas.get(&format!("{GROUPS}/xyz")).await,
        404,
        "INVALID_GROUP_ID",
        "An invalid group ID xyz was specified.",
        json!(["xyz"]),
    );
    check(
        atlas.post(&clusters, cluster("scratch")).await,
        400,
        "DUPLICATE_CLUSTER_NAME",
        &format!("A cluster named scratch is already present in group {project}."),
        json!(["scratch", project]),
    );
    check(
        atlas.post(&clusters, cluster("not_valid")).await,
        400,
        "CLUSTER_NAME_INVALID",
        "The cluster name not_valid is invalid. The name can only contain ASCII letters, numbers, \
         and hyphens.",
        json!(["not_valid"]),
    );
    let mut paused = cluster("late");
    paused["paused"] = json!(true);
    check(
        atlas.post(&clusters, paused).await,
        400,
        "CANNOT_CREATE_PAUSED_CLUSTER",
        "Cluster late cannot be created in a paused state.",
        json!(["late"]),
    );
    check(
        atlas
            .post(GROUPS, json!({ "name": "Sandbox", "orgId": organization }))
            .await,
        409,
        "GROUP_ALREADY_EXISTS",
        "A group with name \"Sandbox\" already exists.",
        json!(["Sandbox"]),
    );
    check(
        atlas.delete(&group).await,
        409,
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS",
        "Cannot close group while it has active clusters; please terminate all clusters.",
        json!([]),
    );
    check(
        atlas
            .patch(&format!("{clusters}/playground"), json!({ "paused": true }))
            .await,
        400,
        "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
        "Cannot update a M0/M2/M5 cluster through the public API.",
        json!([]),
    );
    atlas.delete(&format!("{clusters}/playground")).await;
    check(
        atlas.delete(&format!("{clusters}/playground")).await,
        400,
        "CLUSTER_ALREADY_REQUESTED_DELETION",
        "The cluster playground has already been requested for deletion.",
        json!(["playground"]),
    );
}

#[tokio::test]
async fn writes_have_the_statuses_of_atlas() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let body = json!({ "name": "fresh", "orgId": organization });
    let created = atlas.post(GROUPS, body).await;
    let id = created.field("/id").as_str().unwrap().to_owned();
    let group = format!("{GROUPS}/{id}");
    let user = json!({
        "username": "app", "password": "secret-enough", "databaseName": "admin",
        "roles": [{ "roleName": "read", "databaseName": "data" }],
    });

    let clusters = format!("{group}/clusters");
    let flex_clusters = format!("{group}/flexClusters");
    let users = format!("{group}/databaseUsers");
    let entries = format!("{group}/accessList");
    let keys = format!("/api/atlas/v2/orgs/{organization}/apiKeys");
    let entry = json!([{ "ipAddress": "203.0.113.7" }]);
    for (path, body) in [
        (&clusters, cluster("one")),
        (&flex_clusters, flex("two")),
        (&users, user),
        (&entries, entry),
    ] {
        assert_eq!(atlas.post(path, body).await.status, 201, "{path}");
    }
    let key = json!({ "desc": "ci", "roles": ["ORG_MEMBER"] });
    let key = atlas.post(&keys, key).await;
    let key = format!("{keys}/{}", key.field("/id").as_str().unwrap());
    atlas.simulator.advance(std::time::Duration::from_mins(10));

    assert_eq!(created.status, 201);
    assert!(created.header("location").ends_with("//api/atlas/v1.0"));
    for (path, status, text) in [
        (format!("{clusters}/one"), 202, "{}"),
        (format!("{flex_clusters}/two"), 204, ""),
        (format!("{users}/admin/app"), 204, ""),
        (format!("{entries}/203.0.113.7"), 204, ""),
        (key, 204, ""),
    ] {
        let deleted = atlas.delete(&path).await;
        let expected = (status, text);
        assert_eq!((deleted.status, deleted.text.as_str()), expected, "{path}");
    }
    atlas.simulator.advance(std::time::Duration::from_mins(10));
    let closed = atlas.delete(&group).await;
    assert_eq!((closed.status, closed.text.as_str()), (202, "{}"));
}

#[tokio::test]
async fn ids_and_keys_have_the_formats_of_atlas() {
    let atlas = Atlas::demo().await;
    let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());
    let string_field =
        |response: &Response, field: &str| response.field(field).as_str().unwrap().to_owned();

    let key = json!({ "desc": "ci", "roles": ["ORG_MEMBER"] });
    let key = atlas.post(&format!("{organization}/apiKeys"), key).await;
    let account = json!({
        "name": "robot", "description": "a robot", "roles": ["ORG_MEMBER"],
        "secretExpiresAfterHours": 8,
    });
    let accounts = format!("{organization}/serviceAccounts");
    let account = atlas.post(&accounts, account).await;

    let public = string_field(&key, "/publicKey");
    assert!(public.len() == 8 && public.bytes().all(|byte| byte.is_ascii_lowercase()));
    let private = string_field(&key, "/privateKey");
    let parts: Vec<_> = private.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12]);
    assert!(is_hexadecimal(&string_field(&key, "/id"), 24));
    let client = string_field(&account, "/clientId");
    assert!(is_hexadecimal(
        client.strip_prefix("mdb_sa_id_").unwrap(),
        24
    ));
    assert!(string_field(&account, "/secrets/0/secret").starts_with("mdb_sa_sk_"));
}

#[tokio::test]
async fn cluster_inventory_has_no_states() {
    let atlas = Atlas::demo().await;

    let response = atlas.get("/api/atlas/v2/clusters").await;

    let project = response.field("/results/0");
    for field in ["orgId", "orgName", "groupId", "groupName", "clusters"] {
        assert!(project.get(field).is_some(), "{field}");
    }
    let cluster = &project["clusters"][0];
    let fields = [
        "name",
        "clusterId",
        "type",
        "versions",
        "nodeCount",
        "dataSizeBytes",
        "availability",
        "alertCount",
    ];
    for field in fields {
        assert!(cluster.get(field).is_some(), "{field} in {cluster}");
    }
    assert!(cluster.get("paused").is_none() && cluster.get("stateName").is_none());
}

#[tokio::test]
async fn rate_limit_headers_have_the_recorded_capacities() {
    let recorded: toml::Table =
        toml::from_str(include_str!("../../../openapi/rate-limits.toml")).unwrap();
    let operations = Simulator::operations().unwrap();
    let atlas = Atlas::with(Options::new().with_rate_limits(false)).await;

    for limit in recorded["limit"].as_array().unwrap() {
        let capacity = limit["capacity"].as_integer().unwrap().to_string();
        for id in limit["operations"].as_array().unwrap() {
            let id = id.as_str().unwrap();
            let operation = operations.iter().find(|known| known.id == id).unwrap();
            let method: Method = operation.method.parse().unwrap();
            // The rate limit is checked before the path parameters.
            let parts = operation
                .path
                .split('/')
                .map(|part| match part.split_once('}') {
                    Some((_, suffix)) => format!("000000000000000000000000{suffix}"),
                    None => part.to_owned(),
                });
            let path = parts.collect::<Vec<_>>().join("/");
            let body = (method != Method::GET && method != Method::DELETE).then(|| "{}".to_owned());
            let response = atlas.call(method, &path, LATEST, body).await;
            assert_eq!(response.header("ratelimit-limit"), capacity, "{id}");
        }
    }
}
