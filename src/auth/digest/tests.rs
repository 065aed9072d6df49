//! The arithmetic against the RFC's own examples, and the state without a network.

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
fn refused(digest: &Digest, pass: Pass, text: &str) -> Option<String> {
    let mut again = request();
    digest
        .answer(
            pass,
            StatusCode::UNAUTHORIZED,
            &challenge(text),
            Some(&mut again),
        )
        .unwrap()
        .then(|| signature(&again))
}

fn signature(request: &Request) -> String {
    request.headers()[AUTHORIZATION]
        .to_str()
        .unwrap()
        .to_owned()
}

async fn pass(digest: &Digest) -> (Pass, Request) {
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

#[tokio::test]
async fn path_and_query_are_signed_and_the_header_is_sensitive() {
    let digest = digest();
    let (first, unsigned) = pass(&digest).await;
    assert!(unsigned.headers().get(AUTHORIZATION).is_none());
    refused(&digest, first, "Digest realm=r, nonce=n, qop=auth").unwrap();

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

    let signature = refused(&digest, first, "Digest realm=r, nonce=n, qop=auth-int").unwrap();

    assert!(signature.contains("qop=auth-int"), "{signature}");
}

#[tokio::test]
async fn a_refused_answer_is_not_repeated() {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    refused(&digest, first, "Digest realm=r, nonce=1, qop=auth").unwrap();
    let (second, _) = pass(&digest).await;

    assert!(refused(&digest, second, "Digest realm=r, nonce=1, qop=auth").is_none());
}

#[tokio::test]
async fn a_refused_counter_is_followed_by_the_next() {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    refused(&digest, first, "Digest realm=r, nonce=1, qop=auth").unwrap();
    let (second, _) = pass(&digest).await;

    let third = refused(
        &digest,
        second,
        "Digest realm=r, nonce=1, qop=auth, stale=true",
    )
    .unwrap();

    assert!(third.contains("nc=00000003"), "{third}");
}

#[tokio::test]
async fn a_late_challenge_does_not_replace_a_newer_one() {
    let digest = digest();
    let (first, _) = pass(&digest).await;
    refused(&digest, first, "Digest realm=r, nonce=1, qop=auth").unwrap();
    let (early, _) = pass(&digest).await;
    let (late, _) = pass(&digest).await;

    let early = refused(
        &digest,
        early,
        "Digest realm=r, nonce=2, qop=auth, stale=true",
    )
    .unwrap();
    let late = refused(
        &digest,
        late,
        "Digest realm=r, nonce=3, qop=auth, stale=true",
    )
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
    let digest = digest();
    let (first, _) = pass(&digest).await;
    refused(&digest, first, "Digest realm=r, nonce=1, qop=auth").unwrap();
    let (second, _) = pass(&digest).await;

    assert!(refused(&digest, second, "Basic realm=r").is_none());
}

#[test]
fn nothing_shows_the_key() {
    let digest = Digest::new(ApiKey::new("zmmrboas", "7ac3d6b1-52f0").unwrap());

    assert_eq!(
        format!("{digest:?}"),
        "Digest { key: ApiKey { public_key: \"xxxxzmmr\", private_key: \"xxxxxxxxx7ac3\" }, .. }"
    );
}
