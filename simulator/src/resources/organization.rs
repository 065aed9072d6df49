//! Organizations, projects, their members and teams.

pub(crate) mod cloud_users;
pub(crate) mod federation;
pub(crate) mod identity_providers;
pub(crate) mod invitations;
pub(crate) mod members;
pub(crate) mod memberships;
pub(crate) mod old_members;
pub(crate) mod organizations;
pub(crate) mod project_limits;
pub(crate) mod project_users;
pub(crate) mod projects;
pub(crate) mod system;
pub(crate) mod team_members;
pub(crate) mod teams;
pub(crate) mod user_roles;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    cloud_users::ROUTES,
    federation::ROUTES,
    identity_providers::ROUTES,
    invitations::ROUTES,
    members::ROUTES,
    old_members::ROUTES,
    organizations::ROUTES,
    project_limits::ROUTES,
    project_users::ROUTES,
    projects::ROUTES,
    system::ROUTES,
    team_members::ROUTES,
    teams::ROUTES,
];
