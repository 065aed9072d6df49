//! Stream processing: workspaces, connections, private links and cloud accounts.

pub(crate) mod accounts;
pub(crate) mod connections;
pub(crate) mod private_links;
pub(crate) mod workspaces;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    accounts::ROUTES,
    connections::ROUTES,
    private_links::ROUTES,
    workspaces::ROUTES,
];
