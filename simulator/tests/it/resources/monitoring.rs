//! Monitoring: access history, alerts, events, maintenance windows, processes and rate limits.

mod access_history;
mod alerts;
mod events;
mod maintenance;
mod processes;
mod rate_limits;
