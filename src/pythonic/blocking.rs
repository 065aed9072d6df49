//! The facade without `async`: the same pagers behind iterators.
//!
//! Every list is an [`Items`], which is an [`Iterator`]; every action waits for its answer. The
//! types are those of the async facade with [`Atlas`] in them. A client has a runtime
//! of its own and can be used from several threads; inside an async runtime, where waiting would
//! stop everything else, calls end with an error.
//!
//! ```no_run
//! use mongodbatlas::blocking;
//!
//! # fn main() -> mongodbatlas::Result<()> {
//! let atlas = blocking::Atlas::from_env()?;
//! for project in atlas.projects() {
//!     let project = project?;
//!     for cluster in project.clusters() {
//!         let cluster = cluster?;
//!         println!("{} {} {}", project.name(), cluster.name(), cluster.state());
//!     }
//! }
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "core")]
mod change;
mod deadline;
#[cfg(feature = "core")]
mod find;
#[cfg(feature = "core")]
mod inventory;
mod items;
#[cfg(feature = "core")]
mod resources;
mod runtime;
mod untyped;
#[cfg(feature = "core")]
mod waiting;

use std::sync::Arc;

pub use deadline::with_deadline;
#[cfg(feature = "core")]
pub use inventory::Events;
pub use items::Items;
use runtime::Runtime;

use super::Builder;
use crate::error::Result;

/// An organization, as the server described it.
#[cfg(feature = "core")]
pub type Organization = super::Organization<Atlas>;
/// What can be done with an organization, which is known by its id.
#[cfg(feature = "core")]
pub type OrganizationHandle = super::OrganizationHandle<Atlas>;
/// A project, as the server described it.
#[cfg(feature = "core")]
pub type Project = super::Project<Atlas>;
/// What can be done with a project, which is known by its id.
#[cfg(feature = "core")]
pub type ProjectHandle = super::ProjectHandle<Atlas>;
/// A cluster, as the server described it.
#[cfg(feature = "core")]
pub type Cluster = super::Cluster<Atlas>;
/// What can be done with a cluster, which is known by its project's id and its name.
#[cfg(feature = "core")]
pub type ClusterHandle = super::ClusterHandle<Atlas>;
/// A flex cluster, as the server described it.
#[cfg(feature = "core")]
pub type FlexCluster = super::FlexCluster<Atlas>;
/// Everything that a key can see.
#[cfg(feature = "core")]
pub type Inventory = super::Inventory<Atlas>;
/// One thing of an inventory.
#[cfg(feature = "core")]
pub type InventoryEvent = super::InventoryEvent<Atlas>;
/// All of an inventory at once.
#[cfg(feature = "core")]
pub type Tree = super::Tree<Atlas>;
/// What an edit changes, before it is sent.
#[cfg(feature = "core")]
pub type Change = super::Change<Atlas>;

/// A call of any stable operation, named by its id.
pub type Call = super::Call<Atlas>;

/// A client of Atlas whose calls wait for their answers; clones are cheap.
#[derive(Clone, Debug)]
pub struct Atlas {
    inner: super::Atlas,
    runtime: Arc<Runtime>,
}

impl Atlas {
    /// A client with the credentials of the environment; as [`Atlas::from_env`](super::Atlas::from_env).
    ///
    /// # Errors
    ///
    /// As [`Builder::build`], and a runtime error where no runtime can be started.
    pub fn from_env() -> Result<Self> {
        Builder::default().build_blocking()
    }

    /// A builder for a client; finish with [`Builder::build_blocking`].
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Forgets the answers that are kept, if [`Builder::with_cache`] has some kept.
    pub fn clear_cache(&self) {
        self.inner.clear_cache();
    }

    /// Gives back the access token that this client obtained; as
    /// [`Atlas::revoke_token`](super::Atlas::revoke_token).
    ///
    /// # Errors
    ///
    /// As there, and a runtime error inside an asynchronous runtime.
    pub fn revoke_token(&self) -> Result<()> {
        self.wait(self.inner.revoke_token())
    }

    /// Waits for a call.
    fn wait<T>(&self, call: impl Future<Output = Result<T>>) -> Result<T> {
        self.runtime.wait(call)?
    }

    /// A list whose items carry this client.
    fn items<T, U>(&self, pager: super::Pager<T>, convert: fn(T, Self) -> U) -> Items<T, U>
    where
        T: 'static,
    {
        Items::new(self.clone(), pager, convert)
    }
}

impl Builder {
    /// Builds a client whose calls wait for their answers. Nothing is sent.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and a runtime error where no runtime can be started.
    pub fn build_blocking(self) -> Result<Atlas> {
        Ok(Atlas {
            inner: self.build()?,
            runtime: Arc::new(Runtime::start()?),
        })
    }
}
