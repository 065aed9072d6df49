//! API keys, async and blocking.

use mongodbatlas::{OrganizationRole, ProjectRole};
use serde_json::json;

use crate::support::{Local, builder};

#[tokio::test]
async fn creates_uses_updates_and_deletes_organization_key() {
    let local = Local::demo();
    let organization = local.organization();

    let created = organization
        .create_api_key("nightly job", &[OrganizationRole::Owner])
        .await
        .unwrap();
    let credentials = created.credentials().expect("the private key");
    let other_client = builder(&local.simulator).with_api_key(credentials).build();
    let organization_of_key = other_client.unwrap().this_organization().await.unwrap();
    let handle = created.handle();
    let weekly = json!({"desc": "weekly job"});
    let updated = handle.update(&weekly).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = organization.api_keys().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(
        organization_of_key.id().as_str(),
        local.simulator.organization_id()
    );
    assert_eq!(updated.description(), "weekly job");
    assert!(created.roles().any(|role| role.name == "ORG_OWNER"));
    assert!(
        fetched.credentials().is_none(),
        "only the creation returns the private key"
    );
    assert!(listed.iter().any(|key| key.id() == created.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn private_key_is_in_document_but_not_in_debug_output() {
    let local = Local::demo();
    let organization = local.organization();

    let key = organization
        .create_api_key("secret", &[OrganizationRole::Member])
        .await
        .unwrap();
    let private = key.private_key().expect("the private key").expose();

    assert!(!format!("{key:?}").contains(private));
    assert!(!format!("{:?}", key.credentials()).contains(private));
    assert_eq!(key.document().to_value()["privateKey"], private);
}

#[tokio::test]
async fn lists_adds_and_removes_allowed_addresses() {
    let local = Local::demo();
    let organization = local.organization();
    let key = organization
        .create_api_key("addresses", &[OrganizationRole::Member])
        .await
        .unwrap();
    let key = key.handle();

    key.allow_address("198.51.100.7").await.unwrap();
    key.allow_address("203.0.113.0/24").await.unwrap();
    let addresses = key.addresses().collect().await.unwrap();
    key.forbid_address("198.51.100.7").await.unwrap();

    assert_eq!(addresses.len(), 2);
    assert!(
        addresses
            .iter()
            .any(|address| address.cidr_block() == Some("203.0.113.0/24"))
    );
    assert_eq!(key.addresses().collect().await.unwrap().len(), 1);
}

#[tokio::test]
async fn assigns_key_to_project_and_removes_it() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let key = organization
        .create_api_key("assigned", &[OrganizationRole::Member])
        .await
        .unwrap();

    let project_key = project.api_key(key.id());
    project_key.assign(&[ProjectRole::ReadOnly]).await.unwrap();
    let updated = project_key
        .update(&json!({"roles": ["GROUP_OWNER"]}))
        .await
        .unwrap();
    let new_key = project
        .create_api_key("new", &[ProjectRole::ReadOnly])
        .await
        .unwrap();
    let listed = project.api_keys().collect().await.unwrap();
    project_key.remove().await.unwrap();

    let project_id = local.first_project();
    let owner = |role: &mongodbatlas::KeyRole| {
        role.name == "GROUP_OWNER" && role.project_id.as_ref() == Some(&project_id)
    };
    assert!(updated.roles().any(|role| owner(&role)), "{updated:?}");
    assert!(new_key.credentials().is_some());
    assert!(listed.iter().any(|listed| listed.id() == key.id()));
    let remaining = project.api_keys().collect().await.unwrap();
    assert!(remaining.iter().all(|listed| listed.id() != key.id()));
}

#[test]
fn blocking_manages_organization_and_project_keys() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    let created = organization
        .create_api_key("job", &[OrganizationRole::Member])
        .unwrap();
    let key = created.handle();
    key.update(&json!({"desc": "weekly job"})).unwrap();
    key.allow_address("198.51.100.7").unwrap();
    let addresses = key.addresses().count();
    key.forbid_address("198.51.100.7").unwrap();
    let project_key = project.api_key(created.id());
    project_key.assign(&[ProjectRole::ReadOnly]).unwrap();
    project_key
        .update(&json!({"roles": ["GROUP_OWNER"]}))
        .unwrap();
    let project_keys = project.api_keys().count();
    project_key.remove().unwrap();
    let new_key = project
        .create_api_key("new", &[ProjectRole::ReadOnly])
        .unwrap();

    assert_eq!(key.get().unwrap().description(), "weekly job");
    assert_eq!(addresses, 1);
    assert_eq!(
        project.api_keys().count(),
        project_keys,
        "one key removed, one key created"
    );
    assert!(
        new_key
            .handle()
            .update(&json!({"roles": ["GROUP_OWNER"]}))
            .is_ok()
    );
    let keys = organization.api_keys().count();
    key.delete().unwrap();
    assert_eq!(organization.api_keys().count(), keys - 1);
}
