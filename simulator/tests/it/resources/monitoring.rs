//! Monitoring: alerts, events, integrations, logs, maintenance windows, processes and rate limits.

mod access_history;
mod alerts;
mod events;
mod integrations;
mod log_export;
mod logs;
mod maintenance;
mod performance_advisor;
mod processes;
mod rate_limits;
