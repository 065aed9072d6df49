//! Commands for monitoring: alerts, events, processes, measurements, logs, logins, slow queries and invoices.

pub(crate) mod access_logs;
pub(crate) mod alerts;
pub(crate) mod events;
pub(crate) mod invoices;
pub(crate) mod logs;
pub(crate) mod metrics;
mod parts;
pub(crate) mod performance_advisor;
pub(crate) mod processes;
