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

#[cfg(feature = "core")]
mod access_list;
mod answer;
#[cfg(feature = "core")]
mod api_keys;
mod atlas;
pub mod blocking;
#[cfg(feature = "core")]
mod carrier;
#[cfg(feature = "core")]
mod clusters;
#[cfg(feature = "core")]
mod database_users;
#[cfg(feature = "core")]
mod define;
mod document;
#[cfg(feature = "core")]
mod endpoint;
#[cfg(feature = "core")]
mod flex_clusters;
mod id;
#[cfg(feature = "core")]
mod organizations;
mod page;
mod pager;
#[cfg(feature = "core")]
mod projects;
#[cfg(feature = "core")]
mod rate_limits;
#[cfg(feature = "core")]
mod read;
#[cfg(feature = "core")]
mod record;
#[cfg(feature = "core")]
mod state;
mod tuning;
mod untyped;

#[cfg(feature = "core")]
pub use access_list::{
    AccessListEntry, AccessListEntryHandle, AccessListStatus, NewAccessListEntry,
};
#[cfg(feature = "core")]
pub use api_keys::{
    ApiKeyAddress, KeyRole, OrganizationApiKey, OrganizationApiKeyHandle, ProjectApiKey,
    ProjectApiKeyHandle,
};
pub use atlas::{Atlas, Builder};
#[cfg(feature = "core")]
pub use clusters::{Cluster, ClusterHandle};
#[cfg(feature = "core")]
pub use database_users::{DatabaseRole, DatabaseUser, DatabaseUserHandle};
pub use document::Document;
#[cfg(feature = "core")]
pub use flex_clusters::{FlexCluster, FlexClusterHandle};
pub use id::{
    AlertConfigurationId, AlertId, ApiKeyId, ClusterId, EventId, InvoiceId, OrganizationId,
    ProjectId, RestoreJobId, SearchIndexId, SnapshotId, TeamId, UserId,
};
#[cfg(feature = "core")]
pub use organizations::{Organization, OrganizationHandle};
pub use page::Page;
pub use pager::{Continuation, Pager, Pages};
#[cfg(feature = "core")]
pub use projects::{Project, ProjectHandle};
#[cfg(feature = "core")]
pub use rate_limits::RateLimitSet;
#[cfg(feature = "core")]
pub use state::ClusterState;
pub use untyped::{Call, Reply};

#[cfg(all(feature = "core", any(test, fuzzing)))]
pub(crate) use endpoint::read_page;
