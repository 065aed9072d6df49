//! Backups: snapshots, schedules, restore jobs and compliance policies.

mod compliance;
mod flex_downloads;
mod restore_jobs;
mod schedules;
mod snapshot_rules;
mod snapshots;
