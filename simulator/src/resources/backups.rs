//! Backups: snapshots, schedules, restore jobs and compliance policies.

#[expect(
    clippy::module_inception,
    reason = "a noun has one file name in the whole workspace"
)]
pub(crate) mod backups;
pub(crate) mod compliance;
pub(crate) mod flex_restore_jobs;
mod policies;
pub(crate) mod restore_jobs;
pub(crate) mod schedules;
pub(crate) mod sharded_snapshots;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    backups::ROUTES,
    compliance::ROUTES,
    flex_restore_jobs::ROUTES,
    restore_jobs::ROUTES,
    schedules::ROUTES,
    sharded_snapshots::ROUTES,
];
