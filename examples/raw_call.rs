//! Calls any operation by its id, with parameters and a body, and prints the response.
//!
//! ```sh
//! cargo run --example raw_call -- getSystemStatus
//! cargo run --example raw_call -- getGroupCluster groupId=5a0a1e7e0f2912c554080adc clusterName=Cluster0
//! cargo run --example raw_call -- updateGroup groupId=5a0a1e7e0f2912c554080adc '{"name": "Shop"}'
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use mongodbatlas::Atlas;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let operation = arguments.next().unwrap_or_default();
    let mut call = Atlas::from_env()?.call(&operation)?;
    for argument in arguments {
        call = match argument.split_once('=') {
            Some((name, value)) if !argument.starts_with('{') => call.with(name, value),
            _ => call.with_body(serde_json::from_str(&argument)?),
        };
    }

    if call.operation().paged && call.operation().method == "GET" {
        let mut items = call.items()?;
        while let Some(item) = items.try_next().await? {
            println!("{item}");
        }
    } else if let Some(document) = call.send().await?.document() {
        println!("{document}");
    }
    Ok(())
}
