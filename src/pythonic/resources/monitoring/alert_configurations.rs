//! What raises alerts in a project: list, get, create (with their project), update, delete, switch
//! on and off.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::pythonic::{
    client::Atlas,
    ids::AlertConfigurationId,
    paging::pager::Pager,
    resources::{
        carrier::carries_none,
        define::{handle, view},
        organization::projects::ProjectHandle,
    },
    responses::record::Record,
};
use crate::{api::types, error::Result, operation};

view! {
    /// What raises alerts and who is told of them, as the server described it.
    pub struct AlertConfiguration(types::GroupAlertsConfig)
        in ProjectHandle, id: AlertConfigurationId = id
    {
        /// The event that raises alerts, such as `OUTSIDE_METRIC_THRESHOLD`.
        event_type: &str = event_type_name,
        /// Whether it raises any.
        is_enabled: bool = enabled,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// When it was last changed.
        updated: Option<Timestamp> = updated,
    }
}

impl<C: Clone> AlertConfiguration<C> {
    /// What can be done with it.
    pub fn handle(&self) -> AlertConfigurationHandle<C> {
        self.parent.alert_configuration(&self.id)
    }
}

handle! {
    /// What can be done with an alert configuration, which is known by its id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let no_primary = serde_json::json!({
    ///     "eventTypeName": "NO_PRIMARY",
    ///     "enabled": true,
    ///     "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
    /// });
    /// let created = project.create_alert_configuration(&no_primary).await?;
    /// let id: mongodbatlas::AlertConfigurationId = created.handle().id().clone();
    /// let configuration = project.alert_configuration(&id);
    /// assert!(!configuration.set_enabled(false).await?.is_enabled());
    /// configuration.update(&no_primary).await?;
    /// assert_eq!(configuration.get().await?.event_type(), "NO_PRIMARY");
    ///
    /// for other in project.alert_configurations().collect().await? {
    ///     println!("{} {:?} {:?}", other.id(), other.created(), other.updated());
    /// }
    /// configuration.delete().await?;
    ///
    /// // what alerts can be limited by
    /// println!("{}", atlas.alert_matcher_fields().collect().await?.join(", "));
    /// # Ok(()) }) }
    /// ```
    pub struct AlertConfigurationHandle in ProjectHandle {
        /// The id.
        id: AlertConfigurationId => "alertConfigId",
    }
}

carries_none! { String }

impl Atlas {
    /// The fields by which alert configurations can be limited, such as `CLUSTER_NAME`.
    pub fn alert_matcher_fields(&self) -> Pager<String> {
        let list = self.operation(operation::LIST_ALERT_CONFIG_MATCHER_FIELD_NAMES);
        list.list_with(|record: Record<String>| Ok(record.value))
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The alert configuration with this id; nothing is sent before something is asked of it.
    pub fn alert_configuration(&self, id: &AlertConfigurationId) -> AlertConfigurationHandle<C> {
        AlertConfigurationHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// Its alert configurations.
    pub fn alert_configurations(&self) -> Pager<AlertConfiguration> {
        self.operation(operation::LIST_GROUP_ALERT_CONFIGS)
            .list(self)
    }

    /// Creates an alert configuration from a JSON document, which is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_alert_configuration(
        &self,
        document: &impl Serialize,
    ) -> Result<AlertConfiguration> {
        let create = self.operation(operation::CREATE_GROUP_ALERT_CONFIG);
        create.with_document(document)?.one(self).await
    }
}

impl AlertConfigurationHandle {
    /// Fetches the alert configuration.
    ///
    /// # Errors
    ///
    /// Not found for an unknown one, and what a call can end with.
    pub async fn get(&self) -> Result<AlertConfiguration> {
        self.operation(operation::GET_GROUP_ALERT_CONFIG)
            .one(&self.parent)
            .await
    }

    /// Puts a JSON document in the place of the configuration; it is sent as it is, and what it
    /// leaves out is gone.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, document: &impl Serialize) -> Result<AlertConfiguration> {
        let update = self.operation(operation::UPDATE_GROUP_ALERT_CONFIG);
        update.with_document(document)?.one(&self.parent).await
    }

    /// Deletes the alert configuration.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_ALERT_CONFIG)
            .deleted()
            .await
    }

    /// Switches the alert configuration on or off.
    ///
    /// # Errors
    ///
    /// Not found for an unknown one, and what a call can end with.
    pub async fn set_enabled(&self, enabled: bool) -> Result<AlertConfiguration> {
        let toggle = self.operation(operation::TOGGLE_GROUP_ALERT_CONFIG);
        let document = json!({ "enabled": enabled });
        toggle.with_document(&document)?.one(&self.parent).await
    }
}
