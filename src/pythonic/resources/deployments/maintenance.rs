//! The maintenance window of a project.

use jiff::civil::Weekday;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    operation,
    pythonic::resources::{define::resource, organization::projects::ProjectHandle},
};

resource! {
    /// The weekly time at which Atlas starts maintenance of a project's clusters.
    pub struct MaintenanceWindow(types::GroupMaintenanceWindow) {
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

impl MaintenanceWindow {
    /// Returns the day of the week; `None` without a maintenance window.
    pub fn day_of_week(&self) -> Option<Weekday> {
        let day = self.as_api().day_of_week?.try_into().ok()?;
        Weekday::from_sunday_one_offset(day).ok()
    }

    /// Returns the hour of that day, from 0 to 23, in the project's time zone.
    pub fn hour_of_day(&self) -> Option<u8> {
        self.as_api().hour_of_day?.try_into().ok()
    }
}

impl ProjectHandle {
    /// Fetches the maintenance window.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
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

    /// Sets the day of the week and the hour, from 0 to 23, in the project's time zone.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the hour is greater than 23, or any
    /// error of [`update_maintenance_window`](Self::update_maintenance_window).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use jiff::civil::Weekday;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// project.set_maintenance_window(Weekday::Sunday, 4).await?;
    /// let window = project.maintenance_window().await?;
    /// assert_eq!((window.day_of_week(), window.hour_of_day()), (Some(Weekday::Sunday), Some(4)));
    /// # Ok(()) }) }
    /// ```
    pub async fn set_maintenance_window(&self, day: Weekday, hour: u8) -> Result<()> {
        if hour > 23 {
            let message = format!("invalid hour `{hour}`");
            return Err(
                Error::new(ErrorKind::InvalidInput, message).with_hint("use an hour from 0 to 23")
            );
        }
        let changes = json!({ "dayOfWeek": day.to_sunday_one_offset(), "hourOfDay": hour });
        self.update_maintenance_window(&changes).await
    }

    /// Removes the maintenance window. Atlas then chooses the time.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
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
