//! Backups: snapshots, schedules, restore jobs and compliance policies.

mod compliance;
mod restore_jobs;
mod schedules;
mod snapshots;
