//! Rate limits, async and blocking.

use crate::support::Local;

#[tokio::test]
async fn lists_fetches_and_learns_rate_limits() {
    let local = Local::demo();

    let listed = local.atlas.rate_limits().collect().await.unwrap();
    let first = &listed[0];
    let fetched = local.atlas.rate_limit(first.id()).await.unwrap();
    let learned = local.atlas.learn_rate_limits().await.unwrap();

    assert_eq!(fetched.document().as_str(), first.document().as_str());
    assert!(!first.name().is_empty() && !first.scope().is_empty());
    assert_eq!(learned.len(), listed.len());
    let limit = first.limit().unwrap();
    assert!(limit.capacity > 0 && !limit.endpoints.is_empty());
    let unknown = local.atlas.rate_limit("nonsense").await.unwrap_err();
    assert!(unknown.is_not_found(), "{unknown}");
}

#[test]
fn blocking_lists_fetches_and_learns_rate_limits() {
    let local = Local::demo();
    let atlas = local.blocking();

    let listed: Vec<_> = atlas.rate_limits().map(Result::unwrap).collect();

    assert_eq!(atlas.learn_rate_limits().unwrap().len(), listed.len());
    let fetched = atlas.rate_limit(listed[0].id()).unwrap();
    assert_eq!(fetched.name(), listed[0].name());
}
