//! Servers that do not put up with one challenge for many calls.

use super::*;

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

#[tokio::test]
async fn one_accepted_answer_is_no_reuse_whatever_its_counter() {
    let digest = proven().await;
    let held = Held::new(
        strongest(&challenge("Digest realm=r, nonce=2, qop=auth")).unwrap(),
        2,
    );
    digest.state().server = Server::Challenged(held);
    let (_first, _) = pass(&digest).await;
    let (second, _) = pass(&digest).await;
    accepted(&digest, second).await;

    let suspicion = digest.state().suspicion(2, 3, true);

    assert!(matches!(
        suspicion,
        Some(Suspicion::Early { generation: 2 })
    ));
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
