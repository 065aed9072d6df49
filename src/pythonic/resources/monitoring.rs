//! Alerts, events, logs and measurements.

#[cfg(feature = "alert-configurations")]
pub(crate) mod alert_configurations;
#[cfg(feature = "alerts")]
pub(crate) mod alerts;
#[cfg(feature = "events")]
pub(crate) mod events;
#[cfg(feature = "monitoring-and-logs")]
pub(crate) mod logs;
#[cfg(feature = "monitoring-and-logs")]
pub(crate) mod processes;
