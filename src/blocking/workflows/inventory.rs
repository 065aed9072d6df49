//! The inventory, without `async`.

mod events;
mod tree;

pub use events::{Events, InventoryEvent};
pub use tree::{OrganizationTree, ProjectTree, Tree};

use crate::blocking::{client::Atlas, organization::organizations::OrganizationHandle};
use crate::error::Result;

/// Lists everything that is visible to the credentials; the blocking counterpart of
/// [`Inventory`](crate::Inventory).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { blocking_example(|atlas| {
/// use mongodbatlas::blocking::InventoryEvent;
///
/// for event in atlas.inventory().without_flex_clusters().events() {
///     if let InventoryEvent::Cluster(cluster) = event? {
///         println!("{}", cluster.name());
///     }
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "an inventory sends no request until it is read"]
pub struct Inventory {
    pub(crate) inner: crate::Inventory,
    pub(crate) atlas: Atlas,
}

impl Atlas {
    /// Returns the inventory of all organizations. Does not send a request.
    pub fn inventory(&self) -> Inventory {
        Inventory {
            inner: self.inner.inventory(),
            atlas: self.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Returns the inventory of the organization. Does not send a request.
    pub fn inventory(&self) -> Inventory {
        Inventory {
            inner: self.inner.inventory(),
            atlas: self.atlas.clone(),
        }
    }
}

impl Inventory {
    /// Sets the number of concurrent lists; see the async
    /// [`with_concurrency`](crate::Inventory::with_concurrency).
    pub fn with_concurrency(mut self, lists: usize) -> Self {
        self.inner = self.inner.with_concurrency(lists);
        self
    }

    /// Omits flex clusters, which saves a request for each project.
    pub fn without_flex_clusters(mut self) -> Self {
        self.inner = self.inner.without_flex_clusters();
        self
    }

    /// Returns the events; see the async [`events`](crate::Inventory::events) for their order.
    pub fn events(&self) -> Events {
        Events::new(self.inner.events(), self.atlas.clone())
    }

    /// Collects all events into a tree.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`tree`](crate::Inventory::tree). Fails inside an async
    /// runtime.
    pub fn tree(&self) -> Result<Tree> {
        self.atlas.fetch(self.inner.tree())
    }
}
