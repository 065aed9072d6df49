//! Organizations and projects.

use mongodbatlas::ProjectId;
use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn finds_and_fetches_organization_of_key() {
    let local = Local::demo();

    let this = local.atlas.this_organization().await.unwrap();
    let fetched = this.handle().get().await.unwrap();
    let listed = local.atlas.organizations().collect().await.unwrap();

    assert_eq!(this.id().as_str(), local.simulator.organization_id());
    assert_eq!(fetched.name(), this.name());
    assert_eq!(listed.len(), 1);
    assert!(!this.is_deleted());
}

#[tokio::test]
async fn lists_projects_with_exact_names() {
    let local = Local::demo();

    let projects = local.atlas.projects().collect().await.unwrap();

    let names: Vec<_> = projects.iter().map(|project| project.name()).collect();
    assert!(names.iter().any(|name| name.contains(' ')), "{names:?}");
    assert!(names.iter().any(|name| !name.is_ascii()), "{names:?}");
    assert!(projects.iter().all(|project| project.created().is_some()));
    assert!(
        projects
            .iter()
            .any(|project| project.cluster_count() == Some(0))
    );
    let organization = local.simulator.organization_id().parse().ok();
    assert!(
        projects
            .iter()
            .all(|project| project.organization_id() == organization)
    );
}

#[tokio::test]
async fn project_ids_lists_ids_of_projects() {
    let local = Local::demo();

    let ids = local.atlas.project_ids().collect().await.unwrap();

    let expected: Vec<ProjectId> = local
        .simulator
        .projects()
        .iter()
        .map(|(id, _)| id.parse().unwrap())
        .collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn creates_fetches_and_deletes_project() {
    let local = Local::demo();
    let organization = local.atlas.this_organization().await.unwrap();

    let created = organization
        .handle()
        .create_project("Größe & Maß")
        .await
        .unwrap();
    let fetched = local.atlas.project(created.id()).get().await.unwrap();
    assert_eq!(fetched.name(), "Größe & Maß");
    created.handle().delete().await.unwrap();

    let error = created.handle().get().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    organization.handle().create_project("Twice").await.unwrap();
    let error = organization
        .handle()
        .create_project("Twice")
        .await
        .unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!(error.error_code(), Some("GROUP_ALREADY_EXISTS"));
}

#[tokio::test]
async fn delete_fails_if_project_has_clusters() {
    let local = Local::sized(1, 1);

    let error = local
        .atlas
        .project(&local.first_project())
        .delete()
        .await
        .unwrap_err();

    assert!(error.is_conflict(), "{error}");
    assert!(error.hint().is_some());
}

#[tokio::test]
async fn renames_project_and_lists_it() {
    let local = Local::demo();
    let organization = local.organization();
    let project = organization
        .create_project("Before")
        .await
        .unwrap()
        .handle();

    let renamed = project.update(&json!({"name": "After"})).await.unwrap();
    let listed = organization.projects().collect().await.unwrap();

    assert_eq!(renamed.name(), "After");
    assert!(listed.iter().any(|project| project.name() == "After"));
}

#[test]
fn blocking_renames_project_and_lists_it() {
    let local = Local::demo();
    let organization = local.blocking().organization(&local.organization_id());
    let project = organization.create_project("Before").unwrap().handle();

    assert_eq!(
        project.update(&json!({"name": "After"})).unwrap().name(),
        "After"
    );
    assert!(
        organization
            .projects()
            .any(|project| project.unwrap().name() == "After")
    );
}
