//! Downloads the gzipped log of every host of a project.
//!
//! ```sh
//! cargo run --features monitoring-and-logs --example download_logs -- Storefront logs/
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{collections::HashSet, error::Error, fs::File, path::PathBuf};

use mongodbatlas::{Atlas, LogRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().ok_or("missing argument: project")?;
    let directory = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let project = Atlas::from_env()?.find_project(&project).await?.handle();

    // several processes of a host can share a log
    let mut hosts = HashSet::new();
    let mut processes = project.processes();
    while let Some(process) = processes.try_next().await? {
        let host = process.hostname();
        if !hosts.insert(host.to_owned()) {
            continue;
        }
        let log = LogRequest::new(host, "mongodb");
        let mut file = File::create(directory.join(format!("{host}.gz")))?;
        let bytes = project.download_log(&log, &mut file, |_| {}).await?;
        println!("{host}: {bytes} bytes");
    }
    Ok(())
}
