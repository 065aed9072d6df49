//! The resources of the API, grouped by subject.

pub(crate) mod access;
pub(crate) mod define;
pub(crate) mod deployments;
#[cfg(any(feature = "monitoring-and-logs", feature = "service-accounts"))]
pub(crate) mod duration;
#[cfg(any(
    feature = "alert-configurations",
    feature = "alerts",
    feature = "events",
    feature = "monitoring-and-logs"
))]
pub(crate) mod monitoring;
pub(crate) mod new_credentials;
pub(crate) mod organization;
pub(crate) mod roles;
#[cfg(any(
    feature = "access-tracking",
    feature = "events",
    feature = "monitoring-and-logs"
))]
pub(crate) mod time_range;
pub(crate) mod values;
