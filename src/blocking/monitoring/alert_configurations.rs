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

/// The conditions that raise alerts in a project, and the notifications that are sent; the blocking
/// counterpart of [`AlertConfiguration`](crate::AlertConfiguration).
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

    /// Fetches the alert configuration again.
    ///
    /// # Errors
    ///
    /// As [`AlertConfigurationHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Replaces the alert configuration with a JSON document, which is sent verbatim. Fields that
    /// the document omits are removed.
    ///
    /// # Errors
    ///
    /// As [`AlertConfigurationHandle::update`].
    pub fn update(&self, document: &impl Serialize) -> Result<Self> {
        self.handle.update(document)
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// As [`AlertConfigurationHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// As [`AlertConfigurationHandle::set_enabled`].
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
    /// Lists the fields by which alert configurations can be limited, such as `CLUSTER_NAME`.
    ///
    /// See the async [`alert_matcher_fields`](crate::Atlas::alert_matcher_fields).
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
    ///
    /// See the async [`alert_configurations`](crate::ProjectHandle::alert_configurations).
    pub fn alert_configurations(&self) -> Items<AlertConfiguration> {
        self.atlas.list(self.inner.alert_configurations())
    }

    /// Creates an alert configuration from a JSON document, which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As the async
    /// [`create_alert_configuration`](crate::ProjectHandle::create_alert_configuration). Fails
    /// inside an async runtime.
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
    /// As the async [`get`](crate::AlertConfigurationHandle::get). Fails inside an async runtime.
    pub fn get(&self) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.get())
    }

    /// Replaces the alert configuration with a JSON document, which is sent verbatim. Fields that
    /// the document omits are removed.
    ///
    /// # Errors
    ///
    /// As the async [`update`](crate::AlertConfigurationHandle::update). Fails inside an async
    /// runtime.
    pub fn update(&self, document: &impl Serialize) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.update(document))
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// As the async [`delete`](crate::AlertConfigurationHandle::delete). Fails inside an async
    /// runtime.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// As the async [`set_enabled`](crate::AlertConfigurationHandle::set_enabled). Fails inside an
    /// async runtime.
    pub fn set_enabled(&self, enabled: bool) -> Result<AlertConfiguration> {
        self.atlas.fetch(self.inner.set_enabled(enabled))
    }
}
