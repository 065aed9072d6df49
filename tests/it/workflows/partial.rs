//! Searches and inventories in which some projects or organizations cannot be listed.

use atlas_simulator::Fault;
use mongodbatlas::{Error, Failure, Filter, blocking};

use crate::support::Local;

/// Responses to a list that Atlas rejects: status, code and expected text.
const REJECTION_CODES: [(u16, &str); 4] = [
    (401, "USER_UNAUTHORIZED"),
    (403, "USER_CANNOT_ACCESS_GROUP"),
    (404, "NOT_ATLAS_GROUP"),
    (500, "UNEXPECTED_ERROR"),
];

/// Starts a demo simulator that rejects all lists of these projects.
fn rejecting(status: u16, code: &str, projects: &[&str]) -> Local {
    let mut local = Local::demo();
    let builder = crate::support::builder(&local.simulator);
    local.atlas = builder.without_retries().build().unwrap();
    for (id, name) in local.simulator.projects() {
        if projects.contains(&name.as_str()) {
            let body = format!(
                r#"{{"error": {status}, "errorCode": "{code}", "detail": "No.", "parameters": []}}"#
            );
            let fault = Fault::answer(status, "application/json", body)
                .for_path(format!("/api/atlas/v2/groups/{id}/"))
                .when_authorized();
            local.simulator.inject(fault.always());
        }
    }
    local
}

fn owners(failures: &[Failure]) -> Vec<&str> {
    let mut owners: Vec<_> = failures.iter().map(Failure::owner_name).collect();
    owners.dedup();
    owners
}

fn assert_not_found_in(error: &Error, expected: &str) {
    assert!(error.is_not_found(), "{error}");
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn inventory_lists_the_other_projects_of_each_rejected_one() {
    for (status, code) in REJECTION_CODES {
        let local = rejecting(status, code, &["Storefront", "night-batch"]);

        let tree = local.atlas.inventory().tree().await.unwrap();

        assert_eq!(tree.projects().count(), 8, "{code}");
        assert_eq!(tree.clusters().count(), 16 - 3 - 3, "{code}");
        assert_eq!(tree.flex_clusters().count(), 3, "{code}");
        let failures: Vec<&Failure> = tree.failures().collect();
        assert_eq!(failures.len(), 4, "two lists of two projects");
        for failure in failures {
            assert!(["Storefront", "night-batch"].contains(&failure.owner_name()));
            assert_eq!(failure.error().error_code(), Some(code));
            assert!(failure.to_string().contains(code), "{failure}");
        }
    }
}

#[tokio::test]
async fn failure_of_a_missing_role_names_the_role_and_the_project() {
    let local = rejecting(403, "USER_CANNOT_ACCESS_GROUP", &["Sandbox"]);

    let tree = local.atlas.inventory().tree().await.unwrap();

    let failure = tree.failures().next().unwrap();
    assert_eq!(failure.missing_roles(), ["Project Read Only"]);
    assert_eq!(failure.owner_name(), "Sandbox");
}

#[tokio::test]
async fn failure_of_the_server_has_no_missing_role() {
    let local = rejecting(500, "UNEXPECTED_ERROR", &["Sandbox"]);

    let tree = local.atlas.inventory().tree().await.unwrap();

    assert!(tree.failures().next().unwrap().missing_roles().is_empty());
}

#[tokio::test]
async fn find_cluster_returns_the_cluster_with_the_failures() {
    for (status, code) in REJECTION_CODES {
        let local = rejecting(status, code, &["Café Zürich", "Sandbox"]);

        let result = local.atlas.find_cluster("telemetry").await.unwrap();

        assert_eq!(result.name(), "telemetry", "{code}");
        assert_eq!(owners(result.failures()), ["Café Zürich", "Sandbox"]);
        assert_eq!(result.into_inner().name(), "telemetry");
    }
}

#[tokio::test]
async fn find_cluster_without_failures_returns_none() {
    let local = Local::demo();

    let result = local.atlas.find_cluster("telemetry").await.unwrap();

    assert!(result.failures().is_empty());
}

#[tokio::test]
async fn not_found_error_counts_the_projects_that_could_not_be_searched() {
    let local = rejecting(403, "USER_CANNOT_ACCESS_GROUP", &["Café Zürich", "Sandbox"]);

    let several = local.atlas.find_cluster("reservations").await.unwrap_err();

    assert_not_found_in(
        &several,
        "cluster `reservations` not found; 2 projects could not be searched: `Café Zürich`, `Sandbox`",
    );
    let hint = several.hint().unwrap();
    assert!(hint.contains("`Café Zürich`: "), "{hint}");
    let local = rejecting(500, "UNEXPECTED_ERROR", &["Sandbox"]);
    let one = local.atlas.find_flex_cluster("scratch").await.unwrap_err();
    assert_not_found_in(&one, "; 1 project could not be searched: `Sandbox`");
    assert!(std::error::Error::source(&one).is_some());
}

#[tokio::test]
async fn find_clusters_returns_matches_with_the_failures() {
    let local = rejecting(404, "NOT_ATLAS_GROUP", &["Field Trials (2026)"]);
    let every: Filter = "*".parse().unwrap();

    let result = local.atlas.find_clusters(&every).await.unwrap();
    let flex = local.atlas.find_flex_clusters(&every).await.unwrap();

    assert_eq!((result.len(), flex.len()), (14, 3));
    assert_eq!(owners(result.failures()), ["Field Trials (2026)"]);
    assert_eq!(owners(flex.failures()), ["Field Trials (2026)"]);
    assert_eq!(result.into_iter().count(), 14);
}

#[test]
fn blocking_searches_return_the_failures() {
    let local = rejecting(401, "USER_UNAUTHORIZED", &["Storefront"]);
    let atlas: blocking::Atlas = local.blocking();

    let result = atlas.find_cluster("warehouse").unwrap();
    let error = atlas.find_cluster("shop-reports").unwrap_err();
    let tree = atlas.inventory().tree().unwrap();

    assert_eq!(owners(result.failures()), ["Storefront"]);
    assert!(!result.is_paused());
    assert_not_found_in(&error, "1 project could not be searched: `Storefront`");
    assert_eq!(tree.failures().count(), 2);
}
