//! Data federation, live migration and stream processing.

pub(crate) mod data_federation;
pub(crate) mod live_migrations;
pub(crate) mod query_limits;
pub(crate) mod streams;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    data_federation::ROUTES,
    live_migrations::ROUTES,
    query_limits::ROUTES,
    streams::accounts::ROUTES,
    streams::connections::ROUTES,
    streams::private_links::ROUTES,
    streams::workspaces::ROUTES,
];
