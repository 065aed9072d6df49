//! Calls by operation, with JSON bodies.

use atlas_simulator::Fault;
use mongodbatlas::ErrorKind;
use serde_json::json;

use crate::support::{Local, builder};

#[tokio::test]
async fn calls_operation_by_id() {
    let local = Local::demo();
    let project = local.first_project();

    let call = local.atlas.call("getGroupCluster").unwrap();
    let call = call
        .with("groupId", &project)
        .with("clusterName", "shop-staging");
    let response = call.send().await.unwrap();

    assert_eq!(response.status(), 200);
    assert_eq!(
        response.document().unwrap().to_value()["name"],
        "shop-staging"
    );
    let requests = local.successes();
    assert_eq!(
        requests,
        [format!(
            "GET /api/atlas/v2/groups/{project}/clusters/shop-staging"
        )]
    );
}

#[tokio::test]
async fn body_has_the_content_type_of_the_operation() {
    let local = Local::demo();
    let organization = local.simulator.organization_id();
    let body = json!({"name": "By id", "orgId": organization, "tags": null});

    let call = local
        .atlas
        .call("createGroup")
        .unwrap()
        .with_body(body.clone());
    let response = call.send().await.unwrap();

    assert_eq!(response.status(), 201);
    let requests = local.simulator.requests();
    let request = requests.last().unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&request.text()).unwrap(),
        body
    );
    let content_type = call.operation().content_type;
    assert_eq!(request.content_type.as_deref(), content_type);
}

#[tokio::test]
async fn items_reads_all_pages() {
    let local = Local::sized(5, 0);

    let items = local.atlas.call("listGroups").unwrap().items().unwrap();
    let documents = items.with_page_size(2).collect().await.unwrap();

    let names: Vec<_> = documents
        .iter()
        .map(|document| document.to_value()["name"].clone())
        .collect();
    let expected: Vec<_> = local
        .simulator
        .projects()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, expected);
    assert_eq!(local.successes().len(), 3);
}

#[tokio::test]
async fn rejects_invalid_parameters_before_sending() {
    let local = Local::demo();
    let atlas = &local.atlas;

    let unknown = atlas.call("listGroupCluster").unwrap_err();
    let misspelled = atlas
        .call("getGroup")
        .unwrap()
        .with("groupID", "x")
        .send()
        .await
        .unwrap_err();
    let missing = atlas
        .call("getGroupCluster")
        .unwrap()
        .send()
        .await
        .unwrap_err();
    let body = atlas
        .call("listOrgs")
        .unwrap()
        .with_body(json!({}))
        .send()
        .await
        .unwrap_err();
    let unpaged = atlas.call("getOrg").unwrap().items().unwrap_err();
    let file = atlas.call("downloadGroupClusterLog").unwrap();
    let file = file
        .with("groupId", "x")
        .with("hostName", "x")
        .with("logName", "mongodb");
    let file = file.send().await.unwrap_err();

    assert!(
        unknown.hint().unwrap().contains("`listGroupClusters`"),
        "{unknown:?}"
    );
    assert!(
        misspelled.hint().unwrap().contains("`groupId`"),
        "{misspelled:?}"
    );
    assert_eq!(
        missing.to_string(),
        "`getGroupCluster` needs `groupId`, `clusterName`"
    );
    assert_eq!(body.to_string(), "`listOrgs` takes no body");
    assert_eq!(unpaged.to_string(), "`getOrg` is not paginated");
    assert_eq!(file.to_string(), "`downloadGroupClusterLog` returns a file");
    for error in [unknown, misspelled, missing, body, unpaged, file] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert!(local.simulator.requests().is_empty());
}

#[tokio::test]
async fn parameters_are_encoded() {
    let local = Local::demo();
    let project = local.first_project();
    for name in ["a/b", "a?b=c", "a#b", "ü", "a%2fb", "{groupId}"] {
        local.simulator.clear_requests();
        let call = local.atlas.call("getGroupCluster").unwrap();
        let call = call.with("groupId", &project).with("clusterName", name);

        let error = call.send().await.unwrap_err();

        assert!(error.is_not_found(), "{name}: {error}");
        let requests = local.simulator.requests();
        let path = requests.last().unwrap().path().to_owned();
        assert_eq!(path.split('/').count(), 8, "{path}");
        assert!(path.is_ascii(), "{path}");
    }
    for name in ["", ".", ".."] {
        let call = local.atlas.call("getGroupCluster").unwrap();
        let call = call.with("groupId", &project).with("clusterName", name);

        let error = call.send().await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name}: {error}");
    }
}

#[tokio::test]
async fn download_writes_the_file() {
    let local = Local::demo();
    let file = "not really gzip".repeat(1000);
    let fault = Fault::answer(200, "application/vnd.atlas.2023-02-01+gzip", file.clone());
    local.simulator.inject(fault.when_authorized().times(1));
    let call = local.atlas.call("downloadGroupClusterLog").unwrap();
    let call = call.with("groupId", local.first_project());
    let call = call
        .with("hostName", "host-00.example")
        .with("logName", "mongodb");

    let bytes = call.download().await.unwrap().into_bytes().await.unwrap();

    assert_eq!(bytes, file.as_bytes());
}

#[test]
fn blocking_call_sends_and_lists() {
    let local = Local::demo();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let response = atlas.call("listOrgs").unwrap().send().unwrap();
    let items = atlas.call("listGroups").unwrap().items().unwrap();

    assert_eq!(response.document().unwrap().to_value()["totalCount"], 1);
    assert_eq!(items.count(), local.simulator.projects().len());
}
