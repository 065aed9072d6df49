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
    /// The weekly time at which Atlas starts maintenance of a project's clusters.
    pub struct MaintenanceWindow(types::GroupMaintenanceWindow) {
        /// Returns the day of the week, from 1 for Sunday to 7 for Saturday; `None` or 0 for any
        /// day.
        day_of_week: Option<u64> = day_of_week,
        /// Returns the hour of that day, from 0 to 23, in the project's time zone.
        hour_of_day: Option<u64> = hour_of_day,
        /// Returns the project's time zone, such as `Europe/Dublin`.
        time_zone: Option<&str> = time_zone_id,
        /// Returns the number of deferrals of the next maintenance.
        deferrals: Option<u64> = number_of_deferrals,
        /// Returns `true` if Atlas defers each maintenance once, by one week.
        is_auto_deferred: bool = auto_defer_once_enabled,
        /// Returns `true` if the next maintenance starts as soon as possible.
        starts_at_once: bool = start_asap,
    }
}

impl ProjectHandle {
    /// Fetches the maintenance window.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error#request-errors).
    pub async fn maintenance_window(&self) -> Result<MaintenanceWindow> {
        self.operation(operation::GET_GROUP_MAINTENANCE_WINDOW)
            .fetch(&())
            .await
    }

    /// Updates the fields that `changes` contains. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update_maintenance_window(&self, changes: &impl Serialize) -> Result<()> {
        let update = self.operation(operation::UPDATE_GROUP_MAINTENANCE_WINDOW);
        update.with_document(changes)?.execute().await
    }

    /// Sets the day of the week, from 1 for Sunday to 7 for Saturday, and the hour, from 0 to 23.
    ///
    /// # Errors
    ///
    /// See [`update_maintenance_window`](Self::update_maintenance_window).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// project.set_maintenance_window(1, 4).await?; // Sunday at 04:00
    /// let window = project.maintenance_window().await?;
    /// assert_eq!((window.day_of_week(), window.hour_of_day()), (Some(1), Some(4)));
    /// # Ok(()) }) }
    /// ```
    pub async fn set_maintenance_window(&self, day_of_week: u8, hour_of_day: u8) -> Result<()> {
        let changes = json!({ "dayOfWeek": day_of_week, "hourOfDay": hour_of_day });
        self.update_maintenance_window(&changes).await
    }

    /// Removes the maintenance window. Atlas then chooses the time.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error#request-errors).
    pub async fn reset_maintenance_window(&self) -> Result<()> {
        self.operation(operation::RESET_GROUP_MAINTENANCE_WINDOW)
            .execute_delete()
            .await
    }

    /// Defers the next maintenance by one week.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if no maintenance is scheduled or the
    /// maximum number of deferrals is reached, or any [request error](crate::Error#request-errors).
    pub async fn defer_maintenance(&self) -> Result<()> {
        self.operation(operation::DEFER_GROUP_MAINTENANCE_WINDOW)
            .execute()
            .await
    }

    /// Toggles the automatic deferral of each maintenance by one week.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the project has no maintenance
    /// window, or any [request error](crate::Error#request-errors).
    pub async fn toggle_auto_defer(&self) -> Result<()> {
        let toggle = self.operation(operation::TOGGLE_GROUP_MAINTENANCE_WINDOW_AUTO_DEFER);
        toggle.execute().await
    }
}
