//! Tests of the commands for monitoring and data federation: the changes that writing commands make, the data that
//! reading commands print, downloads and official mode.

mod alert_settings;
mod changes;
mod downloads;
mod errors;
mod official;
mod reads;

use crate::{
    command_form::words,
    support::{Atlas, Run},
};

/// A process of the demo organization.
const HOST: &str = "shop-production-shard-00-00.12a526.mongodb.example";

/// Runs a line in the project `Storefront`.
fn run_line(atlas: &Atlas, line: &str) -> Run {
    let words = words(&format!("{line} --project Storefront"));
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    atlas.run(&words)
}

/// Runs a line as the official CLI, in the project `Storefront`.
fn run_official(atlas: &Atlas, line: &str) -> Run {
    let words = words(line);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut command = atlas.command(&words);
    command.env("ATLASCLI_MODE", "official");
    command.env("MONGODB_ATLAS_PROJECT_ID", atlas.project("Storefront"));
    atlas.run_command(command)
}
