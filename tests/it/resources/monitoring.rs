//! Alerts, events and processes.

#[cfg(feature = "facade")]
mod alerts;
#[cfg(feature = "facade")]
mod events;
#[cfg(feature = "facade")]
mod processes;
