//! Chooses how patient a client is, and goes on by itself where Atlas says that a refusal will pass.
//!
//! ```sh
//! cargo run --example custom_retry -- Cluster0
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Duration;

use mongodbatlas::{Atlas, RetryPolicy, with_timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let policy = RetryPolicy::default()
        .with_attempts(8)
        .with_delays(Duration::from_millis(10), Duration::from_secs(30))
        .with_total_time(Duration::from_mins(5));
    let atlas = Atlas::builder().with_retries(policy).build()?;

    // whatever the policy says, the list of all clusters may take two minutes
    let cluster = std::env::args().nth(1).unwrap_or_default();
    let find = atlas.find_cluster(&cluster);
    let cluster = with_timeout(Duration::from_mins(2), find).await?.handle();

    // refusals that pass, such as pending changes, take minutes; retries do not wait for them
    for attempt in 1.. {
        match cluster.pause().await {
            Err(error) if error.is_temporary() && attempt < 10 => {
                println!("later: {}", error.hint().unwrap_or_default());
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
            outcome => {
                println!("{} is {}", cluster.name(), outcome?.state());
                break;
            }
        }
    }
    Ok(())
}
