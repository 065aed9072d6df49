//! Everything that a key can see, as an iterator or as a tree; each verb waits for its async twin.

use std::fmt;

use crate::blocking::{Atlas, Inventory, InventoryEvent, OrganizationHandle, Tree, twin::twin};
use crate::{error::Result, pythonic::resources::carrier::WithClient};

impl Atlas {
    /// Everything that the key can see, of every organization; as the async
    /// [`inventory`](crate::Atlas::inventory).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { blocking_example(|atlas| {
    /// use mongodbatlas::InventoryEvent;
    ///
    /// for event in atlas.inventory().events() {
    ///     if let InventoryEvent::Cluster(cluster) = event? {
    ///         println!("{}", cluster.name());
    ///     }
    /// }
    /// # Ok(()) }) }
    /// ```
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
    /// What there is, as it becomes known; as the async [`events`](crate::Inventory::events).
    pub fn events(&self) -> Events {
        Events {
            events: Some(twin(self).events()),
            atlas: self.atlas.clone(),
        }
    }

    /// All of it at once.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn tree(&self) -> Result<Tree> {
        let mut tree = Tree::default();
        for event in self.events() {
            tree.add(event?);
        }
        Ok(tree)
    }
}

/// What there is, as it becomes known.
#[must_use = "iterators send nothing until an item is asked for"]
pub struct Events {
    /// None after waiting was refused, after which there is nothing more.
    events: Option<crate::Events>,
    atlas: Atlas,
}

impl Iterator for Events {
    type Item = Result<InventoryEvent>;

    fn next(&mut self) -> Option<Self::Item> {
        let event = self.atlas.runtime.wait(self.events.as_mut()?.next());
        match event {
            Ok(event) => Some(event?.map(|event| event.with_client(self.atlas.clone()))),
            Err(error) => {
                self.events = None;
                Some(Err(error))
            }
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
