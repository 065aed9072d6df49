//! Servers that reject nonce reuse.

use super::*;

/// Makes a call to a server with single-use nonces and returns the number of requests.
async fn call_with_single_use_nonces(digest: &Digest, nonce: &mut u32, stale: bool) -> usize {
    let mut used = Vec::new();
    let (mut attempt, mut sent) = authorize(digest).await;
    for requests in 1.. {
        let authorization = sent
            .headers()
            .get(AUTHORIZATION)
            .map(|value| value.to_str().unwrap());
        if authorization.is_some_and(|header| header.contains(&format!("nonce=\"{nonce}\"")))
            && !used.contains(nonce)
        {
            accept(digest, attempt).await;
            // the nonce is used up
            *nonce += 1;
            return requests;
        }
        *nonce += 1;
        let header = format!("Digest realm=r, nonce={nonce}, qop=auth, stale={stale}");
        let mut retry = new_request();
        let headers = challenge(&header);
        let next = digest.handle_response(
            attempt,
            StatusCode::UNAUTHORIZED,
            &headers,
            Some(&mut retry),
        );
        attempt = next.await.unwrap().expect("the call fails");
        sent = retry;
        used.clear();
    }
    unreachable!()
}

#[tokio::test]
async fn single_use_nonces_are_fetched_per_call() {
    for stale in [true, false] {
        let (digest, mut nonce) = (new_digest(), 0);

        for _ in 0..5 {
            assert_eq!(
                call_with_single_use_nonces(&digest, &mut nonce, stale).await,
                2
            );
        }

        assert_eq!(digest.state().nonce_reuse(), NonceReuse::PerCall);
        let (_, next) = authorize(&digest).await;
        assert!(next.headers().get(AUTHORIZATION).is_none());
    }
}

#[tokio::test]
async fn one_accepted_request_is_not_reuse() {
    let digest = proven_digest().await;
    let challenge = ActiveChallenge::new(
        select_challenge(&challenge("Digest realm=r, nonce=2, qop=auth")).unwrap(),
        2,
    );
    digest.state().server = Server::Challenged(challenge);
    let (_first, _) = authorize(&digest).await;
    let (second, _) = authorize(&digest).await;
    accept(&digest, second).await;

    let cause = digest.state().rejection_cause(2, 3, true);

    assert!(matches!(
        cause,
        Some(RejectionCause::Early { generation: 2 })
    ));
}

#[tokio::test(start_paused = true)]
async fn expired_nonces_do_not_disable_reuse() {
    let (digest, mut nonce) = (new_digest(), 0);

    for _ in 0..5 {
        call_with_single_use_nonces(&digest, &mut nonce, true).await;
        tokio::time::advance(std::time::Duration::from_mins(5)).await;
    }

    assert_eq!(digest.state().nonce_reuse(), NonceReuse::Shared);
}

#[tokio::test]
async fn revoked_key_costs_six_requests_once() {
    let (digest, mut nonce, mut costs) = (proven_digest().await, 1, Vec::new());

    for _ in 0..3 {
        let (mut attempt, _) = authorize(&digest).await;
        let mut requests = 1;
        loop {
            nonce += 1;
            let header = format!("Digest realm=r, nonce={nonce}, qop=auth");
            let Some((next, _)) = reject(&digest, attempt, &header).await else {
                break;
            };
            attempt = next;
            requests += 1;
        }
        costs.push(requests);
    }

    assert_eq!(costs, [6, 2, 2]);
    assert_eq!(digest.state().nonce_reuse(), NonceReuse::Shared);
}

#[tokio::test]
async fn server_with_one_valid_nonce_is_called_serially() {
    let digest = proven_digest().await;
    let header = |nonce: u32| format!("Digest realm=r, nonce={nonce}, qop=auth");
    digest.state().server = Server::Challenged(ActiveChallenge::new(
        select_challenge(&challenge(&header(2))).unwrap(),
        2,
    ));
    let (one, _) = authorize(&digest).await;
    let (other, _) = authorize(&digest).await;

    // rejected twice, because other calls fetch challenges, then once with its own nonce
    let (other, _) = reject(&digest, other, &header(3)).await.unwrap();
    let (one, _) = reject(&digest, one, &header(4)).await.unwrap();
    let (other, fetching) = reject(&digest, other, &header(5)).await.unwrap();
    assert_eq!(fetching, "");
    let (other, own) = reject(&digest, other, &header(6)).await.unwrap();
    assert!(
        own.contains("nonce=\"6\"") && own.contains("nc=00000001"),
        "{own}"
    );
    drop(one);
    let (other, exclusive) = reject(&digest, other, &header(7)).await.unwrap();
    assert_eq!(exclusive, "");
    assert!(other.is_exclusive());
    let (other, _) = reject(&digest, other, &header(8)).await.unwrap();
    accept(&digest, other).await;

    assert_eq!(digest.state().nonce_reuse(), NonceReuse::Serialized);
}
