//! Lists the clusters of a project without `async`.
//!
//! ```sh
//! cargo run --example blocking -- 5a0a1e7e0f2912c554080adc
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use mongodbatlas::{ProjectId, blocking};

fn main() -> mongodbatlas::Result<()> {
    let project_id: ProjectId = std::env::args().nth(1).unwrap_or_default().parse()?;
    for cluster in blocking::Atlas::from_env()?.project(&project_id).clusters() {
        println!("{}", cluster?.name());
    }
    Ok(())
}
