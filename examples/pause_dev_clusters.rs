//! Pauses every running cluster that matches a pattern or a tag, for example from cron every evening.
//!
//! Continues with the other clusters if one cannot be paused.
//!
//! ```sh
//! cargo run --example pause_dev_clusters             # the tag env=dev
//! cargo run --example pause_dev_clusters -- 'dev-*'  # names
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Duration;

use mongodbatlas::{Atlas, ClusterState, Filter, InventoryEvent};

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let text = std::env::args().nth(1);
    let filter: Filter = text.as_deref().unwrap_or("env=dev").parse()?;
    let atlas = Atlas::from_env()?;

    let mut pausing = Vec::new();
    let mut events = atlas.inventory().without_flex_clusters().events();
    while let Some(event) = events.try_next().await? {
        match event {
            InventoryEvent::Cluster(cluster) if filter.matches(&cluster) => {
                if cluster.state() != ClusterState::Running {
                    println!("{} is already {}", cluster.name(), cluster.state());
                    continue;
                }
                match cluster.handle().pause().await {
                    Ok(cluster) => pausing.push(cluster.handle()),
                    Err(error) => println!("cannot pause {}: {error}", cluster.name()),
                }
            }
            InventoryEvent::Failure(failure) => println!("{failure}"),
            _ => {}
        }
    }

    for cluster in pausing {
        let wait = Duration::from_mins(15);
        let paused = cluster.wait_until_paused(wait).await?;
        println!("{} is {}", paused.name(), paused.state());
    }
    Ok(())
}
