//! Organizations, async and blocking.

use serde_json::{Value, json};

use crate::support::{Local, builder};

fn second_meadow() -> Value {
    json!({
        "name": "Second Meadow",
        "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
    })
}

#[tokio::test]
async fn creates_uses_and_deletes_organization() {
    let local = Local::demo();

    let created = local
        .atlas
        .create_organization(&second_meadow())
        .await
        .unwrap();
    let key = created.api_key().expect("the requested key");
    let client = builder(&local.simulator).with_api_key(key).build().unwrap();
    let visible = client.this_organization().await.unwrap();
    let organization = visible.handle();
    let project = organization.create_project("First").await.unwrap();
    let error = organization.delete().await.unwrap_err();
    project.handle().delete().await.unwrap();
    organization.delete().await.unwrap();

    assert_eq!(created.organization().id(), visible.id());
    assert_eq!(created.organization().name(), "Second Meadow");
    assert!(created.service_account().is_none());
    assert!(error.is_conflict(), "{error}");
    assert!(organization.get().await.is_err());
}

#[tokio::test]
async fn created_service_account_has_secret() {
    let local = Local::demo();
    let document = json!({
        "name": "Third Meadow",
        "serviceAccount": {
            "name": "first", "description": "manages", "roles": ["ORG_OWNER"],
            "secretExpiresAfterHours": 24,
        },
    });

    let created = local.atlas.create_organization(&document).await.unwrap();
    let account = created.service_account().expect("the requested account");
    let client = builder(&local.simulator).with_credentials(account);
    let client = client.without_token_cache().build().unwrap();
    let visible = client.this_organization().await.unwrap();

    assert_eq!(visible.name(), "Third Meadow");
    assert!(created.api_key().is_none());
}

#[tokio::test]
async fn created_private_key_is_not_in_debug_output() {
    let local = Local::demo();

    let created = local
        .atlas
        .create_organization(&second_meadow())
        .await
        .unwrap();

    let document = created.document().to_value();
    let private = document["apiKey"]["privateKey"].as_str().expect("a secret");
    assert!(!format!("{created:?}").contains(private));
}

#[test]
fn blocking_creates_and_deletes_organization() {
    let local = Local::demo();
    let atlas = local.blocking();

    let created = atlas.create_organization(&second_meadow()).unwrap();
    let key = created.api_key().expect("the requested key");
    let client = builder(&local.simulator).with_api_key(key);
    let client = client.build_blocking().unwrap();
    let organization = client.organization(created.organization().id());

    assert_eq!(organization.get().unwrap().name(), "Second Meadow");
    organization.delete().unwrap();
    assert!(organization.get().is_err());
}
