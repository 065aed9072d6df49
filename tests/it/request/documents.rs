//! Documents preserve the text of the server.

use atlas_simulator::Fault;
use mongodbatlas::{Atlas, Document};
use serde_json::value::RawValue;

use crate::{
    operations::recordings::{Recording, recordings},
    support::Local,
};

/// A document whose text no type preserves: number formats, nulls, unknown fields and their order.
const UNUSUAL_CLUSTER: &str = r#"{"zeta":null,"name":"Unusual","diskSizeGB":30.0,"big":12345678901234567890123,"stateName":"NEW_STATE","paused":false,"unknown":{"b":1,"a":[]}}"#;

#[tokio::test]
async fn document_preserves_the_original_text() {
    let local = Local::demo();
    let project = local.first_project();
    local.simulator.inject(
        Fault::answer(200, "application/json", UNUSUAL_CLUSTER)
            .when_authorized()
            .times(1),
    );

    let cluster = local
        .atlas
        .cluster(&project, "Unusual")
        .get()
        .await
        .unwrap();

    assert_eq!(cluster.document().as_str(), UNUSUAL_CLUSTER);
    assert_eq!(cluster.state().to_string(), "new_state");
}

#[tokio::test]
async fn list_items_preserve_their_original_text() {
    let local = Local::demo();
    let project = local.first_project();
    let page = format!(
        r#"{{"links": [], "results": [{UNUSUAL_CLUSTER}, {{"name" : "Two"}}], "totalCount": 2}}"#
    );
    local.simulator.inject(
        Fault::answer(200, "application/json", page)
            .when_authorized()
            .times(1),
    );

    let clusters = local
        .atlas
        .project(&project)
        .clusters()
        .collect()
        .await
        .unwrap();

    let documents: Vec<_> = clusters
        .iter()
        .map(|cluster| cluster.document().as_str())
        .collect();
    assert_eq!(documents, [UNUSUAL_CLUSTER, r#"{"name" : "Two"}"#]);
}

/// Replays the recorded responses of an operation and compares the documents.
async fn replay(
    operation: &str,
    fetch: impl AsyncFn(&Atlas, &Recording) -> mongodbatlas::Result<Document>,
) {
    let Some(recordings) = recordings() else {
        return;
    };
    let local = Local::demo();
    let mut checked = 0;
    for recording in &recordings {
        let is_match =
            recording.operation_id.as_deref() == Some(operation) && recording.status == 200;
        let Some(body) = recording
            .body
            .as_ref()
            .filter(|body| is_match && body.get().starts_with('{'))
        else {
            continue;
        };
        let fault = Fault::answer(200, "application/json", body.get().to_owned());
        local.simulator.inject(fault.when_authorized().times(1));

        let document = fetch(&local.atlas, recording)
            .await
            .expect("a recorded response");

        assert_eq!(document.as_str(), body.get());
        checked += 1;
    }
    assert!(checked > 0, "no recorded response of {operation}");
}

#[tokio::test]
async fn recorded_clusters_round_trip() {
    replay("getGroupCluster", async |atlas, _| {
        let project = "5a0a1e7e0f2912c554080adc".parse()?;
        Ok(atlas
            .cluster(&project, "example")
            .get()
            .await?
            .document()
            .clone())
    })
    .await;
}

#[tokio::test]
async fn recorded_projects_round_trip() {
    replay("getGroup", async |atlas, _| {
        let project = "5a0a1e7e0f2912c554080adc".parse()?;
        Ok(atlas.project(&project).get().await?.document().clone())
    })
    .await;
}

/// The original items of a list.
#[derive(serde::Deserialize)]
struct Listed<'a> {
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

#[tokio::test]
async fn recorded_list_items_round_trip() {
    let Some(recordings) = recordings() else {
        return;
    };
    let local = Local::demo();
    let project = local.first_project();
    for recording in &recordings {
        let id = recording.operation_id.as_deref().unwrap_or_default();
        let (Some(body), true) = (&recording.body, recording.status == 200) else {
            continue;
        };
        if !["listOrgs", "listGroups", "listGroupClusters"].contains(&id) {
            continue;
        }
        let list: Listed<'_> = serde_json::from_str(body.get()).unwrap();
        let fault = Fault::answer(200, "application/json", body.get().to_owned());
        local.simulator.inject(fault.when_authorized().times(1));

        let documents: Vec<Document> = match id {
            "listOrgs" => {
                let pages = local
                    .atlas
                    .organizations()
                    .pages()
                    .try_next()
                    .await
                    .unwrap()
                    .unwrap();
                pages
                    .items()
                    .iter()
                    .map(|item| item.document().clone())
                    .collect()
            }
            "listGroups" => {
                let pages = local
                    .atlas
                    .projects()
                    .pages()
                    .try_next()
                    .await
                    .unwrap()
                    .unwrap();
                pages
                    .items()
                    .iter()
                    .map(|item| item.document().clone())
                    .collect()
            }
            _ => {
                let clusters = local.atlas.project(&project).clusters();
                let page = clusters.pages().try_next().await.unwrap().unwrap();
                page.items()
                    .iter()
                    .map(|item| item.document().clone())
                    .collect()
            }
        };

        let documents: Vec<_> = documents.iter().map(Document::as_str).collect();
        let list: Vec<_> = list.results.iter().map(|item| item.get()).collect();
        assert_eq!(documents, list);
    }
}
