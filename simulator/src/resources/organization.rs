//! Organizations, projects, their users and teams, and billing.

pub(crate) mod billing;
pub(crate) mod cloud_users;
pub(crate) mod federation;
pub(crate) mod identity_providers;
pub(crate) mod invitations;
pub(crate) mod organizations;
pub(crate) mod project_limits;
pub(crate) mod projects;
pub(crate) mod system;
pub(crate) mod teams;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    billing::cost_explorer::ROUTES,
    billing::invoices::ROUTES,
    cloud_users::ROUTES,
    cloud_users::members::ROUTES,
    cloud_users::legacy_members::ROUTES,
    cloud_users::project_users::ROUTES,
    federation::ROUTES,
    identity_providers::ROUTES,
    invitations::ROUTES,
    organizations::ROUTES,
    project_limits::ROUTES,
    projects::ROUTES,
    system::ROUTES,
    cloud_users::team_members::ROUTES,
    teams::ROUTES,
];
