//! Events of an organization and of a project: list, get, types.

use jiff::Timestamp;

use crate::pythonic::{
    client::Atlas,
    ids::{ClusterId, EventId, OrganizationId, ProjectId},
    paging::pager::Pager,
    resources::{
        define::view,
        organization::{organizations::OrganizationHandle, projects::ProjectHandle},
        period::Period,
    },
};
use crate::{api::types, error::Result, operation, request::Call};

view! {
    /// Something that happened in an organization, as the server described it.
    pub struct OrganizationEvent(types::OrgEvent) {
        /// The id, if the server sent a valid one.
        id: Option<EventId> = id,
        /// What happened, such as `ORG_CREATED`.
        event_type: &str = event_type_name,
        /// When it happened, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// The person who did it; none if it was nobody or a key.
        username: Option<&str> = username,
        /// The public half of the API key that did it; none if it was no key.
        public_key: Option<&str> = public_key,
        /// The address from which it was done.
        remote_address: Option<&str> = remote_address,
        /// The project in which it happened, if it was in one.
        project_id: Option<ProjectId> = group_id,
        /// The organization in which it happened.
        organization_id: Option<OrganizationId> = org_id,
    }
}

view! {
    /// Something that happened in a project, as the server described it.
    pub struct ProjectEvent(types::GroupEvent) {
        /// The id, if the server sent a valid one.
        id: Option<EventId> = id,
        /// What happened, such as `CLUSTER_CREATED`.
        event_type: &str = event_type_name,
        /// When it happened, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// The person who did it; none if it was nobody or a key.
        username: Option<&str> = username,
        /// The public half of the API key that did it; none if it was no key.
        public_key: Option<&str> = public_key,
        /// The address from which it was done.
        remote_address: Option<&str> = remote_address,
        /// The project in which it happened.
        project_id: Option<ProjectId> = group_id,
        /// The organization in which it happened.
        organization_id: Option<OrganizationId> = org_id,
        /// The resource to which it happened, such as a cluster, if the server sent its id.
        resource_id: Option<ClusterId> = resource_id,
    }
}

view! {
    /// A type of event, as the server described it.
    pub struct EventType(types::EventTypeDetails) {
        /// The name, such as `CLUSTER_CREATED`.
        name: &str = event_type,
        /// What it means.
        description: &str = description,
        /// Whether alerts can be configured for it.
        is_alertable: bool = alertable,
    }
}

/// Which events are wanted; all, unless told otherwise.
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
    /// All events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only events from this time on.
    pub fn since(mut self, time: Timestamp) -> Self {
        self.period.since = Some(time);
        self
    }

    /// Only events up to this time.
    pub fn until(mut self, time: Timestamp) -> Self {
        self.period.until = Some(time);
        self
    }

    /// Only events of this type and of the others that are given.
    pub fn with_type(mut self, event_type: impl Into<String>) -> Self {
        self.types.push(event_type.into());
        self
    }

    /// Only events about the cluster of this name and about the others that are given. Atlas offers it
    /// for the events of a project; for those of an organization it is refused before anything is sent.
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
    /// The types of events that there are.
    pub fn event_types(&self) -> Pager<EventType> {
        self.operation(operation::LIST_EVENT_TYPES).list(&())
    }
}

impl OrganizationHandle {
    /// Its events, the latest first.
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

    /// Fetches one of its events.
    ///
    /// # Errors
    ///
    /// Not found for an unknown event, and what a call can end with.
    pub async fn event(&self, id: &EventId) -> Result<OrganizationEvent> {
        self.operation(operation::GET_ORG_EVENT)
            .with("eventId", id)
            .one(&())
            .await
    }
}

impl ProjectHandle {
    /// Its events, the latest first.
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

    /// Fetches one of its events.
    ///
    /// # Errors
    ///
    /// Not found for an unknown event, and what a call can end with.
    pub async fn event(&self, id: &EventId) -> Result<ProjectEvent> {
        let get = self.operation(operation::GET_GROUP_EVENT);
        get.with("eventId", id).one(&()).await
    }
}
