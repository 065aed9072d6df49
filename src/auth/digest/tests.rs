//! The examples of the RFCs, and the states without a network.

mod nonce_reuse;
mod servers;

use digest_auth::{AuthContext, AuthorizationHeader};
use http::HeaderValue;
use http::header::WWW_AUTHENTICATE;
use reqwest::Method;

use super::*;

fn new_digest() -> Digest {
    Digest::new(ApiKey::new("Mufasa", "secret").unwrap())
}

fn new_request() -> Request {
    Request::new(
        Method::GET,
        "http://localhost/dir/index.html?b=1&a=%20".parse().unwrap(),
    )
}

fn challenge(text: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(text).unwrap());
    headers
}

/// Passes a 401 to the authenticator and returns the next attempt with its signature.
async fn reject(
    digest: &Digest,
    attempt: DigestAttempt,
    text: &str,
) -> Option<(DigestAttempt, String)> {
    let mut retry = new_request();
    let next = digest
        .handle_response(
            attempt,
            StatusCode::UNAUTHORIZED,
            &challenge(text),
            Some(&mut retry),
        )
        .await
        .unwrap()?;
    let signature = retry
        .headers()
        .get(AUTHORIZATION)
        .map_or("", |value| value.to_str().unwrap());
    Some((next, signature.to_owned()))
}

/// Passes a success to the authenticator.
async fn accept(digest: &Digest, attempt: DigestAttempt) {
    let next = digest
        .handle_response(attempt, StatusCode::OK, &HeaderMap::new(), None)
        .await
        .unwrap();
    assert!(next.is_none());
}

/// Creates an authenticator whose key was accepted once, with the nonce 1.
async fn proven_digest() -> Digest {
    let digest = new_digest();
    let (first, _) = authorize(&digest).await;
    let (first, _) = reject(&digest, first, "Digest realm=r, nonce=1, qop=auth")
        .await
        .unwrap();
    accept(&digest, first).await;
    digest
}

fn read_signature(request: &Request) -> String {
    request.headers()[AUTHORIZATION]
        .to_str()
        .unwrap()
        .to_owned()
}

async fn authorize(digest: &Digest) -> (DigestAttempt, Request) {
    let mut request = new_request();
    (digest.authorize(&mut request).await.unwrap(), request)
}

/// RFC 7616, section 3.9.1.
fn rfc_response(algorithm: &str) -> String {
    let headers = challenge(&format!(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
         opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
    ));
    let mut context = AuthContext::new("Mufasa", "Circle of Life", "/dir/index.html");
    context.set_custom_cnonce("f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

    select_challenge(&headers)
        .unwrap()
        .respond(&context)
        .unwrap()
        .response
}

#[test]
fn matches_md5_example_of_rfc_7616() {
    assert_eq!(rfc_response("MD5"), "8ca523f5e9506fed4657c9700eebdbec");
}

#[test]
fn matches_sha_256_example_of_rfc_7616() {
    assert_eq!(
        rfc_response("SHA-256"),
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    );
}

/// RFC 2617, section 3.5, and the same without a qop as in RFC 2069.
#[test]
fn matches_examples_of_rfc_2617_and_rfc_2069() {
    for (qop, response) in [
        (
            ", qop=\"auth,auth-int\"",
            "6629fae49393a05397450978507c4ef1",
        ),
        ("", "670fd8c2df070c60b045671b8b24ff02"),
    ] {
        let headers = challenge(&format!(
            "Digest realm=\"testrealm@host.com\"{qop}, \
             nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", \
             opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""
        ));
        let mut context = AuthContext::new("Mufasa", "Circle Of Life", "/dir/index.html");
        context.set_custom_cnonce("0a4f113b");

        let response_header = select_challenge(&headers)
            .unwrap()
            .respond(&context)
            .unwrap();

        assert_eq!(response_header.response, response);
        let header = response_header.to_string();
        assert_eq!(header.contains("nc=00000001"), !qop.is_empty());
        assert_eq!(header.contains("cnonce"), !qop.is_empty());
    }
}

#[tokio::test]
async fn signs_path_and_query_in_sensitive_header() {
    let digest = new_digest();
    let (first, unsigned) = authorize(&digest).await;
    assert!(unsigned.headers().get(AUTHORIZATION).is_none());
    let (first, _) = reject(&digest, first, "Digest realm=r, nonce=n, qop=auth")
        .await
        .unwrap();
    accept(&digest, first).await;

    let (_, signed) = authorize(&digest).await;

    let signature = read_signature(&signed);
    assert!(
        signature.contains("uri=\"/dir/index.html?b=1&a=%20\""),
        "{signature}"
    );
    assert!(signature.contains("nc=00000002"), "{signature}");
    assert!(signed.headers()[AUTHORIZATION].is_sensitive());
    assert!(!format!("{signed:?}").contains("response"));
}

#[tokio::test]
async fn auth_int_covers_empty_body() {
    let digest = new_digest();
    let (first, _) = authorize(&digest).await;

    let (_, signature) = reject(&digest, first, "Digest realm=r, nonce=n, qop=auth-int")
        .await
        .unwrap();

    assert!(signature.contains("qop=auth-int"), "{signature}");
}

#[tokio::test]
async fn session_keeps_client_nonce() {
    let digest = new_digest();
    let (first, _) = authorize(&digest).await;
    let header = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256-sess";
    let (first, before) = reject(&digest, first, header).await.unwrap();
    accept(&digest, first).await;

    let (_, signed) = authorize(&digest).await;

    let part = |header: &str| AuthorizationHeader::parse(header).unwrap().cnonce;
    assert_eq!(part(&read_signature(&signed)), part(&before));
    assert_ne!(AuthorizationHeader::parse(&before).unwrap().nc, 2);
}

#[tokio::test]
async fn rejected_signature_is_not_repeated() {
    let digest = new_digest();
    let (first, _) = authorize(&digest).await;
    let (first, _) = reject(&digest, first, "Digest realm=r, nonce=1, qop=auth")
        .await
        .unwrap();

    assert!(
        reject(&digest, first, "Digest realm=r, nonce=1, qop=auth")
            .await
            .is_none()
    );
    let (second, _) = authorize(&digest).await;
    assert!(
        reject(&digest, second, "Digest realm=r, nonce=1, qop=auth")
            .await
            .is_none()
    );
}

#[tokio::test]
async fn retries_rejected_nonce_count_with_the_next() {
    let digest = proven_digest().await;
    let (second, _) = authorize(&digest).await;

    let (_, third) = reject(
        &digest,
        second,
        "Digest realm=r, nonce=1, qop=auth, stale=true",
    )
    .await
    .unwrap();

    assert!(third.contains("nc=00000003"), "{third}");
}

#[tokio::test]
async fn late_challenge_does_not_replace_newer_one() {
    let digest = proven_digest().await;
    let (early, _) = authorize(&digest).await;
    let (late, _) = authorize(&digest).await;

    let (_, early) = reject(
        &digest,
        early,
        "Digest realm=r, nonce=2, qop=auth, stale=true",
    )
    .await
    .unwrap();
    let (_, late) = reject(
        &digest,
        late,
        "Digest realm=r, nonce=3, qop=auth, stale=true",
    )
    .await
    .unwrap();

    assert!(
        early.contains("nonce=\"2\"") && early.contains("nc=00000001"),
        "{early}"
    );
    assert!(
        late.contains("nonce=\"2\"") && late.contains("nc=00000002"),
        "{late}"
    );
}

#[tokio::test]
async fn returns_401_without_digest_challenge() {
    let digest = proven_digest().await;
    let (second, _) = authorize(&digest).await;

    assert!(reject(&digest, second, "Basic realm=r").await.is_none());
}

#[tokio::test]
async fn returns_401_for_missing_permission() {
    let digest = proven_digest().await;
    let (second, _) = authorize(&digest).await;
    let mut headers = challenge("Digest realm=r, nonce=2, qop=auth");
    headers.insert(
        "x-error-code",
        HeaderValue::from_static("USER_CANNOT_ACCESS_GROUP"),
    );

    let next = digest
        .handle_response(
            second,
            StatusCode::UNAUTHORIZED,
            &headers,
            Some(&mut new_request()),
        )
        .await;

    assert!(next.unwrap().is_none());
}

#[test]
fn debug_output_omits_the_private_key() {
    let digest = Digest::new(ApiKey::new("zmmrboas", "7ac3d6b1-52f0").unwrap());

    assert_eq!(
        format!("{digest:?}"),
        r#"Digest { key: ApiKey { public_key: "zmmrboas", private_key: [REDACTED] }, .. }"#
    );
}
