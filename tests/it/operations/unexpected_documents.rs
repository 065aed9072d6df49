//! Successful responses with another document than the operation's.

use atlas_simulator::Fault;
use mongodbatlas::{Error, blocking};

use crate::support::Local;

/// Starts a simulator that responds to the requests for a path with this document.
fn start_with_response(path: &str, document: &str) -> Local {
    let local = Local::demo();
    let fault = Fault::answer(200, "application/json", document.to_owned()).for_path(path);
    local.simulator.inject(fault.always());
    local
}

fn assert_unexpected(error: &Error, document: &str) {
    assert!(error.is_invalid_response(), "{error}");
    assert!(error.to_string().contains(document), "{error}");
    assert!(error.hint().is_some() && error.status() == Some(200));
}

#[tokio::test]
async fn facade_and_generated_layer_reject_a_document_without_known_fields() {
    let wrapped = r#"{"content":{"name":"harbour"},"status":200}"#;
    for document in [wrapped, r#"{"ok":true}"#, "{}"] {
        let local = start_with_response("/api/atlas/v2/groups/", document);
        let project = local.project();

        let cluster = project.cluster("harbour").get().await.unwrap_err();
        let typed = local
            .atlas
            .api()
            .get_group()
            .group_id(project.id().as_str());
        let typed = typed.send().await.unwrap_err();

        assert_unexpected(&cluster, document);
        assert_unexpected(&typed, document);
    }
}

#[test]
fn blocking_facade_rejects_a_document_without_known_fields() {
    let document = r#"{"result":[{"name":"harbour"}]}"#;
    let local = start_with_response("/api/atlas/v2/groups/", document);
    let atlas: blocking::Atlas = local.blocking();

    let project = atlas.project(&local.first_project()).get().unwrap_err();
    let list = atlas.project(&local.first_project()).clusters().next();

    assert_unexpected(&project, document);
    assert!(list.unwrap().unwrap_err().is_invalid_response());
}

#[cfg(feature = "performance-advisor")]
#[tokio::test]
async fn suggested_indexes_are_decoded_bare_and_wrapped() {
    let bare = r#"{"shapes":[],"suggestedIndexes":[{"namespace":"orders.lines","weight":3.5}]}"#;
    let wrapped = format!(r#"{{"status":200,"content":{bare}}}"#);
    for document in [bare, &wrapped] {
        let local = start_with_response("/api/atlas/v2/groups/", document);
        let (api, project) = (local.atlas.api(), local.first_project());

        let process_indexes = api
            .list_group_process_performance_advisor_suggested_indexes()
            .group_id(project.as_str())
            .process_id("shard-00-00.example.net:27017");
        let process_indexes = process_indexes.send().await.unwrap();
        let cluster_indexes = api
            .list_group_cluster_performance_advisor_suggested_indexes()
            .group_id(project.as_str())
            .cluster_name("harbour");
        let cluster_indexes = cluster_indexes.send().await.unwrap();

        let content = cluster_indexes.content.as_ref().unwrap();
        for indexes in [
            &process_indexes.suggested_indexes,
            &content.suggested_indexes,
        ] {
            let namespace = &indexes.as_ref().unwrap()[0].namespace;
            assert_eq!(namespace.as_deref(), Some("orders.lines"));
        }
    }
}
