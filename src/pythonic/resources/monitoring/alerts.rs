//! Alerts of a project: list, get, acknowledge.

use jiff::Timestamp;
use serde_json::json;

#[cfg(feature = "alert-configurations")]
use crate::pythonic::resources::monitoring::alert_configurations::{
    AlertConfiguration, AlertConfigurationHandle,
};
use crate::pythonic::{
    ids::{AlertConfigurationId, AlertId},
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::projects::ProjectHandle,
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// An alert, as the server described it.
    pub struct Alert(types::Alert) in ProjectHandle, id: AlertId = id {
        /// What raised it, such as `OUTSIDE_METRIC_THRESHOLD`.
        event_type: &str = event_type_name,
        /// How it stands: `OPEN`, `TRACKING` or `CLOSED`.
        status: &str = status,
        /// When it was raised, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// When it last changed.
        updated: Option<Timestamp> = updated,
        /// When what raised it was over; none while it is not.
        resolved: Option<Timestamp> = resolved,
        /// Until when it is acknowledged; none if it is not.
        acknowledged_until: Option<Timestamp> = acknowledged_until,
        /// What somebody wrote when acknowledging it.
        acknowledgement_comment: Option<&str> = acknowledgement_comment,
        /// The cluster that it is about, if it is about one.
        cluster_name: Option<&str> = cluster_name,
        /// The metric that it is about, if it is about one.
        metric: Option<&str> = metric_name,
        /// The configuration that had it raised, if the server sent a valid id.
        configuration_id: Option<AlertConfigurationId> = alert_config_id,
    }
}

impl<C: Clone> Alert<C> {
    /// What can be done with it.
    pub fn handle(&self) -> AlertHandle<C> {
        self.parent.alert(&self.id)
    }
}

handle! {
    /// What can be done with an alert, which is known by its id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// # atlas.find_project("Storefront").await?.handle()
    /// #     .create_alert_configuration(&serde_json::json!({
    /// #         "eventTypeName": "OUTSIDE_METRIC_THRESHOLD",
    /// #         "enabled": true,
    /// #         "metricThreshold": {
    /// #             "metricName": "CONNECTIONS", "mode": "AVERAGE", "operator": "GREATER_THAN",
    /// #             "threshold": -1.0, "units": "RAW",
    /// #         },
    /// #         "notifications": [{"typeName": "GROUP", "intervalMin": 5, "emailEnabled": true}],
    /// #     }))
    /// #     .await?;
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let far_off = "2100-01-01T00:00:00Z".parse().expect("a time");
    /// let alerts = project.alerts_in_status("OPEN").collect().await?;
    /// for alert in &alerts {
    ///     println!("{} {} since {:?}", alert.status(), alert.event_type(), alert.created());
    ///     println!("{:?} {:?} {:?}", alert.cluster_name(), alert.metric(), alert.updated());
    ///     alert.handle().acknowledge(far_off, "looking into it").await?;
    /// }
    ///
    /// let id: &mongodbatlas::AlertId = alerts[0].id();
    /// let alert = project.alert(id);
    /// let acknowledged = alert.get().await?;
    /// assert_eq!(acknowledged.acknowledged_until(), Some(far_off));
    /// assert_eq!(acknowledged.acknowledgement_comment(), Some("looking into it"));
    /// alert.unacknowledge().await?;
    ///
    /// // why it was raised, and what else was
    /// for configuration in alert.configurations().collect().await? {
    ///     println!("{} {}", configuration.id(), configuration.event_type());
    ///     for alert in configuration.handle().alerts().collect().await? {
    ///         assert_eq!(alert.configuration_id().as_ref(), Some(configuration.id()));
    ///     }
    /// }
    /// for alert in project.alerts().collect().await? {
    ///     println!("{} {} until {:?}", alert.id(), alert.event_type(), alert.resolved());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub struct AlertHandle in ProjectHandle {
        /// The id.
        id: AlertId => "alertId",
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The alert with this id; nothing is sent before something is asked of it.
    pub fn alert(&self, id: &AlertId) -> AlertHandle<C> {
        AlertHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// Its alerts.
    pub fn alerts(&self) -> Pager<Alert> {
        self.operation(operation::LIST_GROUP_ALERTS).list(self)
    }

    /// Its alerts that stand so: `OPEN`, `TRACKING` or `CLOSED`.
    pub fn alerts_in_status(&self, status: &str) -> Pager<Alert> {
        let list = self.operation(operation::LIST_GROUP_ALERTS);
        list.with("status", status).list(self)
    }
}

impl AlertHandle {
    /// Fetches the alert.
    ///
    /// # Errors
    ///
    /// Not found for an unknown alert, and what a call can end with.
    pub async fn get(&self) -> Result<Alert> {
        self.operation(operation::GET_GROUP_ALERT)
            .one(&self.parent)
            .await
    }

    /// Acknowledges the alert: until this time nobody is told of it again.
    ///
    /// # Errors
    ///
    /// Rejected for an alert that is closed, and what a call can end with.
    pub async fn acknowledge(&self, until: Timestamp, comment: &str) -> Result<Alert> {
        let acknowledge = self.operation(operation::ACKNOWLEDGE_GROUP_ALERT);
        let document = json!({
            "acknowledgedUntil": until.to_string(),
            "acknowledgementComment": comment,
        });
        acknowledge
            .with_document(&document)?
            .one(&self.parent)
            .await
    }

    /// Takes an acknowledgement back.
    ///
    /// # Errors
    ///
    /// As [`acknowledge`](Self::acknowledge).
    pub async fn unacknowledge(&self) -> Result<Alert> {
        let unacknowledge = self.operation(operation::ACKNOWLEDGE_GROUP_ALERT);
        let document = json!({ "unacknowledgeAlert": true });
        unacknowledge
            .with_document(&document)?
            .one(&self.parent)
            .await
    }

    /// The configurations that had it raised.
    #[cfg(feature = "alert-configurations")]
    pub fn configurations(&self) -> Pager<AlertConfiguration> {
        let list = self.operation(operation::GET_GROUP_ALERT_ALERT_CONFIGS);
        list.list(&self.parent)
    }
}

#[cfg(feature = "alert-configurations")]
impl AlertConfigurationHandle {
    /// The open alerts that it had raised.
    pub fn alerts(&self) -> Pager<Alert> {
        let list = self.operation(operation::GET_GROUP_ALERT_CONFIG_ALERTS);
        list.list(&self.parent)
    }
}
