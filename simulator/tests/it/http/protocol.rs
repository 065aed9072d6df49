//! What surrounds every answer: the digest's finer points, headers, access lists and rate limits.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Atlas, LATEST, authorization, nonce_of};

const ORGS: &str = "/api/atlas/v2/orgs";

async fn ask(atlas: &Atlas, path: &str, authorization: Option<&str>) -> Answer {
    let asked = atlas.send(Method::GET, path, LATEST, None, authorization);
    asked.await.unwrap()
}

/// An API key of the organization.
struct Key {
    id: String,
    public: String,
    private: String,
}

async fn key(atlas: &Atlas, role: &str) -> Key {
    let keys = format!("{ORGS}/{}/apiKeys", atlas.simulator.organization_id());
    let body = json!({ "desc": "ci", "roles": [role] });
    let created = atlas.post(&keys, body).await;
    let text = |field: &str| created.field(field).as_str().unwrap().to_owned();
    Key {
        id: text("/id"),
        public: text("/publicKey"),
        private: text("/privateKey"),
    }
}

fn is_stale(answer: &Answer) -> bool {
    assert_eq!(answer.status, 401);
    answer.header("www-authenticate").ends_with("stale=true")
}

#[tokio::test]
async fn an_answer_that_is_no_digest_of_this_service_is_challenged_anew() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let right = atlas.answer_to(&nonce, 1, &Method::GET, ORGS);

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
        let wrong = right.replace(from, to);
        assert_ne!(wrong, right, "{from}");
        assert!(!is_stale(&ask(&atlas, ORGS, Some(&wrong)).await), "{to}");
    }
    assert_eq!(ask(&atlas, ORGS, Some(&right)).await.status, 200);
}

#[tokio::test]
async fn a_nonce_that_nobody_issued_is_stale_and_no_error() {
    let atlas = Atlas::demo().await;
    let own = "abcdefghijklmnopqrstuvwxyz012345";

    let answer = atlas.answer_to(own, 1, &Method::GET, ORGS);

    assert!(is_stale(&ask(&atlas, ORGS, Some(&answer)).await));
}

#[tokio::test]
async fn parameters_come_in_any_order_and_unknown_ones_are_no_matter() {
    let atlas = Atlas::demo().await;
    let right = atlas.answer_to(&atlas.nonce().await, 1, &Method::GET, ORGS);
    let parameters = right.strip_prefix("Digest ").unwrap();

    let mut parameters: Vec<_> = parameters.split(", ").collect();
    parameters.reverse();
    parameters.push("opaque=\"\"");
    let turned = format!("digest {}", parameters.join(", "));

    assert_eq!(ask(&atlas, ORGS, Some(&turned)).await.status, 200);
}

#[tokio::test]
async fn the_same_challenge_guards_every_path() {
    let atlas = Atlas::demo().await;
    let mut nonces = Vec::new();

    for path in [ORGS, "/api/atlas/v1.0/groups", "/api/atlas/v2/nowhere", "/"] {
        let answer = ask(&atlas, path, None).await;
        assert!(!is_stale(&answer), "{path}");
        assert!(answer.text.starts_with("{\"error\" : 401, "), "{path}");
        assert_eq!(answer.header("x-error-code"), "");
        assert_eq!(answer.header("x-java-method"), "");
        nonces.push(nonce_of(answer.header("www-authenticate")));
    }
    let is_base64 = |it: u8| it.is_ascii_alphanumeric() || it == b'/' || it == b'+';
    let are_base64 = nonces
        .iter()
        .all(|it| it.len() == 32 && it.bytes().all(is_base64));
    assert!(are_base64, "{nonces:?}");
    nonces.dedup();
    assert_eq!(nonces.len(), 4);
}

#[tokio::test]
async fn successes_and_errors_carry_the_headers_of_the_service() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Café Zürich");

    let found = atlas.get(&format!("{clusters}/reservations")).await;
    let missing = atlas.get(&format!("{clusters}/none")).await;
    let kept = atlas.delete(&format!("{clusters}/none")).await;

    let media_type = "application/vnd.atlas.2024-08-05+json;charset=utf-8";
    assert_eq!(found.header("content-type"), media_type);
    assert_eq!(found.header("x-error-code"), "");
    for answer in [&found, &missing, &kept] {
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
            assert_eq!(answer.header(name), value, "{name}");
        }
        assert_ne!(answer.header("ratelimit-remaining"), "");
        assert_ne!(answer.header("x-envoy-upstream-service-time"), "");
        assert_eq!(answer.header("retry-after"), "");
    }
    missing.refused(404, "CLUSTER_NOT_FOUND");
    assert_eq!(missing.header("vary"), "Accept-Encoding");
    assert_eq!(kept.header("vary"), "");
}

#[tokio::test]
async fn a_created_team_says_where_it_is() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let body = json!({ "name": "crew", "usernames": ["simulator@example.com"] });

    let created = atlas
        .post(&format!("{ORGS}/{organization}/teams"), body)
        .await;

    let id = created.field("/id");
    let place = format!("/orgs/{organization}/teams/{}", id.as_str().unwrap());
    assert_eq!(created.status, 201);
    assert_eq!(
        created.header("location"),
        format!("{}{place}", atlas.simulator.base_url())
    );
}

#[tokio::test]
async fn an_organization_can_ask_for_access_lists() {
    let atlas = Atlas::demo().await;
    let organization = format!("{ORGS}/{}", atlas.simulator.organization_id());
    let key = key(&atlas, "ORG_OWNER").await;
    let keys = (key.public.as_str(), key.private.as_str());
    let required = json!({ "apiAccessListRequired": true });
    let own = json!([{ "cidrBlock": "127.0.0.1/32" }]);

    let before = atlas.call_with(keys, Method::GET, ORGS, None).await;
    atlas
        .patch(&format!("{organization}/settings"), required)
        .await;
    let without = atlas.call_with(keys, Method::GET, ORGS, None).await;
    let list = format!("{organization}/apiKeys/{}/accessList", key.id);
    atlas.post(&list, own).await;
    let with = atlas.call_with(keys, Method::GET, ORGS, None).await;

    assert_eq!(
        without.refused(403, "ORG_REQUIRES_WHITELIST"),
        "This organization requires access through a whitelist of ip ranges."
    );
    assert_eq!((before.status, with.status), (200, 200));
}

#[tokio::test]
async fn what_is_no_id_is_refused_as_that_whoever_asks() {
    let atlas = Atlas::demo().await;
    let key = key(&atlas, "ORG_MEMBER").await;
    let keys = (key.public.as_str(), key.private.as_str());
    let ask = async |path: &str| atlas.call_with(keys, Method::GET, path, None).await;

    let malformed = ask("/api/atlas/v2/groups/xyz/clusters").await;
    let of_nobody = ask("/api/atlas/v2/groups/0123456789abcdef01234567/clusters").await;
    let no_organization = ask(&format!("{ORGS}/xyz/groups")).await;

    assert_eq!(
        malformed.refused(404, "INVALID_GROUP_ID"),
        "An invalid group ID xyz was specified."
    );
    assert_eq!(
        of_nobody.refused(401, "NOT_IN_GROUP"),
        "The current user is not in the group, or the group does not exist."
    );
    no_organization.refused(404, "INVALID_ORG_ID");
}

#[tokio::test]
async fn an_empty_bucket_is_refused_in_full_and_others_are_not_touched() {
    let atlas = Atlas::demo().await;
    let nonce = atlas.nonce().await;
    let (one, other) = (atlas.project("Sandbox"), atlas.project("Storefront"));
    let path = |project: &str| format!("/api/atlas/v2/groups/{project}/processes");
    let mut count = 0;
    let mut ask = async |path: &str| {
        count += 1;
        let header = atlas.answer_to(&nonce, count, &Method::GET, path);
        self::ask(&atlas, path, Some(&header)).await
    };

    let first = ask(&path(&one)).await;
    let capacity: u32 = first.header("ratelimit-limit").parse().unwrap();
    for left in (0..capacity - 1).rev() {
        let remaining = ask(&path(&one)).await;
        // The clock stands still, so nothing is filled up meanwhile.
        assert_eq!(remaining.header("ratelimit-remaining"), left.to_string());
    }
    let refused = ask(&path(&one)).await;
    let elsewhere = ask(&path(&other)).await;
    let clusters = ask(&atlas.clusters("Sandbox")).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let full = ask(&path(&one)).await;

    let name = format!("api/atlas/v2/groups/{one}/processes");
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
    assert_eq!((refused.status, refused.json()), (429, expected));
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("x-error-code"), "RATE_LIMITED_TOKEN_BUCKET");
    assert_eq!(
        (elsewhere.status, clusters.status, full.status),
        (200, 200, 200)
    );
    assert_eq!(full.header("ratelimit-remaining"), "299");
}

#[tokio::test]
async fn a_request_without_the_right_credentials_takes_no_token_of_a_bucket() {
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
    ask(&atlas, ORGS, Some(&guess)).await;
    ask(&atlas, ORGS, None).await;

    assert_eq!(
        (before.as_str(), remaining().await.as_str()),
        ("299", "298")
    );
}
