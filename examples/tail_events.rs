//! Prints what happens in the organization, as it happens: who did what. Ends with Ctrl+C, or after so many
//! events.
//!
//! ```sh
//! cargo run --features events --example tail_events
//! cargo run --features events --example tail_events -- 10
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{collections::HashSet, time::Duration};

use mongodbatlas::{Atlas, EventFilter};

/// How often Atlas is asked: events are there after some seconds, and the rate limit is 300 a minute.
const INTERVAL: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let most = std::env::args()
        .nth(1)
        .and_then(|most| most.parse().ok())
        .unwrap_or(usize::MAX);
    let organization = Atlas::from_env()?.this_organization().await?.handle();
    let mut filter = EventFilter::new();
    let mut seen = HashSet::new();

    loop {
        let mut events = organization.events(&filter).collect().await?;
        events.reverse(); // the latest comes first
        for event in events {
            // the filter includes its own moment, so the last ones come again
            if seen.insert(event.id()) {
                let who = event.username().or(event.public_key());
                println!("{} {}", event.event_type(), who.unwrap_or("Atlas"));
                if let Some(time) = event.created() {
                    filter = filter.since(time);
                }
                if seen.len() >= most {
                    return Ok(());
                }
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
