//! Downloads the gzipped log of every host of a project.
//!
//! ```sh
//! cargo run --features monitoring-and-logs --example download_logs -- Storefront logs/
//! ```

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use std::{collections::HashSet, error::Error, path::PathBuf, process::ExitCode};

use mongodbatlas::{Atlas, LogName, LogRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let project = arguments.next().ok_or("missing argument: project")?;
    let directory = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let project = Atlas::from_env()?.find_project(&project).await?.handle();

    // several processes of a host can share a log
    let mut hosts = HashSet::new();
    let mut exit = ExitCode::SUCCESS;
    let mut processes = project.processes();
    while let Some(process) = processes.try_next().await? {
        let host = process.hostname();
        if !hosts.insert(host.to_owned()) {
            continue;
        }
        let log = LogRequest::new(host, LogName::Mongod);
        let file = directory.join(format!("{host}.gz"));
        match project.download_log_to(&log, file).await {
            Ok(0) => println!("{host}: empty"),
            Ok(bytes) => println!("{host}: {bytes} bytes"),
            Err(error) => {
                eprintln!("{host}: {error}");
                exit = ExitCode::FAILURE;
            }
        }
    }
    if hosts.is_empty() {
        return Err("the project has no processes".into());
    }
    Ok(exit)
}
