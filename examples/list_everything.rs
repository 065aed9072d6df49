//! Lists every project with its clusters and flex clusters, and says what could not be seen.
//!
//! ```sh
//! cargo run --example list_everything
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use mongodbatlas::{Atlas, InventoryEvent};

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let atlas = Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
    let mut events = atlas.inventory().events();
    while let Some(event) = events.try_next().await? {
        match event {
            InventoryEvent::Organization(it) => println!("{}", it.name()),
            InventoryEvent::Project(it) => println!("  {}", it.name()),
            InventoryEvent::Cluster(it) => println!("    {} {}", it.name(), it.state()),
            InventoryEvent::FlexCluster(it) => println!("    {} flex", it.name()),
            InventoryEvent::Failure(failure) => println!("    {failure}"),
            _ => {}
        }
    }
    Ok(())
}
