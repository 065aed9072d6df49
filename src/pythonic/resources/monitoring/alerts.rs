//! Alerts of a project.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

#[cfg(feature = "alert-configurations")]
use crate::pythonic::resources::monitoring::alert_configurations::{
    AlertConfiguration, AlertConfigurationHandle,
};
use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::{AlertConfigurationId, AlertId},
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::projects::{Project, ProjectHandle},
            values::value,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

value! {
    /// The status of an alert. Atlas can add values at any time.
    pub enum AlertStatus {
        Open = "OPEN",
        Tracking = "TRACKING",
        Closed = "CLOSED",
        Cancelled = "CANCELLED",
    }
}

resource! {
    /// The data of an [`Alert`], which the async and the blocking type share.
    pub struct AlertData(types::Alert), id: AlertId = id {
        /// Returns the event that raised the alert, such as `OUTSIDE_METRIC_THRESHOLD`.
        event_type: &str = event_type_name,
        /// Returns the status.
        status: AlertStatus = status,
        /// Returns the time at which the alert was raised; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the time of the last change.
        updated: Option<Timestamp> = updated,
        /// Returns the time at which the alert was resolved; `None` while it is open.
        resolved: Option<Timestamp> = resolved,
        /// Returns the end of the acknowledgement; `None` if the alert is not acknowledged.
        acknowledged_until: Option<Timestamp> = acknowledged_until,
        /// Returns the comment of the acknowledgement.
        acknowledgement_comment: Option<&str> = acknowledgement_comment,
        /// Returns the name of the affected cluster; `None` for alerts without a cluster.
        cluster_name: Option<&str> = cluster_name,
        /// Returns the metric; `None` for alerts without a metric.
        metric: Option<&str> = metric_name,
        /// Returns the id of the alert configuration that raised the alert; `None` if missing or
        /// malformed.
        configuration_id: Option<AlertConfigurationId> = alert_config_id,
    }
}

/// An alert returned by the API.
///
/// Dereferences to [`AlertData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Alert {
    pub(crate) data: AlertData,
    #[serde(skip)]
    pub(crate) handle: AlertHandle,
}

impl Deref for Alert {
    type Target = AlertData;

    fn deref(&self) -> &AlertData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for Alert {
    type Api = types::Alert;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = AlertData::from_record(project, record)?;
        let handle = project.alert(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Acknowledges the alert. Atlas sends no notifications until this time.
    ///
    /// # Errors
    ///
    /// See [`AlertHandle::acknowledge`].
    pub async fn acknowledge(&self, until: Timestamp, comment: &str) -> Result<Self> {
        self.handle.acknowledge(until, comment).await
    }

    /// Removes the acknowledgement.
    ///
    /// # Errors
    ///
    /// See [`AlertHandle::unacknowledge`].
    pub async fn unacknowledge(&self) -> Result<Self> {
        self.handle.unacknowledge().await
    }

    /// Lists the alert configurations that raised the alert.
    ///
    /// See [`AlertHandle::configurations`].
    #[cfg(feature = "alert-configurations")]
    pub fn configurations(&self) -> Pager<AlertConfiguration> {
        self.handle.configurations()
    }
}

/// A handle to an alert, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use jiff::{SignedDuration, Timestamp};
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let tomorrow = Timestamp::now() + SignedDuration::from_hours(24);
/// for alert in project.alerts_in_status("OPEN").collect().await? {
///     alert.acknowledge(tomorrow, "being investigated").await?;
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct AlertHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) id: AlertId,
}

impl AlertHandle {
    /// Returns the id.
    pub fn id(&self) -> &AlertId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project.operation(operation).with("alertId", &self.id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the alert with this id. Does not send a request.
    pub fn alert(&self, id: &AlertId) -> AlertHandle {
        AlertHandle {
            project: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the alerts.
    pub fn alerts(&self) -> Pager<Alert> {
        self.operation(operation::LIST_GROUP_ALERTS).list(self)
    }

    /// Lists the alerts with this status.
    pub fn alerts_in_status(&self, status: impl Into<AlertStatus>) -> Pager<Alert> {
        let list = self.operation(operation::LIST_GROUP_ALERTS);
        list.with("status", status.into()).list(self)
    }
}

impl Project {
    /// Lists the alerts.
    ///
    /// See [`ProjectHandle::alerts`].
    pub fn alerts(&self) -> Pager<Alert> {
        self.handle.alerts()
    }

    /// Lists the alerts with this status.
    ///
    /// See [`ProjectHandle::alerts_in_status`].
    pub fn alerts_in_status(&self, status: impl Into<AlertStatus>) -> Pager<Alert> {
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
    pub async fn get(&self) -> Result<Alert> {
        self.operation(operation::GET_GROUP_ALERT)
            .fetch(&self.project)
            .await
    }

    /// Acknowledges the alert. Atlas sends no notifications until this time.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the alert is closed, or any [request
    /// error](crate::Error#request-errors).
    pub async fn acknowledge(&self, until: Timestamp, comment: &str) -> Result<Alert> {
        let acknowledge = self.operation(operation::ACKNOWLEDGE_GROUP_ALERT);
        let document = json!({
            "acknowledgedUntil": until.to_string(),
            "acknowledgementComment": comment,
        });
        acknowledge
            .with_document(&document)?
            .fetch(&self.project)
            .await
    }

    /// Removes the acknowledgement.
    ///
    /// # Errors
    ///
    /// See [`acknowledge`](Self::acknowledge).
    pub async fn unacknowledge(&self) -> Result<Alert> {
        let unacknowledge = self.operation(operation::ACKNOWLEDGE_GROUP_ALERT);
        let document = json!({ "unacknowledgeAlert": true });
        unacknowledge
            .with_document(&document)?
            .fetch(&self.project)
            .await
    }

    /// Lists the alert configurations that raised the alert.
    #[cfg(feature = "alert-configurations")]
    pub fn configurations(&self) -> Pager<AlertConfiguration> {
        let list = self.operation(operation::GET_GROUP_ALERT_ALERT_CONFIGS);
        list.list(&self.project)
    }
}

#[cfg(feature = "alert-configurations")]
impl AlertConfigurationHandle {
    /// Lists the open alerts that the alert configuration raised.
    pub fn alerts(&self) -> Pager<Alert> {
        let list = self.operation(operation::GET_GROUP_ALERT_CONFIG_ALERTS);
        list.list(&self.project)
    }
}

#[cfg(feature = "alert-configurations")]
impl AlertConfiguration {
    /// Lists the open alerts that the alert configuration raised.
    ///
    /// See [`AlertConfigurationHandle::alerts`].
    pub fn alerts(&self) -> Pager<Alert> {
        self.handle.alerts()
    }
}
