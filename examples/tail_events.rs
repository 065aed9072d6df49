//! Prints the events of the organization as they occur, until Ctrl+C or the given number of events.
//!
//! ```sh
//! cargo run --features events --example tail_events
//! cargo run --features events --example tail_events -- 10
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{collections::HashSet, time::Duration};

use mongodbatlas::{Atlas, EventFilter};

/// Time between two requests. Events are visible after some seconds, and the rate limit is 300 requests a minute.
const INTERVAL: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let limit = std::env::args()
        .nth(1)
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(usize::MAX);
    let organization = Atlas::from_env()?.this_organization().await?.handle();
    let mut filter = EventFilter::new();
    let mut seen = HashSet::new();

    loop {
        let mut events = organization.events(&filter).collect().await?;
        events.reverse(); // the newest event is first
        for event in events {
            // the filter is inclusive, so the last events are returned again
            if seen.insert(event.id()) {
                let actor = event.username().or(event.public_key());
                println!("{} {}", event.event_type(), actor.unwrap_or("Atlas"));
                if let Some(time) = event.created() {
                    filter = filter.since(time);
                }
                if seen.len() >= limit {
                    return Ok(());
                }
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
