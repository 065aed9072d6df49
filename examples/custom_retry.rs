//! Sets a retry policy and an operation timeout, and repeats a pause that Atlas rejects temporarily.
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

    // the timeout covers all requests and retries of the search
    let cluster = std::env::args().nth(1).unwrap_or_default();
    let find = atlas.find_cluster(&cluster);
    let cluster = with_timeout(Duration::from_mins(2), find).await?.handle();

    // rejections such as pending changes last minutes, so the retry policy does not cover them
    for attempt in 1.. {
        match cluster.pause().await {
            Err(error) if error.is_temporary() && attempt < 10 => {
                println!("not yet: {}", error.hint().unwrap_or_default());
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
