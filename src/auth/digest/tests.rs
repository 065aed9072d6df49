//! The arithmetic against the RFC's own examples, and the state without a network.

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

/// One call to a server that takes a nonce once; how many requests it costs.
async fn call_once_each(digest: &Digest, nonce: &mut u32, stale: bool) -> usize {
    let mut used = Vec::new();
    let (mut trial, mut sent) = pass(digest).await;
    for requests in 1.. {
        let given = sent
            .headers()
            .get(AUTHORIZATION)
            .map(|value| value.to_str().unwrap());
        if given.is_some_and(|given| given.contains(&format!("nonce=\"{nonce}\"")))
            && !used.contains(nonce)
        {
            accepted(digest, trial).await;
            // the nonce is used up
            *nonce += 1;
            return requests;
        }
        *nonce += 1;
        let text = format!("Digest realm=r, nonce={nonce}, qop=auth, stale={stale}");
        let mut again = request();
        let headers = challenge(&text);
        let next = digest.answer(trial, StatusCode::UNAUTHORIZED, &headers, Some(&mut again));
        trial = next.await.unwrap().expect("the call fails");
        sent = again;
        used.clear();
    }
    unreachable!()
}

#[tokio::test]
async fn a_server_that_takes_a_nonce_once_is_served_one_a_call() {
    for stale in [true, false] {
        let (digest, mut nonce) = (digest(), 0);

        for _ in 0..5 {
            assert_eq!(call_once_each(&digest, &mut nonce, stale).await, 2);
        }

        assert_eq!(digest.state().manner(), Manner::OneEach);
        let (_, next) = pass(&digest).await;
        assert!(next.headers().get(AUTHORIZATION).is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn challenges_that_expire_are_no_reason_to_fetch_one_a_call() {
    let (digest, mut nonce) = (digest(), 0);

    for _ in 0..5 {
        call_once_each(&digest, &mut nonce, true).await;
        tokio::time::advance(std::time::Duration::from_mins(5)).await;
    }

    assert_eq!(digest.state().manner(), Manner::Shared);
}

#[tokio::test]
async fn a_key_that_is_taken_away_is_chased_once() {
    let (digest, mut nonce, mut costs) = (proven().await, 1, Vec::new());

    for _ in 0..3 {
        let (mut trial, _) = pass(&digest).await;
        let mut requests = 1;
        loop {
            nonce += 1;
            let text = format!("Digest realm=r, nonce={nonce}, qop=auth");
            let Some((next, _)) = refused(&digest, trial, &text).await else {
                break;
            };
            trial = next;
            requests += 1;
        }
        costs.push(requests);
    }

    assert_eq!(costs, [6, 2, 2]);
    assert_eq!(digest.state().manner(), Manner::Shared);
}

#[tokio::test]
async fn a_server_that_forgets_all_but_the_newest_nonce_is_called_one_at_a_time() {
    let digest = proven().await;
    let text = |nonce: u32| format!("Digest realm=r, nonce={nonce}, qop=auth");
    digest.state().server =
        Server::Challenged(Held::new(strongest(&challenge(&text(2))).unwrap(), 2));
    let (one, _) = pass(&digest).await;
    let (other, _) = pass(&digest).await;

    // refused twice, since others keep fetching challenges, then once with its own
    let (other, _) = refused(&digest, other, &text(3)).await.unwrap();
    let (one, _) = refused(&digest, one, &text(4)).await.unwrap();
    let (other, fetching) = refused(&digest, other, &text(5)).await.unwrap();
    assert_eq!(fetching, "");
    let (other, own) = refused(&digest, other, &text(6)).await.unwrap();
    assert!(
        own.contains("nonce=\"6\"") && own.contains("nc=00000001"),
        "{own}"
    );
    drop(one);
    let (other, alone) = refused(&digest, other, &text(7)).await.unwrap();
    assert_eq!(alone, "");
    assert!(other.is_alone());
    let (other, _) = refused(&digest, other, &text(8)).await.unwrap();
    accepted(&digest, other).await;

    assert_eq!(digest.state().manner(), Manner::OneAtATime);
}

#[test]
fn nothing_shows_the_key() {
    let digest = Digest::new(ApiKey::new("zmmrboas", "7ac3d6b1-52f0").unwrap());

    assert_eq!(
        format!("{digest:?}"),
        "Digest { key: ApiKey { public_key: \"xxxxzmmr\", private_key: \"xxxxxxxxx7ac3\" }, .. }"
    );
}
