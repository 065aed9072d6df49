//! Monitoring: alerts, events, processes, logs and maintenance windows.

pub(crate) mod access_history;
pub(crate) mod alerts;
pub(crate) mod event_types;
pub(crate) mod events;
pub(crate) mod integrations;
pub(crate) mod inventory;
pub(crate) mod log_export;
pub(crate) mod maintenance;
pub(crate) mod pinned_namespaces;
pub(crate) mod processes;
pub(crate) mod rate_limits;
pub(crate) mod slow_queries;
