//! The arithmetic against the RFC's own examples, and the state without a network.

mod nonce_reuse;
mod servers;

use digest_auth::{AuthContext, AuthorizationHeader};
use http::HeaderValue;
use http::header::WWW_AUTHENTICATE;
use reqwest::Method;

use super::*;

fn digest() -> Digest {
    Digest::new(ApiKey::new("Mufasa", "secret").unwrap())
}

fn request() -> Request {
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

/// Hands a 401 back and says how the next try is signed, if there is one.
async fn refused(digest: &Digest, trial: Trial, text: &str) -> Option<(Trial, String)> {
    let mut again = request();
    let next = digest
        .answer(
            trial,
            StatusCode::UNAUTHORIZED,
            &challenge(text),
            Some(&mut again),
        )
        .await
        .unwrap()?;
    let signature = again
        .headers()
        .get(AUTHORIZATION)
        .map_or("", |value| value.to_str().unwrap());
    Some((next, signature.to_owned()))
}

/// Hands a success back.
async fn accepted(digest: &Digest, trial: Trial) {
    let next = digest
        .answer(trial, StatusCode::OK, &HeaderMap::new(), None)
        .await
        .unwrap();
    assert!(next.is_none());
}

/// A client whose key the server has accepted once, under the nonce 1.
async fn proven() -> Digest {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    let (first, _) = refused(&digest, first, "Digest realm=r, nonce=1, qop=auth")
        .await
        .unwrap();
    accepted(&digest, first).await;
    digest
}

fn signature(request: &Request) -> String {
    request.headers()[AUTHORIZATION]
        .to_str()
        .unwrap()
        .to_owned()
}

async fn pass(digest: &Digest) -> (Trial, Request) {
    let mut request = request();
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

    strongest(&headers)
        .unwrap()
        .respond(&context)
        .unwrap()
        .response
}

#[test]
fn the_md5_example_of_rfc_7616_comes_out() {
    assert_eq!(rfc_response("MD5"), "8ca523f5e9506fed4657c9700eebdbec");
}

#[test]
fn the_sha_256_example_of_rfc_7616_comes_out() {
    assert_eq!(
        rfc_response("SHA-256"),
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    );
}

/// RFC 2617, section 3.5, and the same without a qop as in RFC 2069.
#[test]
fn the_examples_of_the_older_rfcs_come_out() {
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

        let answer = strongest(&headers).unwrap().respond(&context).unwrap();

        assert_eq!(answer.response, response);
        assert_eq!(answer.to_string().contains("nc=00000001"), !qop.is_empty());
        assert_eq!(answer.to_string().contains("cnonce"), !qop.is_empty());
    }
}

#[tokio::test]
async fn path_and_query_are_signed_and_the_header_is_sensitive() {
    let digest = digest();
    let (first, unsigned) = pass(&digest).await;
    assert!(unsigned.headers().get(AUTHORIZATION).is_none());
    let (first, _) = refused(&digest, first, "Digest realm=r, nonce=n, qop=auth")
        .await
        .unwrap();
    accepted(&digest, first).await;

    let (_, signed) = pass(&digest).await;

    let signature = signature(&signed);
    assert!(
        signature.contains("uri=\"/dir/index.html?b=1&a=%20\""),
        "{signature}"
    );
    assert!(signature.contains("nc=00000002"), "{signature}");
    assert!(signed.headers()[AUTHORIZATION].is_sensitive());
    assert!(!format!("{signed:?}").contains("response"));
}

#[tokio::test]
async fn an_empty_body_is_protected_too_where_the_server_insists() {
    let digest = digest();
    let (first, _) = pass(&digest).await;

    let (_, signature) = refused(&digest, first, "Digest realm=r, nonce=n, qop=auth-int")
        .await
        .unwrap();

    assert!(signature.contains("qop=auth-int"), "{signature}");
}

#[tokio::test]
async fn a_session_keeps_the_clients_part() {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    let text = "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256-sess";
    let (first, before) = refused(&digest, first, text).await.unwrap();
    accepted(&digest, first).await;

    let (_, signed) = pass(&digest).await;

    let part = |text: &str| AuthorizationHeader::parse(text).unwrap().cnonce;
    assert_eq!(part(&signature(&signed)), part(&before));
    assert_ne!(AuthorizationHeader::parse(&before).unwrap().nc, 2);
}

#[tokio::test]
async fn a_refused_answer_is_not_repeated() {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    let (first, _) = refused(&digest, first, "Digest realm=r, nonce=1, qop=auth")
        .await
        .unwrap();

    assert!(
        refused(&digest, first, "Digest realm=r, nonce=1, qop=auth")
            .await
            .is_none()
    );
    let (second, _) = pass(&digest).await;
    assert!(
        refused(&digest, second, "Digest realm=r, nonce=1, qop=auth")
            .await
            .is_none()
    );
}

#[tokio::test]
async fn a_refused_counter_is_followed_by_the_next() {
    let digest = proven().await;
    let (second, _) = pass(&digest).await;

    let (_, third) = refused(
        &digest,
        second,
        "Digest realm=r, nonce=1, qop=auth, stale=true",
    )
    .await
    .unwrap();

    assert!(third.contains("nc=00000003"), "{third}");
}

#[tokio::test]
async fn a_late_challenge_does_not_replace_a_newer_one() {
    let digest = proven().await;
    let (early, _) = pass(&digest).await;
    let (late, _) = pass(&digest).await;

    let (_, early) = refused(
        &digest,
        early,
        "Digest realm=r, nonce=2, qop=auth, stale=true",
    )
    .await
    .unwrap();
    let (_, late) = refused(
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
async fn a_401_that_asks_for_nothing_is_the_callers() {
    let digest = proven().await;
    let (second, _) = pass(&digest).await;

    assert!(refused(&digest, second, "Basic realm=r").await.is_none());
}

#[tokio::test]
async fn a_401_about_a_role_is_the_callers() {
    let digest = proven().await;
    let (second, _) = pass(&digest).await;
    let mut headers = challenge("Digest realm=r, nonce=2, qop=auth");
    headers.insert(
        "x-error-code",
        HeaderValue::from_static("USER_CANNOT_ACCESS_GROUP"),
    );

    let next = digest
        .answer(
            second,
            StatusCode::UNAUTHORIZED,
            &headers,
            Some(&mut request()),
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
