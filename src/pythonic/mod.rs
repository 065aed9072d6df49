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

mod atlas;
pub mod blocking;
mod call;
mod clusters;
mod document;
mod id;
mod organizations;
mod page;
mod pager;
mod projects;
mod rate_limits;
mod state;
mod tuning;

pub use atlas::{Atlas, Builder};
pub use clusters::{Cluster, ClusterHandle};
pub use document::Document;
pub use id::{ClusterId, OrganizationId, ProjectId};
pub use organizations::{Organization, OrganizationHandle};
pub use page::Page;
pub use pager::{Continuation, Pager, Pages};
pub use projects::{Project, ProjectHandle};
pub use state::ClusterState;

/// Reads a first page of clusters.
#[cfg(any(test, fuzzing))]
pub(crate) fn read_page(
    listing: crate::api::types::PaginatedClusterDescription20240805,
    answer: &crate::transport::capture::Captured,
) -> crate::Result<()> {
    let asked = page::PageRequest {
        number: 1,
        size: 500,
    };
    page::read(asked, listing, answer).map(drop)
}
