//! What happens in projects and clusters.

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
