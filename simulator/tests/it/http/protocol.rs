//! Headers, digest parameters, access lists and rate limits.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST, Response, authorization, nonce_of};

const ORGS: &str = "/api/atlas/v2/orgs";

async fn get_with(atlas: &Atlas, path: &str, authorization: Option<&str>) -> Response {
    let response = atlas.send(Method::GET, path, LATEST, None, authorization);
    response.await.unwrap()
}

/// An API key of the organization.
struct Key {
    id: String,
    public: String,
    private: String,
}

async fn create_key(atlas: &Atlas, role: &str) -> Key {
    let keys = format!("{ORGS}/{}/apiKeys", atlas.simulator.organization_id());
    let body = json!({ "desc": "ci", "roles": [role] });
    let created = atlas.post(&keys, body).await;
    let string_at = |field: &str| created.field(field).as_str().unwrap().to_owned();
    Key {
        id: string_at("/id"),
        public: string_at("/publicKey"),
        private: string_at("/privateKey"),
    }
}

fn is_stale(response: &Response) -> bool {
    assert_eq!(response.status, 401);
    response.header("www-authenticate").ends_with("stale=true")
}

#[tokio::test]
async fn challenges_invalid_digest_parameters() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let valid = atlas.authorization(&nonce, 1, &Method::GET, ORGS);

    for (from, to) in [
        ("nc=00000001", "nc=00000000"),
        ("nc=00000001", "nc=1"),
        ("nc=00000001, ", ""),
        ("MMS Public API", "Another API"),
        ("qop=\"auth\", ", ""),
        ("qop=\"auth\"", "qop=\"auth-int\""),
        ("algorithm=\"MD5\"", "algorithm=\"SHA-256\""),
        ("username=\"", "username=\"x"),
        ("cnonce=\"0a4f113b\"", "cnonce=\"0a4f113c\""),
    ] {
        let invalid = valid.replace(from, to);
        assert_ne!(invalid, valid, "{from}");
        assert!(
            !is_stale(&get_with(&atlas, ORGS, Some(&invalid)).await),
            "{to}"
        );
    }
    assert_eq!(get_with(&atlas, ORGS, Some(&valid)).await.status, 200);
}

#[tokio::test]
async fn unknown_nonce_is_stale() {
    let atlas = Atlas::demo().await;
    let nonce = "abcdefghijklmnopqrstuvwxyz012345";

    let header = atlas.authorization(nonce, 1, &Method::GET, ORGS);

    assert!(is_stale(&get_with(&atlas, ORGS, Some(&header)).await));
}

#[tokio::test]
async fn accepts_parameters_in_any_order_and_unknown_ones() {
    let atlas = Atlas::demo().await;
    let header = atlas.authorization(&atlas.nonce().await, 1, &Method::GET, ORGS);
    let parameters = header.strip_prefix("Digest ").unwrap();

    let mut parameters: Vec<_> = parameters.split(", ").collect();
    parameters.reverse();
    parameters.push("opaque=\"\"");
    let reordered = format!("digest {}", parameters.join(", "));

    assert_eq!(get_with(&atlas, ORGS, Some(&reordered)).await.status, 200);
}

#[tokio::test]
async fn every_path_requires_authentication() {
    let atlas = Atlas::demo().await;
    let mut nonces = Vec::new();

    for path in [ORGS, "/api/atlas/v1.0/groups", "/api/atlas/v2/nowhere", "/"] {
        let response = get_with(&atlas, path, None).await;
        assert!(!is_stale(&response), "{path}");
        assert!(response.text.starts_with("{\"error\" : 401, "), "{path}");
        assert_eq!(response.header("x-error-code"), "");
        assert_eq!(response.header("x-java-method"), "");
        nonces.push(nonce_of(response.header("www-authenticate")));
    }
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'+';
    let are_base64 = nonces
        .iter()
        .all(|nonce| nonce.len() == 32 && nonce.bytes().all(is_base64));
    assert!(are_base64, "{nonces:?}");
    nonces.dedup();
    assert_eq!(nonces.len(), 4);
}

#[tokio::test]
async fn responses_have_the_headers_of_atlas() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Café Zürich");

    let existing = atlas.get(&format!("{clusters}/reservations")).await;
    let missing = atlas.get(&format!("{clusters}/none")).await;
    let deleted = atlas.delete(&format!("{clusters}/none")).await;

    let media_type = "application/vnd.atlas.2024-08-05+json;charset=utf-8";
    assert_eq!(existing.header("content-type"), media_type);
    assert_eq!(existing.header("x-error-code"), "");
    for response in [&existing, &missing, &deleted] {
        for (name, value) in [
            ("server", "mdbws"),
            ("x-frame-options", "DENY"),
            (
                "strict-transport-security",
                "max-age=31536000; includeSubdomains;",
            ),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("x-content-type-options", "nosniff"),
            ("x-permitted-cross-domain-policies", "none"),
            ("ratelimit-limit", "10000"),
        ] {
            assert_eq!(response.header(name), value, "{name}");
        }
        assert_ne!(response.header("ratelimit-remaining"), "");
        assert_ne!(response.header("x-envoy-upstream-service-time"), "");
        assert_eq!(response.header("retry-after"), "");
    }
    missing.assert_error(404, "CLUSTER_NOT_FOUND");
    assert_eq!(missing.header("vary"), "Accept-Encoding");
    assert_eq!(deleted.header("vary"), "");
}

#[tokio::test]
async fn created_team_has_a_location_header() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let body = json!({ "name": "crew", "usernames": ["simulator@example.com"] });

    let created = atlas
        .post(&format!("{ORGS}/{organization}/teams"), body)
        .await;

    let id = created.field("/id");
    let path = format!("/orgs/{organization}/teams/{}", id.as_str().unwrap());
    assert_eq!(created.status, 201);
    assert_eq!(
        created.header("location"),
        format!("{}{path}", atlas.simulator.base_url())
    );
}

#[tokio::test]
async fn organization_can_require_access_lists() {
    let atlas = Atlas::demo().await;
    let organization = format!("{ORGS}/{}", atlas.simulator.organization_id());
    let key = create_key(&atlas, "ORG_OWNER").await;
    let keys = (key.public.as_str(), key.private.as_str());
    let required = json!({ "apiAccessListRequired": true });
    let entry = json!([{ "cidrBlock": "127.0.0.1/32" }]);

    let before = atlas.call_with(keys, Method::GET, ORGS, None).await;
    atlas
        .patch(&format!("{organization}/settings"), required)
        .await;
    let without = atlas.call_with(keys, Method::GET, ORGS, None).await;
    let list = format!("{organization}/apiKeys/{}/accessList", key.id);
    atlas.post(&list, entry).await;
    let with = atlas.call_with(keys, Method::GET, ORGS, None).await;

    assert_eq!(
        without.assert_error(403, "ORG_REQUIRES_ACCESS_LIST"),
        "This organization requires access through an access list of ip ranges."
    );
    assert_eq!(without.field("/parameters"), json!(["127.0.0.1"]));
    assert_eq!((before.status, with.status), (200, 200));
}

#[tokio::test]
async fn malformed_id_is_checked_before_roles() {
    let atlas = Atlas::demo().await;
    let key = create_key(&atlas, "ORG_MEMBER").await;
    let keys = (key.public.as_str(), key.private.as_str());
    let get = async |path: &str| atlas.call_with(keys, Method::GET, path, None).await;

    let malformed = get("/api/atlas/v2/groups/xyz/clusters").await;
    let unknown = get("/api/atlas/v2/groups/0123456789abcdef01234567/clusters").await;
    let malformed_organization = get(&format!("{ORGS}/xyz/groups")).await;

    assert_eq!(
        malformed.assert_error(404, "INVALID_GROUP_ID"),
        "An invalid group ID xyz was specified."
    );
    assert_eq!(
        unknown.assert_error(401, "NOT_IN_GROUP"),
        "The current user is not in the group, or the group does not exist."
    );
    malformed_organization.assert_error(404, "INVALID_ORG_ID");
}

#[tokio::test]
async fn empty_bucket_rejects_requests_of_its_scope() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let (sandbox, storefront) = (atlas.project("Sandbox"), atlas.project("Storefront"));
    let path = |project: &str| format!("/api/atlas/v2/groups/{project}/processes");
    let mut count = 0;
    let mut get = async |path: &str| {
        count += 1;
        let header = atlas.authorization(&nonce, count, &Method::GET, path);
        get_with(&atlas, path, Some(&header)).await
    };

    let first = get(&path(&sandbox)).await;
    let capacity: u32 = first.header("ratelimit-limit").parse().unwrap();
    for expected in (0..capacity - 1).rev() {
        let remaining = get(&path(&sandbox)).await;
        // The bucket does not refill while the clock is frozen.
        assert_eq!(
            remaining.header("ratelimit-remaining"),
            expected.to_string()
        );
    }
    let rejected = get(&path(&sandbox)).await;
    let other_project = get(&path(&storefront)).await;
    let clusters = get(&atlas.clusters("Sandbox")).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let full = get(&path(&sandbox)).await;

    let name = format!("api/atlas/v2/groups/{sandbox}/processes");
    let expected = json!({
        "detail": format!(
            "Rate limit exceeded for {name}. Please retry after 1 seconds. Request capacity: \
             {capacity}. Refill rate: {capacity} per 60 seconds."
        ),
        "error": 429,
        "errorCode": "RATE_LIMITED_TOKEN_BUCKET",
        "parameters": [name, 1, capacity, capacity, 60],
        "reason": "Too Many Requests",
    });
    assert_eq!(capacity, 300);
    assert_eq!((rejected.status, rejected.json()), (429, expected));
    assert_eq!(rejected.header("retry-after"), "1");
    assert_eq!(rejected.header("x-error-code"), "RATE_LIMITED_TOKEN_BUCKET");
    assert_eq!(
        (other_project.status, clusters.status, full.status),
        (200, 200, 200)
    );
    assert_eq!(full.header("ratelimit-remaining"), "299");
}

#[tokio::test]
async fn unauthenticated_request_takes_no_token_from_a_bucket() {
    let atlas = Atlas::demo().await;
    let remaining = async || {
        atlas
            .get(ORGS)
            .await
            .header("ratelimit-remaining")
            .to_owned()
    };

    let before = remaining().await;
    let keys = (atlas.simulator.public_key(), "guess");
    let guess = authorization(keys, &atlas.nonce().await, 1, &Method::GET, ORGS);
    get_with(&atlas, ORGS, Some(&guess)).await;
    get_with(&atlas, ORGS, None).await;

    assert_eq!(
        (before.as_str(), remaining().await.as_str()),
        ("299", "298")
    );
}
