//! The maintenance window of a project, without `async`.

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
    /// As the async [`maintenance_window`](crate::ProjectHandle::maintenance_window). Fails inside
    /// an async runtime.
    pub fn maintenance_window(&self) -> Result<MaintenanceWindow> {
        self.atlas.wait(self.inner.maintenance_window())
    }

    /// Updates the fields in a JSON document, which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As the async [`update_maintenance_window`](crate::ProjectHandle::update_maintenance_window).
    /// Fails inside an async runtime.
    pub fn update_maintenance_window(&self, changes: &impl Serialize) -> Result<()> {
        self.atlas
            .wait(self.inner.update_maintenance_window(changes))
    }

    /// Sets the day of the week, from 1 for Sunday to 7 for Saturday, and the hour, from 0 to 23.
    ///
    /// # Errors
    ///
    /// As the async [`set_maintenance_window`](crate::ProjectHandle::set_maintenance_window). Fails
    /// inside an async runtime.
    pub fn set_maintenance_window(&self, day_of_week: u8, hour_of_day: u8) -> Result<()> {
        self.atlas
            .wait(self.inner.set_maintenance_window(day_of_week, hour_of_day))
    }

    /// Removes the maintenance window: Atlas then chooses the time.
    ///
    /// # Errors
    ///
    /// As the async [`reset_maintenance_window`](crate::ProjectHandle::reset_maintenance_window).
    /// Fails inside an async runtime.
    pub fn reset_maintenance_window(&self) -> Result<()> {
        self.atlas.wait(self.inner.reset_maintenance_window())
    }

    /// Defers the next maintenance by a week.
    ///
    /// # Errors
    ///
    /// As the async [`defer_maintenance`](crate::ProjectHandle::defer_maintenance). Fails inside an
    /// async runtime.
    pub fn defer_maintenance(&self) -> Result<()> {
        self.atlas.wait(self.inner.defer_maintenance())
    }

    /// Enables or disables the deferral of each maintenance by a week.
    ///
    /// # Errors
    ///
    /// As the async [`toggle_auto_defer`](crate::ProjectHandle::toggle_auto_defer). Fails inside an
    /// async runtime.
    pub fn toggle_auto_defer(&self) -> Result<()> {
        self.atlas.wait(self.inner.toggle_auto_defer())
    }
}
