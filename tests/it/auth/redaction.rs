//! Redaction of the secrets of credentials in `Debug` output.

use std::fmt::Debug;

use mongodbatlas::api::SecretText;
use mongodbatlas::{AccessToken, ApiKey, Credentials, OrganizationRole, ServiceAccount};
use serde_json::json;

use crate::support::{Local, builder_with};

const CLIENT_ID: &str = "mdb_sa_id_0123456789abcdef01234567";

/// Asserts that the `Debug` output of a value contains no part of a secret.
fn assert_redacted(value: &dyn Debug, secret: &str) {
    let debug_output = format!("{value:?} {value:#?}");
    let (start, end) = (&secret[..8], &secret[secret.len() - 8..]);
    assert!(
        !debug_output.contains(start) && !debug_output.contains(end),
        "{debug_output}"
    );
}

/// Returns the part of a client secret that `maskedSecretValue` omits.
#[cfg(feature = "facade")]
fn unmasked(secret: &str) -> &str {
    let secret = secret.trim_start_matches("mdb_sa_sk_");
    &secret[..secret.len() - 4]
}

#[test]
fn debug_output_of_credentials_is_redacted() {
    let secret = "QXZQ7ac3d6b1-52f0-QZXQ";
    let key = ApiKey::new("zmmrboas", secret).unwrap();
    let all: [Credentials; 3] = [
        key.clone().into(),
        ServiceAccount::new(CLIENT_ID, secret).unwrap().into(),
        AccessToken::new(secret).unwrap().into(),
    ];

    for credentials in all {
        let builder = || builder_with(&[]).with_credentials(credentials.clone());
        let atlas = builder().build().unwrap();
        let blocking = builder().build_blocking().unwrap();
        let values: [&dyn Debug; 4] = [&credentials, &builder(), &atlas, &blocking];
        for value in values {
            assert_redacted(value, secret);
            assert!(format!("{value:?}").contains("[REDACTED]"), "{value:?}");
        }
    }
    assert_redacted(&key, secret);
    assert_redacted(&SecretText::from(secret), secret);
}

#[tokio::test]
async fn debug_output_of_issued_credentials_is_redacted() {
    let local = Local::demo();
    let organization = local.organization();

    let key = organization
        .create_api_key("job", &[OrganizationRole::Member])
        .await
        .unwrap();
    let secret = key.private_key().unwrap().expose().to_owned();
    assert_redacted(&key, &secret);
    assert_redacted(key.as_api(), &secret);
    assert_redacted(&key.document(), &secret);
    assert_redacted(&key.credentials(), &secret);

    let document = json!({"name": "Second", "apiKey": {"desc": "job", "roles": ["ORG_OWNER"]}});
    let created = local.atlas.create_organization(&document).await.unwrap();
    let document = created.document().to_value();
    let secret = document["apiKey"]["privateKey"].as_str().unwrap();
    assert_redacted(&created, secret);
    assert_redacted(&created.api_key(), secret);
}

#[cfg(feature = "facade")]
#[tokio::test]
async fn debug_output_of_issued_service_accounts_is_redacted() {
    let document = json!({
        "name": "job", "description": "nightly", "roles": ["ORG_OWNER"], "secretExpiresAfterHours": 24,
    });
    let local = Local::demo();
    let account = local
        .organization()
        .create_service_account(&document)
        .await
        .unwrap();

    let secret = account.as_api().secrets.as_ref().unwrap()[0]
        .secret
        .as_ref();
    let secret = secret.unwrap().expose().to_owned();
    assert_redacted(&account, secret.trim_start_matches("mdb_sa_sk_"));
    assert_redacted(
        &account.credentials(),
        secret.trim_start_matches("mdb_sa_sk_"),
    );
    let lifetime = jiff::SignedDuration::from_hours(48);
    let added = account.handle().create_secret(lifetime).await.unwrap();
    let secret = added.secret().unwrap().expose();
    assert_redacted(&added, unmasked(secret));
}
