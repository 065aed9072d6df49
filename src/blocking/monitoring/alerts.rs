//! Alerts of a project, without `async`.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

#[cfg(feature = "alert-configurations")]
use crate::blocking::monitoring::alert_configurations::{
    AlertConfiguration, AlertConfigurationHandle,
};
use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::AlertId,
        resources::monitoring::alerts::{AlertData, AlertStatus},
    },
};

/// An alert returned by the API; the blocking counterpart of [`Alert`](crate::Alert).
///
/// Dereferences to [`AlertData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Alert {
    data: AlertData,
    #[serde(skip)]
    pub(crate) handle: AlertHandle,
}

impl Deref for Alert {
    type Target = AlertData;

    fn deref(&self) -> &AlertData {
        &self.data
    }
}

impl IntoBlocking for crate::Alert {
    type Output = Alert;

    fn into_blocking(self, atlas: &Atlas) -> Alert {
        Alert {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Alert {
    /// Returns the handle.
    pub fn handle(&self) -> AlertHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the alert.
    ///
    /// # Errors
    ///
    /// See [`AlertHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Acknowledges the alert. Atlas sends no notifications until this time.
    ///
    /// # Errors
    ///
    /// See [`AlertHandle::acknowledge`].
    pub fn acknowledge(&self, until: Timestamp, comment: &str) -> Result<Self> {
        self.handle.acknowledge(until, comment)
    }

    /// Removes the acknowledgement.
    ///
    /// # Errors
    ///
    /// See [`AlertHandle::unacknowledge`].
    pub fn unacknowledge(&self) -> Result<Self> {
        self.handle.unacknowledge()
    }

    /// Lists the alert configurations that raised the alert.
    ///
    /// See [`AlertHandle::configurations`].
    #[cfg(feature = "alert-configurations")]
    pub fn configurations(&self) -> Items<AlertConfiguration> {
        self.handle.configurations()
    }
}

/// A handle to an alert, identified by its id; the blocking counterpart of
/// [`AlertHandle`](crate::AlertHandle).
#[derive(Clone, Debug)]
pub struct AlertHandle {
    pub(crate) inner: crate::AlertHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::AlertHandle {
    type Output = AlertHandle;

    fn into_blocking(self, atlas: &Atlas) -> AlertHandle {
        AlertHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl AlertHandle {
    /// Returns the id.
    pub fn id(&self) -> &AlertId {
        self.inner.id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the alert with this id. Does not send a request.
    pub fn alert(&self, id: &AlertId) -> AlertHandle {
        self.inner.alert(id).into_blocking(&self.atlas)
    }

    /// Lists the alerts.
    pub fn alerts(&self) -> Items<Alert> {
        self.atlas.list(self.inner.alerts())
    }

    /// Lists the alerts with this status.
    pub fn alerts_in_status(&self, status: impl Into<AlertStatus>) -> Items<Alert> {
        self.atlas.list(self.inner.alerts_in_status(status))
    }
}

impl Project {
    /// Lists the alerts.
    ///
    /// See [`ProjectHandle::alerts`].
    pub fn alerts(&self) -> Items<Alert> {
        self.handle.alerts()
    }

    /// Lists the alerts with this status.
    ///
    /// See [`ProjectHandle::alerts_in_status`].
    pub fn alerts_in_status(&self, status: impl Into<AlertStatus>) -> Items<Alert> {
        self.handle.alerts_in_status(status)
    }
}

impl AlertHandle {
    /// Fetches the alert.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the alert does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Alert> {
        self.atlas.fetch(self.inner.get())
    }

    /// Acknowledges the alert. Atlas sends no notifications until this time.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the alert is closed, or any [request
    /// error](crate::Error#request-errors).
    pub fn acknowledge(&self, until: Timestamp, comment: &str) -> Result<Alert> {
        self.atlas.fetch(self.inner.acknowledge(until, comment))
    }

    /// Removes the acknowledgement.
    ///
    /// # Errors
    ///
    /// See [`acknowledge`](Self::acknowledge).
    pub fn unacknowledge(&self) -> Result<Alert> {
        self.atlas.fetch(self.inner.unacknowledge())
    }

    /// Lists the alert configurations that raised the alert.
    #[cfg(feature = "alert-configurations")]
    pub fn configurations(&self) -> Items<AlertConfiguration> {
        self.atlas.list(self.inner.configurations())
    }
}

#[cfg(feature = "alert-configurations")]
impl AlertConfigurationHandle {
    /// Lists the open alerts that the alert configuration raised.
    pub fn alerts(&self) -> Items<Alert> {
        self.atlas.list(self.inner.alerts())
    }
}

#[cfg(feature = "alert-configurations")]
impl AlertConfiguration {
    /// Lists the open alerts that the alert configuration raised.
    ///
    /// See [`AlertConfigurationHandle::alerts`].
    pub fn alerts(&self) -> Items<Alert> {
        self.handle.alerts()
    }
}
