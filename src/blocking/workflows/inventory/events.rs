//! The iterator over an inventory's events.

use std::fmt;

use crate::blocking::{
    client::{Atlas, IntoBlocking},
    deployments::{clusters::Cluster, flex_clusters::FlexCluster},
    organization::{organizations::Organization, projects::Project},
};
use crate::{
    error::{Error, Result},
    pythonic::workflows::inventory::Failure,
};

/// An event of an inventory; the blocking counterpart of [`InventoryEvent`](crate::InventoryEvent).
#[derive(Debug)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "most events are the largest one, a cluster"
)]
pub enum InventoryEvent {
    /// An organization; the next events belong to it.
    Organization(Organization),
    /// A project of the previous organization; the next events belong to it. After the failure of the list of
    /// organizations: a project of any organization.
    Project(Project),
    /// A dedicated or shared cluster of the previous project.
    Cluster(Cluster),
    /// A flex cluster of the previous project.
    FlexCluster(FlexCluster),
    /// A list that failed, in place of its items.
    Failure(Failure),
}

impl IntoBlocking for crate::InventoryEvent {
    type Output = InventoryEvent;

    fn into_blocking(self, atlas: &Atlas) -> InventoryEvent {
        match self {
            Self::Organization(organization) => {
                InventoryEvent::Organization(organization.into_blocking(atlas))
            }
            Self::Project(project) => InventoryEvent::Project(project.into_blocking(atlas)),
            Self::Cluster(cluster) => InventoryEvent::Cluster(cluster.into_blocking(atlas)),
            Self::FlexCluster(cluster) => InventoryEvent::FlexCluster(cluster.into_blocking(atlas)),
            Self::Failure(failure) => InventoryEvent::Failure(failure),
        }
    }
}

/// The events of an inventory; the blocking counterpart of [`Events`](crate::Events).
#[must_use = "iterators are lazy and send no request until an event is read"]
pub struct Events {
    /// `None` after the runtime rejected a call.
    events: Option<crate::Events>,
    atlas: Atlas,
}

impl Events {
    pub(super) fn new(events: crate::Events, atlas: Atlas) -> Self {
        Self {
            events: Some(events),
            atlas,
        }
    }
}

impl Iterator for Events {
    type Item = Result<InventoryEvent>;

    fn next(&mut self) -> Option<Self::Item> {
        let event = self.atlas.wait(self.events.as_mut()?.try_next());
        if event.as_ref().is_err_and(Error::is_blocking_in_async) {
            self.events = None;
        }
        let event = event.transpose()?;
        Some(event.map(|event| event.into_blocking(&self.atlas)))
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
