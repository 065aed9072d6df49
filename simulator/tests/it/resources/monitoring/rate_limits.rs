//! Rate limits.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::WWW_AUTHENTICATE;

use crate::support::{Atlas, LATEST, nonce_of};

const ORGS: &str = "/api/atlas/v2/orgs";

#[tokio::test]
async fn request_beyond_the_rate_limit_gets_retry_after() {
    let atlas = Atlas::demo().await;
    let challenge = atlas
        .send(Method::GET, ORGS, LATEST, None, None)
        .await
        .unwrap();
    let nonce = nonce_of(challenge.headers[WWW_AUTHENTICATE].to_str().unwrap());
    let mut last = None;
    for count in 1..=310 {
        let header = atlas.authorization(&nonce, count, &Method::GET, ORGS);
        let response = atlas
            .send(Method::GET, ORGS, LATEST, None, Some(&header))
            .await
            .unwrap();
        if response.status != 200 {
            last = Some(response);
            break;
        }
    }

    let rejected = last.expect("the limit of 300 is not enforced");
    let detail = rejected.assert_error(429, "RATE_LIMITED_TOKEN_BUCKET");
    assert!(detail.contains("Request capacity: 300"), "{detail}");
    assert_eq!(rejected.header("retry-after"), "1");
    assert_eq!(rejected.header("ratelimit-remaining"), "0");
    atlas.simulator.advance(Duration::from_secs(1));
    assert_eq!(atlas.get(ORGS).await.status, 200);
}
