//! Backups: snapshots, schedules, restore jobs and compliance policies.

#[expect(
    clippy::module_inception,
    reason = "a noun has one file name in the whole workspace"
)]
pub(crate) mod backups;
pub(crate) mod compliance;
pub(crate) mod flex_restores;
pub(crate) mod restores;
pub(crate) mod schedules;
pub(crate) mod sharded_snapshots;
