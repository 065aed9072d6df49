//! Alerts: each verb waits for its async twin.

use jiff::Timestamp;

use crate::blocking::{Alert, AlertHandle, Items, ProjectHandle, twin::twins};
#[cfg(feature = "alert-configurations")]
use crate::blocking::{AlertConfiguration, AlertConfigurationHandle};
use crate::error::Result;

twins! {
    impl ProjectHandle {
        /// Its alerts.
        fn alerts() -> Items<Alert>;

        /// Its alerts that stand so: `OPEN`, `TRACKING` or `CLOSED`.
        fn alerts_in_status(status: &str) -> Items<Alert>;
    }

    impl AlertHandle {
        /// Fetches the alert.
        fn get() -> Result<Alert>;

        /// Acknowledges the alert: until this time nobody is told of it again.
        fn acknowledge(until: Timestamp, comment: &str) -> Result<Alert>;

        /// Takes an acknowledgement back.
        fn unacknowledge() -> Result<Alert>;
    }

    #[cfg(feature = "alert-configurations")]
    impl AlertHandle {
        /// The configurations that had it raised.
        fn configurations() -> Items<AlertConfiguration>;
    }

    #[cfg(feature = "alert-configurations")]
    impl AlertConfigurationHandle {
        /// The open alerts that it had raised.
        fn alerts() -> Items<Alert>;
    }
}
