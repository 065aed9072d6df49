//! Service accounts, async and blocking.

use jiff::SignedDuration;
use mongodbatlas::{OrganizationRole, ProjectRole};
use serde_json::{Value, json};

use crate::support::{Local, builder};

fn organization_account() -> Value {
    json!({
        "name": "nightly job", "description": "counts clusters",
        "roles": ["ORG_OWNER"], "secretExpiresAfterHours": 24,
    })
}

fn project_account() -> Value {
    json!({
        "name": "project job", "description": "counts clusters",
        "roles": ["GROUP_READ_ONLY"], "secretExpiresAfterHours": 24,
    })
}

#[tokio::test]
async fn creates_uses_updates_and_deletes_account() {
    let local = Local::demo();
    let organization = local.organization();

    let created = organization
        .create_service_account(&organization_account())
        .await
        .unwrap();
    let credentials = created.credentials().expect("a secret");
    let other_client = builder(&local.simulator)
        .with_credentials(credentials)
        .without_token_cache()
        .build()
        .unwrap();
    let organization_of_account = other_client.this_organization().await.unwrap();
    let handle = created.handle();
    let renamed = json!({"name": "weekly job"});
    let updated = handle.update(&renamed).await.unwrap();
    let listed = organization.service_accounts().collect().await.unwrap();
    let fetched = handle.get().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(organization_of_account.id(), &local.organization_id());
    assert_eq!(updated.name(), "weekly job");
    assert_eq!(created.roles(), [OrganizationRole::Owner]);
    assert!(
        fetched.credentials().is_none(),
        "only the creation returns the secret"
    );
    assert!(created.created().is_some());
    let ids: Vec<_> = listed.iter().map(|account| account.client_id()).collect();
    assert!(ids.contains(&created.client_id()), "{ids:?}");
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn adds_and_deletes_secrets_and_omits_them_in_debug_output() {
    let local = Local::demo();
    let organization = local.organization();
    let account = organization
        .create_service_account(&organization_account())
        .await
        .unwrap();
    let first_secret = account.as_api().secrets.as_ref().unwrap()[0].clone();

    let second_secret = account
        .handle()
        .create_secret(SignedDuration::from_hours(48))
        .await
        .unwrap();
    let secret = second_secret.secret().expect("a secret").expose();
    account
        .handle()
        .delete_secret(&first_secret.id.unwrap())
        .await
        .unwrap();

    assert!(!format!("{second_secret:?}{account:?}").contains(secret));
    assert_eq!(second_secret.document().to_value()["secret"], secret);
    assert!(second_secret.expires() > second_secret.created());
    let remaining = account.handle().get().await.unwrap();
    assert_eq!(remaining.as_api().secrets.as_ref().map(Vec::len), Some(1));
}

#[tokio::test]
async fn assigns_account_to_project_and_removes_it() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let account = organization
        .create_service_account(&organization_account())
        .await
        .unwrap();

    let project_access = project.service_account(account.client_id());
    let assigned = project_access
        .assign(&[ProjectRole::ReadOnly])
        .await
        .unwrap();
    let fetched = project_access.get().await.unwrap();
    let owner = json!({"roles": ["GROUP_OWNER"]});
    let updated = project_access.update(&owner).await.unwrap();
    let created = project
        .create_service_account(&project_account())
        .await
        .unwrap();
    let listed = project.service_accounts().collect().await.unwrap();
    let projects = account.handle().projects().collect().await.unwrap();
    project_access.remove().await.unwrap();

    assert_eq!(assigned.roles(), [ProjectRole::ReadOnly]);
    assert_eq!(fetched.client_id(), account.client_id());
    assert_eq!(updated.roles(), [ProjectRole::Owner]);
    assert!(created.credentials().is_some());
    assert!(listed.len() >= 2, "{listed:?}");
    let ids: Vec<_> = projects
        .iter()
        .filter_map(mongodbatlas::ServiceAccountProject::project_id)
        .collect();
    assert!(ids.contains(&local.first_project()), "{ids:?}");
    assert!(project_access.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn project_account_has_secrets_and_addresses() {
    let local = Local::demo();
    let project = local.project();
    let created = project
        .create_service_account(&project_account())
        .await
        .unwrap();
    let first_secret = created.as_api().secrets.as_ref().unwrap()[0].clone();
    let handle = created.handle();

    let second_secret = handle
        .create_secret(SignedDuration::from_hours(48))
        .await
        .unwrap();
    handle
        .delete_secret(&first_secret.id.unwrap())
        .await
        .unwrap();
    handle.allow_address("198.51.100.0/24").await.unwrap();
    let addresses = handle.addresses().collect().await.unwrap();
    handle.forbid_address("198.51.100.0/24").await.unwrap();

    let secret = second_secret.secret().expect("a secret").expose();
    assert!(!format!("{second_secret:?}{created:?}").contains(secret));
    let remaining = handle.get().await.unwrap();
    assert_eq!(remaining.as_api().secrets.as_ref().map(Vec::len), Some(1));
    assert_eq!(addresses.len(), 1);
    assert_eq!(addresses[0].cidr_block(), Some("198.51.100.0/24"));
    assert_eq!(handle.addresses().collect().await.unwrap().len(), 0);
}

#[test]
fn blocking_manages_organization_and_project_accounts() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    let account = organization
        .create_service_account(&organization_account())
        .unwrap();
    let handle = account.handle();
    handle.update(&json!({"name": "weekly job"})).unwrap();
    let secret = handle
        .create_secret(SignedDuration::from_hours(24))
        .unwrap();
    handle.delete_secret(secret.id()).unwrap();
    handle.allow_address("198.51.100.7").unwrap();
    let addresses: Vec<_> = handle.addresses().map(Result::unwrap).collect();
    handle.forbid_address("198.51.100.7").unwrap();
    let project_access = project.service_account(account.client_id());
    project_access.assign(&[ProjectRole::ReadOnly]).unwrap();
    project_access
        .update(&json!({"roles": ["GROUP_OWNER"]}))
        .unwrap();

    assert_eq!(handle.get().unwrap().name(), "weekly job");
    assert_eq!(addresses.len(), 1, "{addresses:?}");
    assert_eq!(handle.addresses().count(), 0);
    assert_eq!(project_access.get().unwrap().roles(), [ProjectRole::Owner]);
    assert_eq!(handle.projects().count(), 1);
    project_access.remove().unwrap();
    let created = project.create_service_account(&project_account()).unwrap();
    let created_handle = created.handle();
    let secret = created_handle
        .create_secret(SignedDuration::from_hours(24))
        .unwrap();
    created_handle.delete_secret(secret.id()).unwrap();
    created_handle.allow_address("198.51.100.7").unwrap();
    assert_eq!(created_handle.addresses().count(), 1);
    created_handle.forbid_address("198.51.100.7").unwrap();
    assert!(
        project
            .service_accounts()
            .any(|account| account.unwrap().name() == created.name())
    );
    let accounts = organization.service_accounts().count();
    handle.delete().unwrap();
    assert_eq!(organization.service_accounts().count(), accounts - 1);
}

#[tokio::test]
async fn lifetime_of_partial_hours_is_rejected() {
    let local = Local::demo();
    let organization = local.organization();
    let account = organization.service_account("mdb_sa_id_64f1b2c3d4e5f60718293a4b");

    let error = account.create_secret(SignedDuration::from_mins(90)).await;

    let error = error.unwrap_err();
    assert!(error.is_invalid_input() && error.hint().is_some());
    assert!(local.simulator.requests().is_empty());
}
