//! `schedule`: pauses and starts clusters according to a schedule file.
//!
//! The SDK decides and sends the changes ([`mongodbatlas::SchedulePass`]); these commands read the file, print, and
//! run passes repeatedly.

mod apply;
mod check;
mod describe;
mod explain;
mod export;
mod file;
mod journal;
mod overrides;
mod plan;
mod service;
mod timeline;

use crate::engine::definition::{Input, Noun, Target, flag};

/// The command group `schedule`.
pub(crate) static NOUN: Noun = Noun::new("schedule", "Pause and start clusters on a schedule")
    .commands(&[
        &check::CHECK,
        &plan::PLAN,
        &explain::EXPLAIN,
        &apply::APPLY,
        &service::RUN,
        &overrides::OVERRIDE,
        &export::EXPORT,
    ]);

/// The default name of the schedule file.
const DEFAULT_FILE: &str = "./atlas-schedule.toml";

/// The flag `--file`.
const FILE: Input = flag("file", Target::None, "Schedule file: TOML, YAML or JSON")
    .short('f')
    .value_name("FILE")
    .default(DEFAULT_FILE);

/// The flag `--at`.
const AT: Input = flag(
    "at",
    Target::None,
    "Time to decide for, such as `2026-12-01 18:00` in the file's zone. Default: now",
)
.value_name("TIME");
