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

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    backups::ROUTES,
    compliance::ROUTES,
    flex_restores::ROUTES,
    restores::ROUTES,
    schedules::ROUTES,
    sharded_snapshots::ROUTES,
];
