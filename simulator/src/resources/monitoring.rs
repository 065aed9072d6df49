//! Monitoring: alerts, events, processes, logs and maintenance windows.

pub(crate) mod access_history;
pub(crate) mod alerts;
pub(crate) mod audit_log;
pub(crate) mod events;
pub(crate) mod integrations;
pub(crate) mod inventory;
pub(crate) mod log_export;
pub(crate) mod logs;
pub(crate) mod maintenance;
pub(crate) mod performance_advisor;
pub(crate) mod pinned_namespaces;
pub(crate) mod processes;
pub(crate) mod rate_limits;
pub(crate) mod slow_queries;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    access_history::ROUTES,
    alerts::ROUTES,
    alerts::alert_configurations::ROUTES,
    audit_log::ROUTES,
    events::ROUTES,
    events::event_types::ROUTES,
    integrations::ROUTES,
    inventory::ROUTES,
    log_export::ROUTES,
    logs::ROUTES,
    maintenance::ROUTES,
    performance_advisor::ROUTES,
    pinned_namespaces::ROUTES,
    processes::ROUTES,
    processes::measurements::ROUTES,
    rate_limits::ROUTES,
    slow_queries::ROUTES,
];
