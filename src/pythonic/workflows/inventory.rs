//! Everything that a key can see, in one go: organizations, projects, clusters and flex clusters.
//!
//! [`Inventory`] holds what can be chosen. Its [`events`](Inventory::events) come as they are known,
//! in an order that does not depend on which answer is first; its [`tree`](Inventory::tree) holds
//! them all. What is asked for when is in `inventory/plan.rs`.

mod events;
mod failure;
mod plan;
mod tree;

use crate::error::Result;
use crate::pythonic::{
    client::Atlas,
    ids::OrganizationId,
    resources::{
        carrier::{Carrier, WithClient},
        organization::organizations::OrganizationHandle,
    },
};

pub use events::{Events, InventoryEvent};
pub use failure::Failure;
pub use tree::{OrganizationTree, ProjectTree, Tree};

/// How many lists are asked for at once unless told otherwise.
const CONCURRENCY: usize = 32;

/// Everything that a key can see; made by [`Atlas::inventory`].
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
pub struct Inventory<C = Atlas> {
    pub(crate) atlas: C,
    organization: Option<OrganizationId>,
    concurrency: usize,
    has_flex_clusters: bool,
}

impl<C> Inventory<C> {
    pub(crate) fn new(atlas: C, organization: Option<OrganizationId>) -> Self {
        Self {
            atlas,
            organization,
            concurrency: CONCURRENCY,
            has_flex_clusters: true,
        }
    }

    /// Asks for this many lists at once; 32 unless told otherwise. The client's own limit
    /// ([`with_concurrent_requests`](crate::Builder::with_concurrent_requests)) counts too.
    ///
    /// It is also how many pages are held in memory at the most, besides one of the organizations and
    /// one of the projects.
    pub fn with_concurrency(mut self, lists: usize) -> Self {
        self.concurrency = lists.max(1);
        self
    }

    /// Leaves out flex clusters, which cost a request for every project.
    pub fn without_flex_clusters(mut self) -> Self {
        self.has_flex_clusters = false;
        self
    }
}

impl<C> Carrier for Inventory<C> {
    type Client = C;

    fn client(&self) -> &C {
        &self.atlas
    }
}

impl<C, D> WithClient<D> for Inventory<C> {
    type Output = Inventory<D>;

    fn with_client(self, atlas: D) -> Inventory<D> {
        Inventory {
            atlas,
            organization: self.organization,
            concurrency: self.concurrency,
            has_flex_clusters: self.has_flex_clusters,
        }
    }
}

impl Atlas {
    /// Everything that the key can see, of every organization; nothing is sent before something is
    /// asked of it.
    pub fn inventory(&self) -> Inventory {
        Inventory::new(self.clone(), None)
    }
}

impl OrganizationHandle {
    /// Everything that the key can see of the organization.
    pub fn inventory(&self) -> Inventory {
        Inventory::new(self.atlas.clone(), Some(self.id.clone()))
    }
}

impl Inventory {
    /// What there is, as it becomes known, in this order: an organization, its projects in the server's
    /// order, after each project its clusters, then its flex clusters. What cannot be listed is a
    /// [`Failure`] in the place of what it hides, and everything else is still there.
    ///
    /// Clusters are not asked for where the project says that it has none. Requests go on only while
    /// events are asked for.
    pub fn events(&self) -> Events {
        Events::new(plan::pages(self.clone()))
    }

    /// All of it at once.
    ///
    /// # Errors
    ///
    /// What the list of organizations can end with. What else fails is in the tree, see
    /// [`Tree::failures`].
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
