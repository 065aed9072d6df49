//! Service accounts, async and blocking.

use serde_json::{Value, json};

use crate::support::{Local, builder};

fn job() -> Value {
    json!({
        "name": "nightly job", "description": "counts clusters",
        "roles": ["ORG_OWNER"], "secretExpiresAfterHours": 24,
    })
}

fn project_job() -> Value {
    json!({
        "name": "project job", "description": "counts clusters",
        "roles": ["GROUP_READ_ONLY"], "secretExpiresAfterHours": 24,
    })
}

#[tokio::test]
async fn a_service_account_is_created_used_changed_and_deleted() {
    let local = Local::demo();
    let organization = local.organization();

    let created = organization.create_service_account(&job()).await.unwrap();
    let credentials = created.credentials().expect("a secret");
    let other = builder(&local.simulator)
        .with_credentials(credentials)
        .without_token_cache()
        .build()
        .unwrap();
    let seen = other.this_organization().await.unwrap();
    let handle = created.handle();
    let renamed = json!({"name": "weekly job"});
    let changed = handle.update(&renamed).await.unwrap();
    let listed = organization.service_accounts().collect().await.unwrap();
    let fetched = handle.get().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(seen.id(), &local.organization_id());
    assert_eq!(changed.name(), "weekly job");
    assert_eq!(created.roles(), ["ORG_OWNER"]);
    assert!(fetched.credentials().is_none(), "a secret comes once");
    assert!(created.created().is_some());
    let ids: Vec<_> = listed.iter().map(|account| account.client_id()).collect();
    assert!(ids.contains(&created.client_id()), "{ids:?}");
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn secrets_are_added_and_deleted_and_shown_nowhere() {
    let local = Local::demo();
    let organization = local.organization();
    let account = organization.create_service_account(&job()).await.unwrap();
    let first = account.as_api().secrets.as_ref().unwrap()[0].clone();

    let second = account.handle().create_secret(48).await.unwrap();
    let text = second.secret().expect("a secret").expose();
    account
        .handle()
        .delete_secret(&first.id.unwrap())
        .await
        .unwrap();

    assert!(!format!("{second:?}{account:?}").contains(text));
    assert_eq!(second.document().to_value()["secret"], text);
    assert!(second.expires() > second.created());
    let left = account.handle().get().await.unwrap();
    assert_eq!(left.as_api().secrets.as_ref().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_account_gets_and_loses_access_to_a_project() {
    let local = Local::demo();
    let organization = local.organization();
    let project = local.project();
    let account = organization.create_service_account(&job()).await.unwrap();

    let lent = project.service_account(account.client_id());
    let assigned = lent.assign(&["GROUP_READ_ONLY"]).await.unwrap();
    let fetched = lent.get().await.unwrap();
    let owner = json!({"roles": ["GROUP_OWNER"]});
    let changed = lent.update(&owner).await.unwrap();
    let own = project
        .create_service_account(&project_job())
        .await
        .unwrap();
    let listed = project.service_accounts().collect().await.unwrap();
    let projects = account.handle().projects().collect().await.unwrap();
    lent.remove().await.unwrap();

    assert_eq!(assigned.roles(), ["GROUP_READ_ONLY"]);
    assert_eq!(fetched.client_id(), account.client_id());
    assert_eq!(changed.roles(), ["GROUP_OWNER"]);
    assert!(own.credentials().is_some());
    assert!(listed.len() >= 2, "{listed:?}");
    let ids: Vec<_> = projects
        .iter()
        .filter_map(mongodbatlas::ServiceAccountProject::project_id)
        .collect();
    assert!(ids.contains(&local.first_project()), "{ids:?}");
    assert!(lent.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_projects_own_account_has_secrets_and_addresses() {
    let local = Local::demo();
    let project = local.project();
    let own = project
        .create_service_account(&project_job())
        .await
        .unwrap();
    let first = own.as_api().secrets.as_ref().unwrap()[0].clone();
    let handle = own.handle();

    let second = handle.create_secret(48).await.unwrap();
    handle.delete_secret(&first.id.unwrap()).await.unwrap();
    handle.allow_address("198.51.100.0/24").await.unwrap();
    let addresses = handle.addresses().collect().await.unwrap();
    handle.forbid_address("198.51.100.0/24").await.unwrap();

    let text = second.secret().expect("a secret").expose();
    assert!(!format!("{second:?}{own:?}").contains(text));
    let left = handle.get().await.unwrap();
    assert_eq!(left.as_api().secrets.as_ref().map(Vec::len), Some(1));
    assert_eq!(addresses.len(), 1);
    assert_eq!(addresses[0].cidr_block(), Some("198.51.100.0/24"));
    assert_eq!(handle.addresses().collect().await.unwrap().len(), 0);
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let atlas = local.blocking();
    let organization = atlas.organization(&local.organization_id());
    let project = atlas.project(&local.first_project());

    let account = organization.create_service_account(&job()).unwrap();
    let handle = account.handle();
    handle.update(&json!({"name": "weekly job"})).unwrap();
    let secret = handle.create_secret(24).unwrap();
    handle.delete_secret(secret.id()).unwrap();
    handle.allow_address("198.51.100.7").unwrap();
    let addresses: Vec<_> = handle.addresses().map(Result::unwrap).collect();
    handle.forbid_address("198.51.100.7").unwrap();
    let lent = project.service_account(account.client_id());
    lent.assign(&["GROUP_READ_ONLY"]).unwrap();
    lent.update(&json!({"roles": ["GROUP_OWNER"]})).unwrap();

    assert_eq!(handle.get().unwrap().name(), "weekly job");
    assert_eq!(addresses.len(), 1, "{addresses:?}");
    assert_eq!(handle.addresses().count(), 0);
    assert_eq!(lent.get().unwrap().roles(), ["GROUP_OWNER"]);
    assert_eq!(handle.projects().count(), 1);
    lent.remove().unwrap();
    let own = project.create_service_account(&project_job()).unwrap();
    let of_own = own.handle();
    let secret = of_own.create_secret(24).unwrap();
    of_own.delete_secret(secret.id()).unwrap();
    of_own.allow_address("198.51.100.7").unwrap();
    assert_eq!(of_own.addresses().count(), 1);
    of_own.forbid_address("198.51.100.7").unwrap();
    assert!(
        project
            .service_accounts()
            .any(|one| one.unwrap().name() == own.name())
    );
    let accounts = organization.service_accounts().count();
    handle.delete().unwrap();
    assert_eq!(organization.service_accounts().count(), accounts - 1);
}
