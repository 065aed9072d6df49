//! Names of clusters of the other kind.

use atlas_simulator::Fault;

use crate::support::Local;

#[tokio::test]
async fn find_cluster_names_the_kind_of_a_flex_cluster() {
    let local = Local::demo();

    for name in ["scratch", "Sandbox:scratch"] {
        let error = local.atlas.find_cluster(name).await.unwrap_err();

        assert!(error.is_invalid_input());
        let expected = "`scratch` is a flex cluster, which cannot be paused";
        assert_eq!(error.to_string(), expected);
        assert!(error.hint().unwrap().contains("`Sandbox`"));
    }
}

#[tokio::test]
async fn find_flex_cluster_names_the_kind_of_a_dedicated_cluster() {
    let local = Local::demo();

    for name in ["warehouse", "データ基盤:warehouse"] {
        let error = local.atlas.find_flex_cluster(name).await.unwrap_err();

        let expected = "`warehouse` is a dedicated cluster, not a flex cluster";
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn find_flex_cluster_accepts_a_name_or_a_path() {
    let local = Local::demo();

    for name in ["device-registry", "Älvsjö: sensors, edge:device-registry"] {
        let cluster = local.atlas.find_flex_cluster(name).await.unwrap();

        assert_eq!(cluster.name(), "device-registry");
        assert!(cluster.failures().is_empty());
    }
}

#[tokio::test]
async fn not_found_error_suggests_names_of_both_kinds() {
    let local = Local::demo();

    for name in ["scratsh", "Sandbox:scratsh"] {
        let dedicated = local.atlas.find_cluster(name).await.unwrap_err();
        let flex = local.atlas.find_flex_cluster(name).await.unwrap_err();

        for error in [dedicated, flex] {
            assert!(error.is_not_found());
            assert_eq!(error.hint(), Some("did you mean `scratch`?"));
        }
    }
}

#[tokio::test]
async fn find_cluster_reads_the_flex_cluster_if_atlas_names_the_other_kind() {
    let local = Local::demo();
    let (id, _) = local.simulator.projects()[4].clone();
    let rejection = r#"{"error": 400, "errorCode": "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"}"#;
    let fault = Fault::answer(400, "application/json", rejection)
        .for_path(format!("/api/atlas/v2/groups/{id}/clusters/notes"));
    local.simulator.inject(fault.always());

    let path = format!("{id}:notes");
    let error = local.atlas.find_cluster(&path).await.unwrap_err();

    let expected = "`notes` is a flex cluster, which cannot be paused";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn blocking_find_searches_both_kinds() {
    let local = Local::demo();
    let atlas = local.blocking();

    let cluster = atlas.find_flex_cluster("scratch").unwrap();
    let error = atlas.find_cluster("scratch").unwrap_err();
    let all = atlas.find_flex_clusters(&"*".parse().unwrap()).unwrap();

    assert_eq!(cluster.handle().get().unwrap().name(), "scratch");
    assert!(error.to_string().contains("is a flex cluster"), "{error}");
    assert_eq!(all.len(), 3);
}
