//! Access lists of projects and API keys.

use reqwest::Method;
use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn ipv6_addresses_and_blocks_are_accepted() {
    let atlas = Atlas::demo().await;
    let list = format!(
        "/api/atlas/v2/groups/{}/accessList",
        atlas.project("Sandbox")
    );

    let block = atlas
        .post(&list, json!([{ "cidrBlock": "2001:db8::/32" }]))
        .await;
    let address = atlas
        .post(&list, json!([{ "ipAddress": "2001:db8::7" }]))
        .await;
    let entry = atlas.get(&format!("{list}/2001:db8::%2F32")).await;
    let invalid = atlas
        .post(&list, json!([{ "cidrBlock": "2001:db8::/129" }]))
        .await;

    assert_eq!((block.status, address.status), (201, 201));
    assert_eq!(entry.field("/cidrBlock"), "2001:db8::/32");
    invalid.assert_error(400, "INVALID_ATTRIBUTE");
}

#[tokio::test]
async fn deletion_dates_are_at_most_a_week_ahead() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let list = format!("/api/atlas/v2/groups/{project}/accessList");
    let entry = |date: &str| json!([{ "ipAddress": "203.0.113.7", "deleteAfterDate": date }]);

    let date = atlas.post(&list, entry("2026-09-05")).await;
    let late = atlas.post(&list, entry("2026-09-30T00:00:00Z")).await;
    let past = atlas.post(&list, entry("2026-08-01T00:00:00Z")).await;

    assert_eq!(date.status, 201, "{date:?}");
    assert_eq!(
        late.assert_error(400, "EXPIRATION_DATE_EXCEEDS_MAX"),
        "The specified expiration date can be at most 7 days in the future."
    );
    assert_eq!(
        past.assert_error(400, "EXPIRATION_DATE_IN_PAST"),
        "The specified expiration date must be in the future."
    );
}

#[tokio::test]
async fn unknown_entry_has_a_specific_code() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let list = format!("/api/atlas/v2/groups/{project}/accessList");

    let missing = atlas.get(&format!("{list}/203.0.113.9")).await;

    assert_eq!(
        missing.assert_error(404, "ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND"),
        format!("IP Address 203.0.113.9 not on Atlas access list for group {project}.")
    );
}

#[tokio::test]
async fn configured_key_is_listed_and_keeps_its_own_address() {
    let atlas = Atlas::demo().await;
    let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());
    let keys = format!("{organization}/apiKeys");

    let listed = atlas.get(&keys).await;
    let key = listed.field("/results/0");
    let list = format!("{keys}/{}/accessList", key["id"].as_str().unwrap());
    let key_details = atlas
        .get(&format!("{keys}/{}", key["id"].as_str().unwrap()))
        .await;
    atlas
        .post(&list, json!([{ "ipAddress": "127.0.0.1" }]))
        .await;
    let rejected = atlas.delete(&format!("{list}/127.0.0.1")).await;
    let accounts = atlas.get(&format!("{organization}/serviceAccounts")).await;

    assert_eq!(key["publicKey"], atlas.simulator.public_key());
    assert_eq!(key_details.json(), key);
    assert!(!key_details.text.contains(atlas.simulator.private_key()));
    rejected.assert_error(400, "CANNOT_REMOVE_CALLER_FROM_WHITELIST");
    assert_eq!(accounts.field("/totalCount"), 1);
    let status = atlas
        .call(Method::GET, &keys, crate::support::LATEST, None)
        .await;
    assert_eq!(status.status, 200);
}
