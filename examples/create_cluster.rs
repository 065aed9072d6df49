//! Creates a cluster, optionally from a file, and waits until it runs.
//!
//! ```sh
//! cargo run --example create_cluster -- 'Data platform'
//! cargo run --example create_cluster -- 'Data platform' cluster.json
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Duration;

use mongodbatlas::{Atlas, Cluster, Wait, random_name};

#[tokio::main(flavor = "current_thread")]
async fn main() -> mongodbatlas::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().unwrap_or_default();
    let project = Atlas::from_env()?.find_project(&project).await?.handle();

    let created = if let Some(file) = arguments.next() {
        project.create_cluster_from_file(file).await?
    } else {
        let mut document = Cluster::default_single_region_cluster(&random_name());
        let region = &mut document["replicationSpecs"][0]["regionConfigs"][0];
        region["electableSpecs"]["instanceSize"] = "M10".into();
        region["electableSpecs"]["diskSizeGB"] = 10.into();
        project.create_cluster(&document).await?
    };

    let wait = Wait::new()
        .with_timeout(Duration::from_mins(40))
        .with_progress(|progress| println!("{} is {}", created.name(), progress.state()));
    let running = created.handle().wait_until_running(wait).await?;
    let connection = &running.document().to_value()["connectionStrings"];
    println!("{} runs at {}", running.name(), connection["standardSrv"]);
    Ok(())
}
