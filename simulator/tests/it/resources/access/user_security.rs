//! X.509 certificates and LDAP settings.

use std::time::Duration;

use base64::Engine as _;
use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST};

#[tokio::test]
async fn certificate_is_listed_without_its_key() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let users = format!("{group}/databaseUsers");
    let body = json!({
        "databaseName": "$external", "username": "CN=app", "x509Type": "MANAGED",
        "roles": [{ "roleName": "read", "databaseName": "data" }],
    });
    atlas.post(&users, body).await;
    let path = format!("{users}/CN=app/certs");

    let body = json!({ "monthsUntilExpiration": 1 }).to_string();
    let created = atlas.call(Method::POST, &path, LATEST, Some(body)).await;
    let list = atlas.get(&path).await;

    assert_eq!(created.status, 201);
    assert!(created.text.starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(created.text.contains("-----BEGIN PRIVATE KEY-----"));
    let certificate = created.text.split("-----").nth(2).unwrap();
    let certificate = certificate.replace(char::is_whitespace, "");
    let der = base64::engine::general_purpose::STANDARD
        .decode(certificate)
        .unwrap();
    // A DER sequence with a length of two bytes that covers all other bytes.
    assert_eq!(der[..2], [0x30, 0x82]);
    assert_eq!(
        usize::from(u16::from_be_bytes([der[2], der[3]])),
        der.len() - 4
    );
    assert_eq!(list.field("/totalCount"), 1);
    let certificate = list.field("/results/0");
    assert!(certificate["_id"].is_u64());
    assert_eq!(certificate["subject"], "CN=app");
    assert_eq!(certificate["notAfter"], "2026-10-01T08:00:00Z");
    assert!(!list.text.contains("BEGIN"));
}

#[tokio::test]
async fn ldap_verification_completes_later() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let path = format!("{group}/userSecurity/ldap/verify");
    let body = json!({
        "bindPassword": "secret", "bindUsername": "CN=a,DC=example,DC=com",
        "hostname": "ldap.example.com", "port": 636,
    });

    let created = atlas.post(&path, body).await;
    let id = created.field("/requestId");
    let verification = format!("{path}/{}", id.as_str().unwrap());
    let pending = atlas.get(&verification).await;
    atlas.simulator.advance(Duration::from_secs(10));
    let completed = atlas.get(&verification).await;

    assert_eq!(created.field("/status"), "PENDING");
    assert_eq!(created.field("/request/port"), 636);
    assert_eq!(pending.json(), created.json());
    assert_eq!(completed.field("/status"), "SUCCESS");
    let first = json!({ "status": "OK", "validationType": "CONNECT" });
    assert_eq!(completed.field("/validations/0"), first);
    assert!(!completed.text.contains("secret"));
}

#[tokio::test]
async fn certificate_authorities_are_validated_and_removed() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let path = format!("{group}/userSecurity");
    let authorities = |pem: &str| json!({ "customerX509": { "cas": pem } });
    let content = base64::engine::general_purpose::STANDARD.encode([0x30, 2, 5, 0]);
    let pem = format!("-----BEGIN CERTIFICATE-----\n{content}\n-----END CERTIFICATE-----\n");

    let accepted = atlas.patch(&path, authorities(&pem)).await;
    let truncated = pem.replace(&content, "MIIB");
    for invalid in ["not a certificate", &truncated] {
        let rejected = atlas.patch(&path, authorities(invalid)).await;
        rejected.assert_error(400, "INVALID_ATTRIBUTE");
        assert_eq!(rejected.field("/parameters"), json!(["customerX509.cas"]));
    }
    let disabled = atlas.delete(&format!("{path}/customerX509")).await;
    let settings = atlas.get(&path).await;

    assert_eq!(accepted.field("/customerX509/cas"), pem);
    assert_eq!(disabled.status, 202);
    assert_eq!(settings.field("/customerX509"), json!({}));
}
