//! Organizations, async and blocking.

use serde_json::{Value, json};

use crate::support::{Local, builder};

fn second() -> Value {
    json!({
        "name": "Second Meadow",
        "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
    })
}

#[tokio::test]
async fn an_organization_is_created_used_with_its_own_key_and_deleted() {
    let local = Local::demo();

    let created = local.atlas.create_organization(&second()).await.unwrap();
    let key = created.api_key().expect("the key that was asked for");
    let own = builder(&local.simulator).with_api_key(key).build().unwrap();
    let seen = own.this_organization().await.unwrap();
    let organization = seen.handle();
    let project = organization.create_project("First").await.unwrap();
    let refused = organization.delete().await.unwrap_err();
    project.handle().delete().await.unwrap();
    organization.delete().await.unwrap();

    assert_eq!(created.organization().id(), seen.id());
    assert_eq!(created.organization().name(), "Second Meadow");
    assert!(created.service_account().is_none(), "none was asked for");
    assert!(refused.is_conflict(), "{refused}");
    assert!(organization.get().await.is_err());
}

#[tokio::test]
async fn the_first_service_account_comes_with_its_secret() {
    let local = Local::demo();
    let document = json!({
        "name": "Third Meadow",
        "serviceAccount": {
            "name": "first", "description": "manages", "roles": ["ORG_OWNER"],
            "secretExpiresAfterHours": 24,
        },
    });

    let created = local.atlas.create_organization(&document).await.unwrap();
    let account = created.service_account().expect("the one asked for");
    let own = builder(&local.simulator).with_credentials(account);
    let own = own.without_token_cache().build().unwrap();
    let seen = own.this_organization().await.unwrap();

    assert_eq!(seen.name(), "Third Meadow");
    assert!(created.api_key().is_none());
}

#[tokio::test]
async fn the_first_keys_private_half_is_shown_nowhere() {
    let local = Local::demo();

    let created = local.atlas.create_organization(&second()).await.unwrap();

    let document = created.document().to_value();
    let private = document["apiKey"]["privateKey"].as_str().expect("a secret");
    assert!(!format!("{created:?}").contains(private));
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let atlas = local.blocking();

    let created = atlas.create_organization(&second()).unwrap();
    let key = created.api_key().expect("the key that was asked for");
    let own = builder(&local.simulator).with_api_key(key);
    let own = own.build_blocking().unwrap();
    let organization = own.organization(created.organization().id());

    assert_eq!(organization.get().unwrap().name(), "Second Meadow");
    organization.delete().unwrap();
    assert!(organization.get().is_err());
}
