//! Lists every cluster of every project, then pauses the cluster that is named, if one is.
//!
//! ```sh
//! cargo run --example list_and_pause
//! cargo run --example list_and_pause -- 5a0a1e7e0f2912c554080adc Cluster0
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use mongodbatlas::{Atlas, ProjectId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let atlas = Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
    let mut projects = atlas.projects();
    while let Some(project) = projects.try_next().await? {
        let mut clusters = project.clusters();
        while let Some(cluster) = clusters.try_next().await? {
            println!("{} {} {}", project.name(), cluster.name(), cluster.state());
        }
    }

    let mut arguments = std::env::args().skip(1);
    if let (Some(project_id), Some(name)) = (arguments.next(), arguments.next()) {
        let project_id: ProjectId = project_id.parse()?;
        let cluster = atlas.cluster(&project_id, &name).pause().await?;
        println!("{} is {}", cluster.name(), cluster.state());
    }
    Ok(())
}
