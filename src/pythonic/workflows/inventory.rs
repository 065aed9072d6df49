//! Lists everything that is visible to the credentials: organizations, projects, clusters and flex
//! clusters.
//!
//! [`Inventory`] has the options. [`events`](Inventory::events) returns a stream in a fixed order, and
//! [`tree`](Inventory::tree) collects it. `inventory/plan.rs` schedules the requests.

mod events;
mod failure;
mod plan;
mod tree;

use crate::error::Result;
use crate::pythonic::{
    client::Atlas, ids::OrganizationId, resources::organization::organizations::OrganizationHandle,
};

pub use events::{Events, InventoryEvent};
pub use failure::Failure;
pub use tree::{OrganizationTree, ProjectTree, Tree};

/// The default number of concurrent lists.
const DEFAULT_CONCURRENCY: usize = 32;

/// Lists everything that is visible to the credentials; see [`Atlas::inventory`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::InventoryEvent;
///
/// let mut events = atlas.inventory().with_concurrency(8).events();
/// while let Some(event) = events.try_next().await? {
///     match event {
///         InventoryEvent::Project(project) => println!("{}", project.name()),
///         InventoryEvent::Cluster(cluster) => println!("  {} {}", cluster.name(), cluster.state()),
///         InventoryEvent::Failure(failure) => println!("  {failure}"),
///         _ => {}
///     }
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "an inventory sends no request until it is read"]
pub struct Inventory {
    pub(crate) atlas: Atlas,
    organization: Option<OrganizationId>,
    concurrency: usize,
    has_clusters: bool,
    has_flex_clusters: bool,
}

impl Inventory {
    pub(crate) fn new(atlas: Atlas, organization: Option<OrganizationId>) -> Self {
        Self {
            atlas,
            organization,
            concurrency: DEFAULT_CONCURRENCY,
            has_clusters: true,
            has_flex_clusters: true,
        }
    }

    /// Sets the number of concurrent lists. Default: 32. The limit of the client
    /// ([`with_concurrent_requests`](crate::Builder::with_concurrent_requests)) also applies.
    ///
    /// It also limits the number of pages of clusters in memory.
    pub fn with_concurrency(mut self, lists: usize) -> Self {
        self.concurrency = lists.max(1);
        self
    }

    /// Omits flex clusters, which saves a request for each project.
    pub fn without_flex_clusters(mut self) -> Self {
        self.has_flex_clusters = false;
        self
    }

    /// Omits dedicated and shared clusters.
    pub(crate) fn with_flex_clusters_only(mut self) -> Self {
        self.has_clusters = false;
        self
    }
}

impl Atlas {
    /// Returns the inventory of all organizations. Does not send a request.
    pub fn inventory(&self) -> Inventory {
        Inventory::new(self.clone(), None)
    }
}

impl OrganizationHandle {
    /// Returns the inventory of the organization. Does not send a request.
    pub fn inventory(&self) -> Inventory {
        Inventory::new(self.atlas.clone(), Some(self.id.clone()))
    }
}

impl Inventory {
    /// Returns the events in this order: an organization, its projects in the order in which Atlas returns them, and
    /// after each project its clusters and its flex clusters. A list that fails is a [`Failure`] in
    /// place of its items and does not affect other lists. If the list of organizations fails, the projects
    /// that are visible without it follow.
    ///
    /// Does not list the clusters of a project whose cluster count is 0. Sends requests only while
    /// events are read.
    pub fn events(&self) -> Events {
        Events::new(plan::pages(self.clone()))
    }

    /// Collects all events into a tree.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error) of the list of organizations, if no project can be listed either.
    /// Other failures are in the tree; see [`Tree::failures`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let tree = atlas.inventory().tree().await?;
    /// for organization in &tree.organizations {
    ///     println!("{}", organization.organization.name());
    ///     for project in &organization.projects {
    ///         println!("  {}: {} clusters", project.project.name(), project.clusters.len());
    ///     }
    /// }
    /// for failure in tree.failures() {
    ///     eprintln!("{failure}");
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn tree(&self) -> Result<Tree> {
        let mut events = self.events();
        let mut tree = Tree::default();
        while let Some(event) = events.try_next().await? {
            tree.add(event);
        }
        Ok(tree)
    }
}
