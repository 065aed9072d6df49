//! Finding projects and clusters by name.

use atlas_simulator::{Clock, Options, Seed};
use mongodbatlas::{Error, Filter};
use serde_json::json;

use crate::support::{Local, builder};

/// Starts a simulator whose projects both have a cluster `main`.
fn duplicate_names() -> Local {
    let seed = json!({"projects": [
        {"name": "Shop: north", "clusters": [{"name": "main"}, {"name": "dev-1"}]},
        {"name": "Shop: south", "clusters": [{"name": "main"}, {"name": "dev-2"}]},
    ]});
    let seed = Seed::from_json(seed.to_string().as_bytes()).unwrap();
    Local::with(Options::new().with_seed(seed).with_clock(Clock::frozen()))
}

fn message_and_hint(error: &Error) -> String {
    format!("{error}; {}", error.hint().unwrap_or_default())
}

#[tokio::test]
async fn find_project_accepts_a_name_or_an_id() {
    let local = Local::demo();
    let (id, name) = local.simulator.projects()[1].clone();

    let by_name = local.atlas.find_project(&name).await.unwrap();
    let by_id = local.atlas.find_project(&id).await.unwrap();

    assert_eq!(by_name.id().as_str(), id);
    assert_eq!(by_id.name(), name);
}

#[tokio::test]
async fn find_project_finds_a_name_in_the_form_of_an_id() {
    let name = "5a0a1e7e0f2912c554080adc";
    let seed = json!({"projects": [{"name": name}]}).to_string();
    let seed = Seed::from_json(seed.as_bytes()).unwrap();
    let local = Local::with(Options::new().with_seed(seed).with_clock(Clock::frozen()));

    assert_eq!(local.atlas.find_project(name).await.unwrap().name(), name);
}

#[tokio::test]
async fn not_found_error_suggests_existing_names() {
    let local = Local::demo();
    let atlas = &local.atlas;

    let similar = atlas.find_project("storefrnt").await.unwrap_err();
    let different = atlas.find_project("xyz").await.unwrap_err();
    let anywhere = atlas.find_cluster("shop-stagin").await.unwrap_err();
    let cluster_in_project = atlas
        .find_cluster("Storefront:shop-stagin")
        .await
        .unwrap_err();
    let empty = atlas.find_cluster("Empty Lot:main").await.unwrap_err();

    let cases = [
        (
            similar,
            "project `storefrnt` not found; did you mean `Storefront`?",
        ),
        (
            different,
            "project `xyz` not found; existing names: `Storefront`, `Café Zürich`",
        ),
        (
            anywhere,
            "cluster `shop-stagin` not found; did you mean `shop-staging`",
        ),
        (
            cluster_in_project,
            "cluster `shop-stagin` not found in project `Storefront`; did you mean `shop-staging`",
        ),
        (
            empty,
            "cluster `main` not found in project `Empty Lot`; the credentials see no cluster",
        ),
    ];
    for (error, expected) in cases {
        assert!(error.is_not_found());
        assert!(
            message_and_hint(&error).starts_with(expected),
            "{}",
            message_and_hint(&error)
        );
    }
}

#[tokio::test]
async fn ambiguous_name_lists_candidates() {
    let local = duplicate_names();
    let projects = local.simulator.projects();
    let organization = local.organization().get().await.unwrap();
    let organization = organization.name();

    let error = local.atlas.find_cluster("main").await.unwrap_err();

    assert!(error.is_invalid_input());
    let candidates: Vec<_> = projects
        .iter()
        .map(|(id, name)| format!("`{id}:main` (organization `{organization}`, project `{name}`)"))
        .collect();
    let expected = format!(
        "more than one cluster is called `main`: {}; add the project: PROJECT:NAME",
        candidates.join(", ")
    );
    assert_eq!(message_and_hint(&error), expected);
    for (id, name) in &projects {
        for project in [id, name] {
            let result = local.atlas.find_cluster(&format!("{project}:main")).await;
            assert_eq!(
                result.unwrap().project_id().as_str(),
                id,
                "the last colon separates project and name"
            );
        }
    }
}

#[tokio::test]
async fn find_cluster_searches_all_projects() {
    let local = duplicate_names();

    for name in ["dev-2", ":dev-2"] {
        let cluster = local.atlas.find_cluster(name).await.unwrap();
        assert_eq!(
            cluster.project_id().as_str(),
            local.simulator.projects()[1].0
        );
    }
    let error = local.atlas.find_cluster("Shop: north:").await.unwrap_err();
    assert_eq!(error.to_string(), "`Shop: north:` has no cluster name");
}

#[tokio::test]
async fn find_clusters_matches_patterns_and_tags() {
    let local = Local::demo();
    let tag = json!({"tags": [{"key": "env", "value": "dev"}]});
    let reservations = local.atlas.find_cluster("reservations").await.unwrap();
    reservations.handle().update(&tag).await.unwrap();
    let names = async |filter: &str| {
        let filter: Filter = filter.parse().unwrap();
        let clusters = local.atlas.find_clusters(&filter).await.unwrap();
        clusters
            .iter()
            .map(|cluster| cluster.name().to_owned())
            .collect::<Vec<_>>()
    };

    assert_eq!(names("trial-*").await, ["trial-a", "trial-b"]);
    assert_eq!(names("env=d*").await, ["reservations"]);
    assert_eq!(names("nothing-*").await, [""; 0]);
    let tagged = "environment=production".parse().unwrap();
    let projects = local.atlas.find_projects(&tagged).await.unwrap();
    assert_eq!(projects.len(), 1);
    assert_eq!(projects[0].name(), "Storefront");
}

#[test]
fn blocking_find_equals_the_async_one() {
    let local = duplicate_names();
    let atlas = builder(&local.simulator).build_blocking().unwrap();

    let project = atlas.find_project("Shop: south").unwrap();
    let cluster = atlas.find_cluster("dev-2").unwrap();

    assert_eq!(cluster.project_id(), project.id());
    assert!(!cluster.handle().is_paused().unwrap());
    assert_eq!(
        atlas
            .find_projects(&"Shop*".parse().unwrap())
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        atlas.find_clusters(&Filter::named("main")).unwrap().len(),
        2
    );
}
