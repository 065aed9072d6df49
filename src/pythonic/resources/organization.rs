//! Organizations, projects, users and invoices.

#[cfg(feature = "mongodb-cloud-users")]
pub(crate) mod cloud_users;
#[cfg(feature = "invoices")]
pub(crate) mod invoices;
pub(crate) mod organizations;
pub(crate) mod projects;
pub(crate) mod rate_limits;
#[cfg(feature = "teams")]
pub(crate) mod teams;
