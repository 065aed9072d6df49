//! The stream of an inventory's events.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{Stream, stream::BoxStream};
use futures_util::StreamExt;

use crate::pythonic::workflows::inventory::Failure;
use crate::{
    error::Result,
    pythonic::resources::{
        deployments::{clusters::Cluster, flex_clusters::FlexCluster},
        organization::{organizations::Organization, projects::Project},
    },
};

/// An event of an inventory.
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

/// The events of an inventory; see [`Inventory::events`](crate::Inventory::events).
///
/// It is a [`Stream`]; [`next`](Self::next) and [`try_next`](Self::try_next) need no extension
/// trait. It ends with an error only if neither organizations nor projects can be listed. Dropping it cancels the
/// requests in progress.
#[must_use = "events are fetched only as they are read"]
pub struct Events(BoxStream<'static, Result<InventoryEvent>>);

impl Events {
    pub(super) fn new(
        pages: impl Stream<Item = Result<BoxStream<'static, InventoryEvent>>> + Send + 'static,
    ) -> Self {
        let events = pages.flat_map(|page| match page {
            Ok(events) => events.map(Ok).boxed(),
            Err(error) => futures_util::stream::iter([Err(error)]).boxed(),
        });
        Self(events.boxed())
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error) of the list of organizations, if no project can be listed either.
    pub async fn next(&mut self) -> Option<Result<InventoryEvent>> {
        self.0.next().await
    }

    /// Returns the next event, or `None` at the end, for use with `?`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<InventoryEvent>> {
        self.next().await.transpose()
    }
}

impl Stream for Events {
    type Item = Result<InventoryEvent>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(context)
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
