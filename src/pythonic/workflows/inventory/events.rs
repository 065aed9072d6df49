//! The stream of what there is.

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
    pythonic::{
        client::Atlas,
        resources::{
            carrier::WithClient,
            deployments::{clusters::Cluster, flex_clusters::FlexCluster},
            organization::{organizations::Organization, projects::Project},
        },
    },
};

/// One thing of an inventory.
#[derive(Debug)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "most events are the largest one, a cluster"
)]
pub enum InventoryEvent<C = Atlas> {
    /// An organization; what follows is in it.
    Organization(Organization<C>),
    /// A project of the organization before; what follows is in it.
    Project(Project<C>),
    /// A dedicated or shared cluster of the project before.
    Cluster(Cluster<C>),
    /// A flex cluster of the project before.
    FlexCluster(FlexCluster<C>),
    /// Something that could not be listed, where it would have been.
    Failure(Failure),
}

impl<C, D> WithClient<D> for InventoryEvent<C> {
    type Output = InventoryEvent<D>;

    fn with_client(self, atlas: D) -> InventoryEvent<D> {
        match self {
            Self::Organization(it) => InventoryEvent::Organization(it.with_client(atlas)),
            Self::Project(it) => InventoryEvent::Project(it.with_client(atlas)),
            Self::Cluster(it) => InventoryEvent::Cluster(it.with_client(atlas)),
            Self::FlexCluster(it) => InventoryEvent::FlexCluster(it.with_client(atlas)),
            Self::Failure(failure) => InventoryEvent::Failure(failure),
        }
    }
}

/// What there is, as it becomes known; made by [`Inventory::events`](crate::Inventory::events).
///
/// It is a [`Stream`]; [`next`](Self::next) and [`try_next`](Self::try_next) need no extension trait.
/// Only the list of organizations can end it with an error. Dropping it gives up what is under way.
#[must_use = "events are fetched only when they are asked for"]
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

    /// The next thing, an error, or nothing at the end.
    ///
    /// # Errors
    ///
    /// What the list of organizations can end with.
    pub async fn next(&mut self) -> Option<Result<InventoryEvent>> {
        self.0.next().await
    }

    /// The next thing, or nothing at the end; made for `?`.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
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
