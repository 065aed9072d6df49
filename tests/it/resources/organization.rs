//! Organizations, projects and users.

#[cfg(feature = "facade")]
mod cloud_users;
#[cfg(feature = "facade")]
mod invoices;
mod organizations;
mod projects;
mod rate_limits;
#[cfg(feature = "facade")]
mod teams;
