//! Organizations, projects, invitations and cloud users.

mod cloud_users;
mod invitations;
mod organizations;
mod project_deletions;
mod projects;
