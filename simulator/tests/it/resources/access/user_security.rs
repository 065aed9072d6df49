//! How database users sign in: certificates and LDAP.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST};

#[tokio::test]
async fn a_certificate_is_handed_out_once_and_listed_without_its_key() {
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
    let made = atlas.call(Method::POST, &path, LATEST, Some(body)).await;
    let listed = atlas.get(&path).await;

    assert_eq!(made.status, 201);
    assert!(made.text.starts_with("-----BEGIN CERTIFICATE-----"));
    assert_eq!(listed.field("/totalCount"), 1);
    let certificate = listed.field("/results/0");
    assert!(certificate["_id"].is_u64());
    assert_eq!(certificate["subject"], "CN=app");
    assert_eq!(certificate["notAfter"], "2026-10-01T08:00:00Z");
    assert!(!listed.text.contains("BEGIN"));
}

#[tokio::test]
async fn settings_of_ldap_are_verified_after_the_answer() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let path = format!("{group}/userSecurity/ldap/verify");
    let body = json!({
        "bindPassword": "secret", "bindUsername": "CN=a,DC=example,DC=com",
        "hostname": "ldap.example.com", "port": 636,
    });

    let asked = atlas.post(&path, body).await;
    let id = asked.field("/requestId");
    let one = format!("{path}/{}", id.as_str().unwrap());
    let pending = atlas.get(&one).await;
    atlas.simulator.advance(Duration::from_secs(10));
    let over = atlas.get(&one).await;

    assert_eq!(asked.field("/status"), "PENDING");
    assert_eq!(asked.field("/request/port"), 636);
    assert_eq!(pending.json(), asked.json());
    assert_eq!(over.field("/status"), "SUCCESS");
    let first = json!({ "status": "OK", "validationType": "CONNECT" });
    assert_eq!(over.field("/validations/0"), first);
    assert!(!over.text.contains("secret"));
}
