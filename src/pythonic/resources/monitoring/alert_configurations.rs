//! Alert configurations of a project.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        client::Atlas,
        ids::AlertConfigurationId,
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::projects::{Project, ProjectHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of an [`AlertConfiguration`], which the async and the blocking type share.
    pub struct AlertConfigurationData(types::GroupAlertsConfig), id: AlertConfigurationId = id {
        /// Returns the event that raises alerts, such as `OUTSIDE_METRIC_THRESHOLD`.
        event_type: &str = event_type_name,
        /// Returns `true` if the alert configuration is enabled.
        is_enabled: bool = enabled,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the time of the last update; `None` if missing or malformed.
        updated: Option<Timestamp> = updated,
    }
}

/// An alert configuration of a project: the condition that raises alerts, and their notifications.
///
/// Dereferences to [`AlertConfigurationData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct AlertConfiguration {
    pub(crate) data: AlertConfigurationData,
    #[serde(skip)]
    pub(crate) handle: AlertConfigurationHandle,
}

impl Deref for AlertConfiguration {
    type Target = AlertConfigurationData;

    fn deref(&self) -> &AlertConfigurationData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for AlertConfiguration {
    type Api = types::GroupAlertsConfig;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = AlertConfigurationData::from_record(project, record)?;
        let handle = project.alert_configuration(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Replaces the alert configuration with a JSON document, sent verbatim. Removes fields that
    /// the document omits.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::update`].
    pub async fn update(&self, document: &impl Serialize) -> Result<Self> {
        self.handle.update(document).await
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// See [`AlertConfigurationHandle::set_enabled`].
    pub async fn set_enabled(&self, enabled: bool) -> Result<Self> {
        self.handle.set_enabled(enabled).await
    }
}

/// A handle to an alert configuration, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// let project = atlas.find_project("Storefront").await?.handle();
/// let no_primary = serde_json::json!({
///     "eventTypeName": "NO_PRIMARY",
///     "enabled": true,
///     "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
/// });
/// let configuration = project.create_alert_configuration(&no_primary).await?;
/// configuration.set_enabled(false).await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct AlertConfigurationHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) id: AlertConfigurationId,
}

impl AlertConfigurationHandle {
    /// Returns the id.
    pub fn id(&self) -> &AlertConfigurationId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("alertConfigId", &self.id)
    }
}

impl Atlas {
    /// Lists the fields that matchers of alert configurations can use, such as `CLUSTER_NAME`.
    pub fn alert_matcher_fields(&self) -> Pager<String> {
        let list = self.operation(operation::LIST_ALERT_CONFIG_MATCHER_FIELD_NAMES);
        list.list_with(|record: Record<String>| Ok(record.value))
    }
}

impl ProjectHandle {
    /// Returns a handle to the alert configuration with this id. Does not send a request.
    pub fn alert_configuration(&self, id: &AlertConfigurationId) -> AlertConfigurationHandle {
        AlertConfigurationHandle {
            project: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the alert configurations.
    pub fn alert_configurations(&self) -> Pager<AlertConfiguration> {
        self.operation(operation::LIST_GROUP_ALERT_CONFIGS)
            .list(self)
    }

    /// Creates an alert configuration from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_alert_configuration(
        &self,
        document: &impl Serialize,
    ) -> Result<AlertConfiguration> {
        let create = self.operation(operation::CREATE_GROUP_ALERT_CONFIG);
        create.with_document(document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the alert configurations.
    ///
    /// See [`ProjectHandle::alert_configurations`].
    pub fn alert_configurations(&self) -> Pager<AlertConfiguration> {
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
    pub async fn get(&self) -> Result<AlertConfiguration> {
        self.operation(operation::GET_GROUP_ALERT_CONFIG)
            .fetch(&self.project)
            .await
    }

    /// Replaces the alert configuration with a JSON document, sent verbatim. Removes fields that
    /// the document omits.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, document: &impl Serialize) -> Result<AlertConfiguration> {
        let update = self.operation(operation::UPDATE_GROUP_ALERT_CONFIG);
        update.with_document(document)?.fetch(&self.project).await
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_ALERT_CONFIG)
            .execute_delete()
            .await
    }

    /// Enables or disables the alert configuration.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the alert configuration does not exist,
    /// or any [request error](crate::Error#request-errors).
    pub async fn set_enabled(&self, enabled: bool) -> Result<AlertConfiguration> {
        let toggle = self.operation(operation::TOGGLE_GROUP_ALERT_CONFIG);
        let document = json!({ "enabled": enabled });
        toggle.with_document(&document)?.fetch(&self.project).await
    }
}
