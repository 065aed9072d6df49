//! API keys, async and blocking.

use serde_json::json;

use crate::support::{Local, builder};

#[tokio::test]
async fn a_key_of_an_organization_is_created_used_and_deleted() {
    let local = Local::demo();
    let organization = local.organization();

    let created = organization
        .create_api_key("nightly job", &["ORG_OWNER"])
        .await
        .unwrap();
    let credentials = created.credentials().expect("the private half");
    let other = builder(&local.simulator).with_api_key(credentials).build();
    let seen = other.unwrap().this_organization().await.unwrap();
    let handle = created.handle();
    let weekly = json!({"desc": "weekly job"});
    let changed = handle.update(&weekly).await.unwrap();
    let fetched = handle.get().await.unwrap();
    let listed = organization.api_keys().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(seen.id().as_str(), local.simulator.organization_id());
    assert_eq!(changed.description(), "weekly job");
    assert!(created.roles().any(|role| role.name == "ORG_OWNER"));
    assert!(
        fetched.credentials().is_none(),
        "the private half comes once"
    );
    assert!(listed.iter().any(|key| key.id() == created.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn the_private_half_is_shown_nowhere_but_kept() {
    let local = Local::demo();
    let organization = local.organization();

    let key = organization
        .create_api_key("secret", &["ORG_MEMBER"])
        .await
        .unwrap();
    let private = key.private_key().expect("the private half").expose();

    assert!(!format!("{key:?}").contains(private));
    assert!(!format!("{:?}", key.credentials()).contains(private));
    assert_eq!(key.document().to_value()["privateKey"], private);
}

#[tokio::test]
async fn a_key_s_addresses_are_listed_added_and_removed() {
    let local = Local::demo();
    let organization = local.organization();
    let key = organization
        .create_api_key("addresses", &["ORG_MEMBER"])
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
            .any(|one| one.cidr_block() == Some("203.0.113.0/24"))
    );
    assert_eq!(key.addresses().collect().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_key_gets_and_loses_access_to_a_project() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let key = organization
        .create_api_key("borrowed", &["ORG_MEMBER"])
        .await
        .unwrap();

    let borrowed = project.api_key(key.id());
    borrowed.assign(&["GROUP_READ_ONLY"]).await.unwrap();
    let changed = borrowed
        .update(&json!({"roles": ["GROUP_OWNER"]}))
        .await
        .unwrap();
    let own = project
        .create_api_key("own", &["GROUP_READ_ONLY"])
        .await
        .unwrap();
    let listed = project.api_keys().collect().await.unwrap();
    borrowed.remove().await.unwrap();

    let project_id = local.first_project();
    let owner = |role: &mongodbatlas::KeyRole| {
        role.name == "GROUP_OWNER" && role.project_id.as_ref() == Some(&project_id)
    };
    assert!(changed.roles().any(|role| owner(&role)), "{changed:?}");
    assert!(own.credentials().is_some());
    assert!(listed.iter().any(|listed| listed.id() == key.id()));
    let left = project.api_keys().collect().await.unwrap();
    assert!(left.iter().all(|left| left.id() != key.id()));
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    let created = organization.create_api_key("job", &["ORG_MEMBER"]).unwrap();
    let key = created.handle();
    key.update(&json!({"desc": "weekly job"})).unwrap();
    key.allow_address("198.51.100.7").unwrap();
    let addresses = key.addresses().count();
    key.forbid_address("198.51.100.7").unwrap();
    let borrowed = project.api_key(created.id());
    borrowed.assign(&["GROUP_READ_ONLY"]).unwrap();
    borrowed.update(&json!({"roles": ["GROUP_OWNER"]})).unwrap();
    let in_project = project.api_keys().count();
    borrowed.remove().unwrap();
    let own = project.create_api_key("own", &["GROUP_READ_ONLY"]).unwrap();

    assert_eq!(key.get().unwrap().description(), "weekly job");
    assert_eq!(addresses, 1);
    assert_eq!(project.api_keys().count(), in_project, "one went, one came");
    assert!(
        own.handle()
            .update(&json!({"roles": ["GROUP_OWNER"]}))
            .is_ok()
    );
    let keys = organization.api_keys().count();
    key.delete().unwrap();
    assert_eq!(organization.api_keys().count(), keys - 1);
}
