//! Prefetched pages of an inventory.

use std::collections::HashMap;

use atlas_simulator::{Clock, Options, Seed};
use mongodbatlas::InventoryEvent;

use crate::support::Local;

/// Returns the number of requests for lists of clusters.
fn cluster_lists(local: &Local) -> usize {
    let lists = |request: &&String| request.to_lowercase().contains("clusters");
    local.successes().iter().filter(lists).count()
}

#[tokio::test]
async fn concurrency_limits_prefetched_lists() {
    for (concurrency, limit) in [(1, 1), (4, 4)] {
        let local = Local::sized(12, 1);
        let mut events = local
            .atlas
            .inventory()
            .with_concurrency(concurrency)
            .events();

        // the event of the organization starts the prefetching
        events.try_next().await.unwrap();
        let prefetched = cluster_lists(&local);
        let mut events_left = 0;
        while events.try_next().await.unwrap().is_some() {
            events_left += 1;
        }

        assert!(prefetched <= limit, "{prefetched} lists with {concurrency}");
        assert_eq!(events_left, 24);
    }
}

#[tokio::test]
async fn pages_of_a_large_project_are_not_prefetched() {
    let seed = Seed::sized(2, 1001);
    let local = Local::with(Options::new().with_seed(seed).with_clock(Clock::frozen()));
    let mut events = local.atlas.inventory().without_flex_clusters().events();

    events.try_next().await.unwrap();
    let pages = |local: &Local| {
        let mut pages: HashMap<_, usize> = HashMap::new();
        for request in local.successes() {
            if let Some((_, page)) = request.split_once("pageNum=") {
                *pages.entry(page.to_owned()).or_default() += 1;
            }
        }
        pages
    };
    let prefetched = pages(&local);
    let mut clusters = 0;
    while let Some(event) = events.try_next().await.unwrap() {
        clusters += usize::from(matches!(event, InventoryEvent::Cluster(_)));
    }

    assert_eq!(clusters, 2002);
    assert_eq!(prefetched.get("3"), None, "{prefetched:?}");
    assert_eq!(pages(&local)["3"], 2);
}
