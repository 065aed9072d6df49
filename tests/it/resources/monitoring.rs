//! Alerts, events, logs and processes.

#[cfg(feature = "facade")]
mod alerts;
#[cfg(feature = "facade")]
mod events;
#[cfg(feature = "facade")]
mod logs;
#[cfg(feature = "facade")]
mod processes;
