//! Alert configurations of a project, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::AlertConfigurationId,
        resources::monitoring::alert_configurations::AlertConfigurationData,
    },
};

/// An alert configuration of a project: the condition that raises alerts, and their notifications;
/// the blocking counterpart of [`AlertConfiguration`](crate::AlertConfiguration).
///
/// Dereferences to [`AlertConfigurationData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct AlertConfiguration {
    data: AlertConfigurationData,
    #[serde(skip)]
    pub(crate) handle: AlertConfigurationHandle,
}

impl Deref for AlertConfiguration {
    type Target = AlertConfigurationData;

    fn deref(&self) -> &AlertConfigurationData {
        &self.data
    }
}

impl IntoBlocking for crate::AlertConfiguration {
    type Output = AlertConfiguration;

    fn into_blocking(self, atlas: &Atlas) -> AlertConfiguration {
        AlertConfiguration {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl AlertConfiguration {
    /// Returns the handle.
    pub fn handle(&self) -> AlertConfigurationHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the alert configuration.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Replaces the alert configuration with a JSON document, sent verbatim. Removes fields that
    /// the document omits.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::update`].
    pub fn update(&self, document: &impl Serialize) -> Result<Self> {
        self.handle.update(document)
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::set_enabled`].
    pub fn set_enabled(&self, enabled: bool) -> Result<Self> {
        self.handle.set_enabled(enabled)
    }
}

/// A handle to an alert configuration, identified by its id; the blocking counterpart of
/// [`AlertConfigurationHandle`](crate::AlertConfigurationHandle).
#[derive(Clone, Debug)]
pub struct AlertConfigurationHandle {
    pub(crate) inner: crate::AlertConfigurationHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::AlertConfigurationHandle {
    type Output = AlertConfigurationHandle;

    fn into_blocking(self, atlas: &Atlas) -> AlertConfigurationHandle {
        AlertConfigurationHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl AlertConfigurationHandle {
    /// Returns the id.
    pub fn id(&self) -> &AlertConfigurationId {
        self.inner.id()
    }
}

impl Atlas {
    /// Lists the fields that matchers of alert configurations can use, such as `CLUSTER_NAME`.
    pub fn alert_matcher_fields(&self) -> Items<String> {
        self.items(self.inner.alert_matcher_fields())
    }
}

impl ProjectHandle {
    /// Returns a handle to the alert configuration with this id. Does not send a request.
    pub fn alert_configuration(&self, id: &AlertConfigurationId) -> AlertConfigurationHandle {
        self.inner
            .alert_configuration(id)
            .into_blocking(&self.atlas)
    }

    /// Lists the alert configurations.
    pub fn alert_configurations(&self) -> Items<AlertConfiguration> {
        self.atlas.list(self.inner.alert_configurations())
    }

    /// Creates an alert configuration from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_alert_configuration(
        &self,
        document: &impl Serialize,
    ) -> Result<AlertConfiguration> {
        self.atlas
            .fetch(self.inner.create_alert_configuration(document))
    }
}

impl Project {
    /// Lists the alert configurations.
    ///
    /// See [`ProjectHandle::alert_configurations`].
    pub fn alert_configurations(&self) -> Items<AlertConfiguration> {
        self.handle.alert_configurations()
    }
}

impl AlertConfigurationHandle {
    /// Fetches the alert configuration.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the alert configuration does not exist,
    /// or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.get())
    }

    /// Replaces the alert configuration with a JSON document, sent verbatim. Removes fields that
    /// the document omits.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, document: &impl Serialize) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.update(document))
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the alert configuration does not exist,
    /// or any [request error](crate::Error#request-errors).
    pub fn set_enabled(&self, enabled: bool) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.set_enabled(enabled))
    }
}
