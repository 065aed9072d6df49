//! Alert configurations: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{
    AlertConfiguration, AlertConfigurationHandle, Atlas, Items, ProjectHandle, twin::twins,
};
use crate::error::Result;

twins! {
    impl Atlas {
        /// The fields by which alert configurations can be limited, such as `CLUSTER_NAME`.
        fn alert_matcher_fields() -> Items<String>;
    }

    impl ProjectHandle {
        /// Its alert configurations.
        fn alert_configurations() -> Items<AlertConfiguration>;

        /// Creates an alert configuration from a JSON document, which is sent as it is.
        fn create_alert_configuration(document: &impl Serialize) -> Result<AlertConfiguration>;
    }

    impl AlertConfigurationHandle {
        /// Fetches the alert configuration.
        fn get() -> Result<AlertConfiguration>;

        /// Puts a JSON document in the place of the configuration; it is sent as it is, and what
        /// it leaves out is gone.
        fn update(document: &impl Serialize) -> Result<AlertConfiguration>;

        /// Deletes the alert configuration.
        fn delete() -> Result<()>;

        /// Switches the alert configuration on or off.
        fn set_enabled(enabled: bool) -> Result<AlertConfiguration>;
    }
}
