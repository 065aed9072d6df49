//! Lists every project with its clusters and flex clusters, and the lists that failed.
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
            InventoryEvent::Organization(organization) => println!("{}", organization.name()),
            InventoryEvent::Project(project) => println!("  {}", project.name()),
            InventoryEvent::Cluster(cluster) => {
                println!("    {} {}", cluster.name(), cluster.state());
            }
            InventoryEvent::FlexCluster(cluster) => println!("    {} flex", cluster.name()),
            InventoryEvent::Failure(failure) => println!("    {failure}"),
            _ => {}
        }
    }
    Ok(())
}
