//! The HTTP server: connections, authentication, versions, headers and injected faults.

pub(crate) mod auth;
pub(crate) mod control;
pub(crate) mod faults;
pub(crate) mod headers;
pub(crate) mod options;
pub(crate) mod requests;
pub(crate) mod routing;
pub(crate) mod server;
pub(crate) mod service;
pub(crate) mod versions;
