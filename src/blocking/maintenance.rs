//! Maintenance windows: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{ProjectHandle, twin::twins};
use crate::{error::Result, pythonic::resources::deployments::maintenance::MaintenanceWindow};

twins! {
    impl ProjectHandle {
        /// Fetches the maintenance window.
        fn maintenance_window() -> Result<MaintenanceWindow>;

        /// Changes what a JSON document holds of the maintenance window; it is sent as it is.
        fn update_maintenance_window(changes: &impl Serialize) -> Result<()>;

        /// Has Atlas maintain the clusters on this day of the week, from 1 for Sunday to 7 for
        /// Saturday, at this hour, from 0 to 23.
        fn set_maintenance_window(day_of_week: u8, hour_of_day: u8) -> Result<()>;

        /// Forgets the maintenance window: Atlas then chooses the time.
        fn reset_maintenance_window() -> Result<()>;

        /// Puts the coming maintenance off by a week.
        fn defer_maintenance() -> Result<()>;

        /// Has every maintenance put off by a week once, or not any more if that is so.
        fn toggle_auto_defer() -> Result<()>;
    }
}
