//! Alerts, events, logs and measurements, without `async`.

#[cfg(feature = "alert-configurations")]
pub(super) mod alert_configurations;
#[cfg(feature = "alerts")]
pub(super) mod alerts;
#[cfg(feature = "events")]
pub(super) mod events;
#[cfg(feature = "monitoring-and-logs")]
pub(super) mod logs;
#[cfg(feature = "monitoring-and-logs")]
pub(super) mod processes;

#[cfg(feature = "alert-configurations")]
pub use alert_configurations::{AlertConfiguration, AlertConfigurationHandle};
#[cfg(feature = "alerts")]
pub use alerts::{Alert, AlertHandle};
#[cfg(feature = "monitoring-and-logs")]
pub use processes::{Process, ProcessHandle};
