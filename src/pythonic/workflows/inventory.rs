//! Lists everything that is visible to the credentials: organizations, projects, clusters and flex
//! clusters.
//!
//! [`Inventory`] holds the options. Its [`events`](Inventory::events) arrive in a fixed order,
//! whichever response is first; its [`tree`](Inventory::tree) holds all of them.
//! `inventory/plan.rs` schedules the requests.

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
const CONCURRENCY: usize = 32;

/// Lists everything that is visible to the credentials; see [`Atlas::inventory`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::InventoryEvent;
///
/// let organization = atlas.this_organization().await?.handle();
/// let mut events = organization.inventory().with_concurrency(8).events();
/// while let Some(event) = events.try_next().await? {
///     match event {
///         InventoryEvent::Project(project) => println!("{}", project.name()),
///         InventoryEvent::Cluster(cluster) => println!("  {} {}", cluster.name(), cluster.state()),
///         InventoryEvent::Failure(failure) => println!("  {failure}"),
///         _ => {}
///     }
/// }
///
/// // all or nothing, and no flex clusters
/// let mut events = atlas.inventory().without_flex_clusters().events();
/// while let Some(event) = events.next().await {
///     if let InventoryEvent::Failure(failure) = event? {
///         return Err(failure.into_error());
///     }
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "an inventory sends nothing until something is asked of it"]
pub struct Inventory {
    pub(crate) atlas: Atlas,
    organization: Option<OrganizationId>,
    concurrency: usize,
    has_flex_clusters: bool,
}

impl Inventory {
    pub(crate) fn new(atlas: Atlas, organization: Option<OrganizationId>) -> Self {
        Self {
            atlas,
            organization,
            concurrency: CONCURRENCY,
            has_flex_clusters: true,
        }
    }

    /// Sets the number of concurrent lists. Default: 32. The limit of the client
    /// ([`with_concurrent_requests`](crate::Builder::with_concurrent_requests)) also applies.
    ///
    /// It also limits the number of pages in memory, in addition to one of the organizations and
    /// one of the projects.
    pub fn with_concurrency(mut self, lists: usize) -> Self {
        self.concurrency = lists.max(1);
        self
    }

    /// Omits flex clusters, which need a request for each project.
    pub fn without_flex_clusters(mut self) -> Self {
        self.has_flex_clusters = false;
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
    /// Returns the events in this order: an organization, its projects in the order of Atlas, and
    /// after each project its clusters and its flex clusters. A list that fails is a [`Failure`] in
    /// place of its items; the others continue.
    ///
    /// Does not list the clusters of a project without clusters. Sends requests only while events
    /// are read.
    pub fn events(&self) -> Events {
        Events::new(plan::pages(self.clone()))
    }

    /// Collects all events into a tree.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error) of the list of organizations. Other failures are in the
    /// tree; see [`Tree::failures`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::{OrganizationTree, ProjectTree};
    ///
    /// let tree = atlas.inventory().tree().await?;
    /// println!("{} projects", tree.projects().count());
    /// println!("{} clusters, {} flex clusters", tree.clusters().count(), tree.flex_clusters().count());
    /// for OrganizationTree { organization, projects, .. } in &tree.organizations {
    ///     println!("{}", organization.name());
    ///     for ProjectTree { project, clusters, .. } in projects {
    ///         println!("  {}: {} clusters", project.name(), clusters.len());
    ///     }
    /// }
    /// for failure in tree.failures() {
    ///     let (list, project) = (failure.list(), failure.owner_name());
    ///     eprintln!("no {list} of {project} ({}): {}", failure.owner_id(), failure.error());
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
