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
            period::Period,
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
        /// Returns the user who caused the event; `None` if it was not a user.
        username: Option<&str> = username,
        /// Returns the public key of the API key that caused the event; `None` if it was not an API
        /// key.
        public_key: Option<&str> = public_key,
        /// Returns the address from which the request came.
        remote_address: Option<&str> = remote_address,
        /// Returns the id of the project; `None` if the event does not belong to one.
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
        /// Returns the user who caused the event; `None` if it was not a user.
        username: Option<&str> = username,
        /// Returns the public key of the API key that caused the event; `None` if it was not an API
        /// key.
        public_key: Option<&str> = public_key,
        /// Returns the address from which the request came.
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
    /// A type of event returned by the API.
    pub struct EventType(types::EventTypeDetails) {
        /// Returns the name, such as `CLUSTER_CREATED`.
        name: &str = event_type,
        /// Returns the description.
        description: &str = description,
        /// Returns whether alerts can be configured for this type.
        is_alertable: bool = alertable,
    }
}

/// Selects events; the default is all.
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
#[must_use = "a filter does nothing until it is given to a list"]
pub struct EventFilter {
    period: Period,
    types: Vec<String>,
    clusters: Vec<String>,
}

impl EventFilter {
    /// Selects all events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects events at or after this time.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Selects events at or before this time.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }

    /// Adds an event type; the default is all types.
    pub fn with_type(mut self, event_type: impl Into<String>) -> Self {
        self.types.push(event_type.into());
        self
    }

    /// Adds a cluster by its name; the default is all clusters. Only lists of a project's events
    /// accept this. Lists of an organization's events fail before a request is sent.
    pub fn with_cluster(mut self, name: impl Into<String>) -> Self {
        self.clusters.push(name.into());
        self
    }

    fn apply(&self, call: Call) -> Call {
        let call = self.period.apply(call, ["minDate", "maxDate"], |time| time);
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
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::EventFilter;
    ///
    /// let organization = atlas.this_organization().await?.handle();
    /// organization.create_api_key("watched", &["ORG_MEMBER"]).await?;
    /// let mut events = organization.events(&EventFilter::new());
    /// while let Some(event) = events.try_next().await? {
    ///     println!("{:?} {} in {:?}", event.created(), event.event_type(), event.project_id());
    ///     println!("{:?} {:?}", event.username().or(event.public_key()), event.remote_address());
    ///     println!("{:?}", event.organization_id());
    ///     let id: Option<mongodbatlas::EventId> = event.id();
    ///     if let Some(id) = id {
    ///         assert_eq!(organization.event(&id).await?.event_type(), event.event_type());
    ///     }
    /// }
    ///
    /// // what there can be
    /// for event_type in atlas.event_types().collect().await? {
    ///     println!("{}: {}", event_type.name(), event_type.description());
    ///     println!("{}", event_type.is_alertable());
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
    /// Not found for an unknown event, or any [request error](crate::Error).
    pub async fn event(&self, id: &EventId) -> Result<OrganizationEvent> {
        self.operation(operation::GET_ORG_EVENT)
            .with("eventId", id)
            .one(&())
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
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::EventFilter;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let filter = EventFilter::new()
    ///     .with_cluster("shop-staging")
    ///     .until("2100-01-01T00:00:00Z".parse().expect("a time"));
    /// for event in project.events(&filter).collect().await? {
    ///     println!("{:?} {} {:?}", event.created(), event.event_type(), event.resource_id());
    ///     println!("{:?} {:?}", event.username().or(event.public_key()), event.remote_address());
    ///     println!("{:?} {:?}", event.project_id(), event.organization_id());
    ///     if let Some(id) = event.id() {
    ///         project.event(&id).await?;
    ///     }
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
    /// Not found for an unknown event, or any [request error](crate::Error).
    pub async fn event(&self, id: &EventId) -> Result<ProjectEvent> {
        let get = self.operation(operation::GET_GROUP_EVENT);
        get.with("eventId", id).one(&()).await
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
