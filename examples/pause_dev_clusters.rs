//! Pauses every running cluster that matches a pattern or a tag, for example from cron every evening.
//!
//! Continues with the other clusters if one cannot be paused. The exit status is 1 after a failure, and if no cluster
//! matches.
//!
//! ```sh
//! cargo run --example pause_dev_clusters             # the tag env=dev
//! cargo run --example pause_dev_clusters -- 'dev-*'  # names
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use std::{process::ExitCode, time::Duration};

use mongodbatlas::{Atlas, ClusterHandle, ClusterState, Filter, InventoryEvent};

/// Clusters to wait for, and the exit status.
#[derive(Default)]
struct Outcome {
    matched: usize,
    failed: bool,
    pausing: Vec<ClusterHandle>,
}

impl Outcome {
    fn fail(&mut self, message: &str) {
        eprintln!("{message}");
        self.failed = true;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<ExitCode> {
    let text = std::env::args().nth(1);
    let filter: Filter = text.as_deref().unwrap_or("env=dev").parse()?;
    let atlas = Atlas::from_env()?;

    let mut outcome = pause(&atlas, &filter).await?;
    for cluster in std::mem::take(&mut outcome.pausing) {
        match cluster.wait_until_paused(Duration::from_mins(15)).await {
            Ok(paused) => println!("{} is {}", paused.name(), paused.state()),
            Err(error) => outcome.fail(&error.to_string()),
        }
    }
    if outcome.matched == 0 {
        outcome.fail("no cluster matches");
    }
    Ok(if outcome.failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Pauses the running clusters that match.
async fn pause(atlas: &Atlas, filter: &Filter) -> mongodbatlas::Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut events = atlas.inventory().without_flex_clusters().events();
    while let Some(event) = events.try_next().await? {
        match event {
            InventoryEvent::Cluster(cluster) if filter.matches(&cluster) => {
                outcome.matched += 1;
                if cluster.state() != ClusterState::Running {
                    println!("{} is already {}", cluster.name(), cluster.state());
                    continue;
                }
                match cluster.pause().await {
                    Ok(cluster) => outcome.pausing.push(cluster.handle()),
                    Err(error) => {
                        outcome.fail(&format!("cannot pause {}: {error}", cluster.name()));
                    }
                }
            }
            InventoryEvent::Failure(failure) => outcome.fail(&failure.to_string()),
            _ => {}
        }
    }
    Ok(outcome)
}
