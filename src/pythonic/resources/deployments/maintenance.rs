//! The maintenance window of a project.

use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::resources::{define::resource, organization::projects::ProjectHandle},
};

resource! {
    /// The time at which Atlas maintains a project's clusters.
    pub struct MaintenanceWindow(types::GroupMaintenanceWindow) {
        /// Returns the day of the week, from 1 for Sunday to 7 for Saturday; `None` or 0 for any
        /// day.
        day_of_week: Option<u64> = day_of_week,
        /// Returns the hour of that day, from 0 to 23, in the project's time zone.
        hour_of_day: Option<u64> = hour_of_day,
        /// Returns the project's time zone, such as `Europe/Dublin`.
        time_zone: Option<&str> = time_zone_id,
        /// Returns how many times the next maintenance was deferred.
        deferrals: Option<u64> = number_of_deferrals,
        /// Returns whether Atlas defers each maintenance once by a week.
        is_auto_deferred: bool = auto_defer_once_enabled,
        /// Returns whether the next maintenance starts as soon as possible.
        starts_at_once: bool = start_asap,
    }
}

impl ProjectHandle {
    /// Fetches the maintenance window.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn maintenance_window(&self) -> Result<MaintenanceWindow> {
        self.operation(operation::GET_GROUP_MAINTENANCE_WINDOW)
            .one(&())
            .await
    }

    /// Updates the fields in a JSON document, which is sent verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update_maintenance_window(&self, changes: &impl Serialize) -> Result<()> {
        let update = self.operation(operation::UPDATE_GROUP_MAINTENANCE_WINDOW);
        update.with_document(changes)?.done().await
    }

    /// Sets the day of the week, from 1 for Sunday to 7 for Saturday, and the hour, from 0 to 23.
    ///
    /// # Errors
    ///
    /// As [`update_maintenance_window`](Self::update_maintenance_window).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// project.set_maintenance_window(1, 4).await?; // Sundays at four in the morning
    /// let window = project.maintenance_window().await?;
    /// assert_eq!((window.day_of_week(), window.hour_of_day()), (Some(1), Some(4)));
    /// println!("{:?}, {:?} deferrals", window.time_zone(), window.deferrals());
    ///
    /// project.toggle_auto_defer().await?; // every maintenance a week later
    /// assert!(project.maintenance_window().await?.is_auto_deferred());
    /// match project.defer_maintenance().await {
    ///     Ok(()) => println!("deferred by a week"),
    ///     Err(error) => println!("nothing to defer: {error}"),
    /// }
    /// project.update_maintenance_window(&serde_json::json!({"startASAP": true})).await?;
    /// println!("at once: {}", project.maintenance_window().await?.starts_at_once());
    /// project.reset_maintenance_window().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn set_maintenance_window(&self, day_of_week: u8, hour_of_day: u8) -> Result<()> {
        let changes = json!({ "dayOfWeek": day_of_week, "hourOfDay": hour_of_day });
        self.update_maintenance_window(&changes).await
    }

    /// Removes the maintenance window: Atlas then chooses the time.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn reset_maintenance_window(&self) -> Result<()> {
        self.operation(operation::RESET_GROUP_MAINTENANCE_WINDOW)
            .deleted()
            .await
    }

    /// Defers the next maintenance by a week.
    ///
    /// # Errors
    ///
    /// Rejected if none is scheduled or it was deferred too often, or any [request
    /// error](crate::Error).
    pub async fn defer_maintenance(&self) -> Result<()> {
        self.operation(operation::DEFER_GROUP_MAINTENANCE_WINDOW)
            .done()
            .await
    }

    /// Enables or disables the deferral of each maintenance by a week.
    ///
    /// # Errors
    ///
    /// Rejected without a maintenance window, or any [request error](crate::Error).
    pub async fn toggle_auto_defer(&self) -> Result<()> {
        let toggle = self.operation(operation::TOGGLE_GROUP_MAINTENANCE_WINDOW_AUTO_DEFER);
        toggle.done().await
    }
}
