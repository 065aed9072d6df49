//! The facade that people type: projects and clusters as lists that fetch themselves, and what can
//! be done with them.
//!
//! Start from [`Atlas`]. Lists are [`Pager`]s: nothing is sent before the first item is asked for,
//! and pages are fetched as you go.
//!
//! ```no_run
//! # use mongodbatlas::{Atlas, ProjectId};
//! # async fn example(project_id: ProjectId) -> mongodbatlas::Result<()> {
//! let atlas = Atlas::from_env()?;                         // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
//! let mut projects = atlas.projects();
//! while let Some(project) = projects.try_next().await? {
//!     let mut clusters = project.clusters();
//!     while let Some(cluster) = clusters.try_next().await? {
//!         println!("{} {} {}", project.name(), cluster.name(), cluster.state());
//!     }
//! }
//! atlas.cluster(&project_id, "Cluster0").pause().await?;
//! # Ok(())
//! # }
//! ```
//!
//! There are two kinds of things. What a list or a `get` gives ([`Project`], [`Cluster`]) is what
//! the server said: typed accessors for what is asked often, [`as_api`](Cluster::as_api) for all
//! fields in the words of the generated layer, [`document`](Cluster::document) for exactly what the
//! server sent. What an id or a name gives ([`ProjectHandle`], [`ClusterHandle`]) is what can be
//! done; making one sends nothing.
//!
//! The module [`blocking`] offers the same without `async`:
//!
//! ```no_run
//! # use mongodbatlas::{blocking, ProjectId};
//! # fn example(project_id: ProjectId) -> mongodbatlas::Result<()> {
//! for cluster in blocking::Atlas::from_env()?.project(&project_id).clusters() {
//!     println!("{}", cluster?.name());
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod atlas;
pub mod blocking;
#[cfg(feature = "core")]
mod call;
#[cfg(feature = "core")]
mod change;
#[cfg(feature = "core")]
mod cluster_path;
#[cfg(feature = "core")]
mod clusters;
mod document;
#[cfg(feature = "core")]
mod filter;
#[cfg(feature = "core")]
mod find;
#[cfg(feature = "core")]
mod flex_clusters;
mod id;
#[cfg(feature = "core")]
mod inventory;
#[cfg(feature = "core")]
mod listing;
mod nearest;
#[cfg(feature = "core")]
mod new_clusters;
#[cfg(feature = "core")]
mod organizations;
mod page;
mod pager;
#[cfg(feature = "core")]
mod projects;
#[cfg(feature = "core")]
mod rate_limits;
#[cfg(feature = "core")]
mod state;
mod tuning;
mod untyped;
#[cfg(feature = "core")]
mod wait;

pub use atlas::{Atlas, Builder};
#[cfg(feature = "core")]
pub use change::{Change, Difference};
#[cfg(feature = "core")]
pub use cluster_path::ClusterPath;
#[cfg(feature = "core")]
pub use clusters::{Cluster, ClusterHandle};
pub use document::Document;
#[cfg(feature = "core")]
pub use filter::{Filter, Filterable};
#[cfg(feature = "core")]
pub use flex_clusters::FlexCluster;
pub use id::{ClusterId, OrganizationId, ProjectId};
#[cfg(feature = "core")]
pub use inventory::{
    Events, Failure, Inventory, InventoryEvent, OrganizationTree, ProjectTree, Tree,
};
#[cfg(feature = "core")]
pub use new_clusters::random_name;
#[cfg(feature = "core")]
pub use organizations::{Organization, OrganizationHandle};
pub use page::Page;
pub use pager::{Continuation, Pager, Pages};
#[cfg(feature = "core")]
pub use projects::{Project, ProjectHandle};
#[cfg(feature = "core")]
pub use state::ClusterState;
pub use untyped::{Call, Reply};
#[cfg(feature = "core")]
pub use wait::{Cancellation, Progress, Wait};

/// Reads a first page of clusters.
#[cfg(all(feature = "core", any(test, fuzzing)))]
pub(crate) fn read_page(
    listing: crate::api::types::PaginatedClusterDescription20240805,
    answer: &crate::transport::capture::Captured,
) -> crate::Result<()> {
    let asked = page::PageRequest {
        number: 1,
        size: 500,
    };
    listing::read(asked, listing, answer).map(drop)
}
