//! Rate limits, as the client learns them.

use crate::support::Local;

#[tokio::test]
async fn limits_are_learned_from_atlas() {
    let local = Local::demo();

    let limits = local.atlas.learn_rate_limits().await.unwrap();

    assert!(limits.len() > 3, "{limits:?}");
    for limit in &limits {
        assert!(
            !limit.id.is_empty() && limit.capacity > 0 && limit.refill > 0,
            "{limit:?}"
        );
        assert!(
            !limit.endpoints.is_empty() && !limit.refill_time.is_zero(),
            "{limit:?}"
        );
        assert!(
            ["GROUP", "ORGANIZATION", "IP", "USER"].contains(&&*limit.scope),
            "{limit:?}"
        );
    }
    let projects = local.atlas.projects().collect().await.unwrap();
    assert!(!projects.is_empty());
}

#[tokio::test]
async fn many_calls_at_once_are_all_answered() {
    let local = Local::sized(40, 1);

    let calls = local.simulator.projects().into_iter().map(|(id, _)| {
        let project = local.atlas.project(&id.parse().unwrap());
        async move { project.clusters().collect().await.unwrap().len() }
    });
    let counts = futures_util::future::join_all(calls).await;

    assert_eq!(counts, vec![1; 40]);
}
