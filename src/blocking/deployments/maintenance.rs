//! The maintenance window of a project, without `async`.

use jiff::civil::Weekday;
use serde::Serialize;

use crate::{
    blocking::organization::projects::ProjectHandle, error::Result,
    pythonic::resources::deployments::maintenance::MaintenanceWindow,
};

impl ProjectHandle {
    /// Fetches the maintenance window.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn maintenance_window(&self) -> Result<MaintenanceWindow> {
        self.atlas.wait(self.inner.maintenance_window())
    }

    /// Updates the fields that `changes` contains. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update_maintenance_window(&self, changes: &impl Serialize) -> Result<()> {
        self.atlas
            .wait(self.inner.update_maintenance_window(changes))
    }

    /// Sets the day of the week and the hour, from 0 to 23, in the project's time zone.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the hour is greater than 23, or
    /// any error of [`update_maintenance_window`](Self::update_maintenance_window).
    pub fn set_maintenance_window(&self, day: Weekday, hour: u8) -> Result<()> {
        self.atlas
            .wait(self.inner.set_maintenance_window(day, hour))
    }

    /// Removes the maintenance window. Atlas then chooses the time.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn reset_maintenance_window(&self) -> Result<()> {
        self.atlas.wait(self.inner.reset_maintenance_window())
    }

    /// Defers the next maintenance by one week.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if no maintenance is scheduled or the
    /// maximum number of deferrals is reached, or any [request error](crate::Error#request-errors).
    pub fn defer_maintenance(&self) -> Result<()> {
        self.atlas.wait(self.inner.defer_maintenance())
    }

    /// Toggles the automatic deferral of each maintenance by one week.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the project has no maintenance
    /// window, or any [request error](crate::Error#request-errors).
    pub fn toggle_auto_defer(&self) -> Result<()> {
        self.atlas.wait(self.inner.toggle_auto_defer())
    }
}
