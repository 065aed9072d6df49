//! Events of organizations and projects.

use jiff::Timestamp;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::{
        client::Atlas,
        ids::{ClusterId, EventId, OrganizationId, ProjectId},
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::{
                organizations::{Organization, OrganizationHandle},
                projects::{Project, ProjectHandle},
            },
            time_range::TimeRange,
        },
    },
    request::Call,
};

resource! {
    /// An event of an organization.
    pub struct OrganizationEvent(types::OrgEvent) {
        /// Returns the id; `None` if missing or malformed.
        id: Option<EventId> = id,
        /// Returns the type of the event, such as `ORG_CREATED`.
        event_type: &str = event_type_name,
        /// Returns the time of the event; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the user who caused the event; `None` unless a user caused it.
        username: Option<&str> = username,
        /// Returns the public key of the API key that caused the event; `None` unless an API key
        /// caused it.
        public_key: Option<&str> = public_key,
        /// Returns the IP address of the client.
        remote_address: Option<&str> = remote_address,
        /// Returns the id of the project; `None` for events outside of projects.
        project_id: Option<ProjectId> = group_id,
        /// Returns the id of the organization.
        organization_id: Option<OrganizationId> = org_id,
    }
}

resource! {
    /// An event of a project.
    pub struct ProjectEvent(types::GroupEvent) {
        /// Returns the id; `None` if missing or malformed.
        id: Option<EventId> = id,
        /// Returns the type of the event, such as `CLUSTER_CREATED`.
        event_type: &str = event_type_name,
        /// Returns the time of the event; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the user who caused the event; `None` unless a user caused it.
        username: Option<&str> = username,
        /// Returns the public key of the API key that caused the event; `None` unless an API key
        /// caused it.
        public_key: Option<&str> = public_key,
        /// Returns the IP address of the client.
        remote_address: Option<&str> = remote_address,
        /// Returns the id of the project.
        project_id: Option<ProjectId> = group_id,
        /// Returns the id of the organization.
        organization_id: Option<OrganizationId> = org_id,
        /// Returns the id of the affected resource, such as a cluster; `None` if missing or
        /// malformed.
        resource_id: Option<ClusterId> = resource_id,
    }
}

resource! {
    /// An event type returned by the API.
    pub struct EventType(types::EventTypeDetails) {
        /// Returns the name, such as `CLUSTER_CREATED`.
        name: &str = event_type,
        /// Returns the description.
        description: &str = description,
        /// Returns `true` if alerts can be configured for this type.
        is_alertable: bool = alertable,
    }
}

/// A filter for events. Default: all events.
///
/// ```
/// use mongodbatlas::EventFilter;
///
/// let filter = EventFilter::new()
///     .since("2026-09-01T00:00:00Z".parse().expect("a time"))
///     .with_type("CLUSTER_CREATED")
///     .with_type("CLUSTER_DELETED");
/// # let _ = filter;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a filter has no effect until it is passed to a list method"]
pub struct EventFilter {
    range: TimeRange,
    types: Vec<String>,
    clusters: Vec<String>,
}

impl EventFilter {
    /// Creates a filter that matches all events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects events at or after this time.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.range.since = Some(time);
        self
    }

    /// Selects events at or before this time. Default after [`since`](Self::since): now.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.range.until = Some(time);
        self
    }

    /// Adds an event type. Default: all types.
    pub fn with_type(mut self, event_type: impl Into<String>) -> Self {
        self.types.push(event_type.into());
        self
    }

    /// Adds a cluster by its name. Default: all clusters. Applies to the events of a project only;
    /// lists of an organization's events fail without sending a request.
    pub fn with_cluster(mut self, name: impl Into<String>) -> Self {
        self.clusters.push(name.into());
        self
    }

    fn apply(&self, call: Call) -> Call {
        let call = self
            .range
            .apply(call, ["minDate", "maxDate"], |time| time, None);
        call.with_each("eventType", &self.types)
            .with_each("clusterNames", &self.clusters)
    }
}

impl Atlas {
    /// Lists the event types.
    pub fn event_types(&self) -> Pager<EventType> {
        self.operation(operation::LIST_EVENT_TYPES).list(&())
    }
}

impl OrganizationHandle {
    /// Lists the events, most recent first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::EventFilter;
    ///
    /// let organization = atlas.this_organization().await?.handle();
    /// let mut events = organization.events(&EventFilter::new());
    /// while let Some(event) = events.try_next().await? {
    ///     println!("{:?} {}", event.created(), event.event_type());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn events(&self, filter: &EventFilter) -> Pager<OrganizationEvent> {
        filter
            .apply(self.operation(operation::LIST_ORG_EVENTS))
            .list(&())
    }

    /// Fetches one event.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the event does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn event(&self, id: &EventId) -> Result<OrganizationEvent> {
        self.operation(operation::GET_ORG_EVENT)
            .with("eventId", id)
            .fetch(&())
            .await
    }
}

impl Organization {
    /// Lists the events, most recent first.
    ///
    /// See [`OrganizationHandle::events`].
    pub fn events(&self, filter: &EventFilter) -> Pager<OrganizationEvent> {
        self.handle.events(filter)
    }
}

impl ProjectHandle {
    /// Lists the events, most recent first.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::EventFilter;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let filter = EventFilter::new().with_cluster("shop-staging");
    /// let mut events = project.events(&filter);
    /// while let Some(event) = events.try_next().await? {
    ///     println!("{:?} {} by {:?}", event.created(), event.event_type(), event.username());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn events(&self, filter: &EventFilter) -> Pager<ProjectEvent> {
        filter
            .apply(self.operation(operation::LIST_GROUP_EVENTS))
            .list(&())
    }

    /// Fetches one event.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the event does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn event(&self, id: &EventId) -> Result<ProjectEvent> {
        let get = self.operation(operation::GET_GROUP_EVENT);
        get.with("eventId", id).fetch(&()).await
    }
}

impl Project {
    /// Lists the events, most recent first.
    ///
    /// See [`ProjectHandle::events`].
    pub fn events(&self, filter: &EventFilter) -> Pager<ProjectEvent> {
        self.handle.events(filter)
    }
}
