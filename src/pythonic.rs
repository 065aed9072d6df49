//! The SDK: resources of Atlas with typed accessors, handles, lists and workflows.
//!
//! Start from [`Atlas`]. Lists are [`Pager`]s, which fetch their pages as items are read.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! let mut projects = atlas.projects();
//! while let Some(project) = projects.try_next().await? {
//!     let mut clusters = project.clusters();
//!     while let Some(cluster) = clusters.try_next().await? {
//!         println!("{} {} {}", project.name(), cluster.name(), cluster.state());
//!     }
//! }
//! # Ok(()) }) }
//! ```
//!
//! There are two kinds of types:
//!
//! - A resource ([`Project`], [`Cluster`]) contains the data that a list or a `get` returned: typed accessors,
//!   [`as_api`](crate::ClusterData::as_api) for the generated type with every field, and
//!   [`document`](crate::ClusterData::document) for the JSON document, unchanged.
//! - A handle ([`ProjectHandle`], [`ClusterHandle`]) identifies a resource without its data. Creating one does not send
//!   a request.
//!
//! Requests start from handles. A resource has the methods that act on the resource itself (`refresh`, `update`,
//! `delete`, [`pause`](crate::Cluster::pause), [`wait_until_paused`](crate::Cluster::wait_until_paused)) and the lists of what
//! belongs to it ([`clusters`](crate::Project::clusters)); its `handle()` has all others.
//!
//! Methods are named alike: a plural lists, `get` fetches, `create_…` creates a resource that belongs to the handle,
//! `update` updates, `delete` deletes. New resources and updates are JSON documents, which are sent verbatim; common
//! cases have shorter methods:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! use mongodbatlas::{DatabaseRole, NewAccessListEntry};
//!
//! let project = atlas.find_project("Storefront").await?.handle();
//! let roles = [DatabaseRole::new("readWrite", "shop")];
//! project.create_password_user("app", "correct horse", &roles).await?;
//! project.allow(&NewAccessListEntry::new("203.0.113.0/24").with_comment("office")).await?;
//!
//! let mut users = project.database_users();
//! while let Some(user) = users.try_next().await? {
//!     println!("{} {:?}", user.username(), user.roles().collect::<Vec<_>>());
//! }
//! # Ok(()) }) }
//! ```
//!
//! | resource | from | cargo feature |
//! |---|---|---|
//! | organizations, projects, clusters, flex clusters | [`Atlas`] and [`ProjectHandle`] | `core`, the default |
//! | database users, IP access list | [`ProjectHandle`] | `core` |
//! | API keys | [`OrganizationHandle`], [`ProjectHandle`] | `core` |
//! | rate limits | [`Atlas`] | `core` |
//! | service accounts | [`OrganizationHandle`], [`ProjectHandle`] | `service-accounts` |
//! | teams, users | [`OrganizationHandle`], [`ProjectHandle`] | `teams`, `mongodb-cloud-users` |
//! | events | [`OrganizationHandle`], [`ProjectHandle`] | `events` |
//! | search indexes | [`ClusterHandle`] | `atlas-search` |
//! | snapshots, restore jobs, backup schedule | [`ClusterHandle`] | `cloud-backups` |
//! | processes, measurements, logs | [`ProjectHandle`] | `monitoring-and-logs` |
//! | alerts, alert configurations | [`ProjectHandle`] | `alerts`, `alert-configurations` |
//! | logins to databases | [`ClusterHandle`] | `access-tracking` |
//! | maintenance window | [`ProjectHandle`] | `maintenance-windows` |
//! | invoices | [`OrganizationHandle`] | `invoices` |
//!
//! The feature `facade` enables all of them.
//!
//! Workflows combine several requests:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! use std::time::Duration;
//!
//! // find a cluster by name in all projects
//! let cluster = atlas.find_cluster("shop-staging").await?.handle();
//!
//! // edit its document: sends only the changed fields
//! let change = cluster.preview_with(|document| document["backupEnabled"] = true.into()).await?;
//! println!("{change}"); // ~ backupEnabled: false -> true
//! change.apply().await?;
//! cluster.wait_until_running(Duration::from_mins(15)).await?;
//!
//! // pause it, and wait
//! cluster.pause().await?;
//! cluster.wait_until_paused(Duration::from_mins(15)).await?;
//! # Ok(()) }) }
//! ```
//!
//! [`Inventory`] lists everything that is visible to the credentials, and [`Filter`] selects clusters by pattern or tag.
//! [`Wait`] has the options of a wait, [`Change`] the changed fields, [`Builder::with_cache`] the response cache.
//!
//! The module [`blocking`] offers the same without `async`:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { blocking_example(|atlas| {
//! for cluster in atlas.find_project("Storefront")?.clusters() {
//!     println!("{}", cluster?.name());
//! }
//! # Ok(()) }) }
//! ```
//!
//! [`Atlas`]: crate::Atlas
//! [`Builder::with_cache`]: crate::Builder::with_cache
//! [`Change`]: crate::Change
//! [`Cluster`]: crate::Cluster
//! [`ClusterHandle`]: crate::ClusterHandle
//! [`Filter`]: crate::Filter
//! [`Inventory`]: crate::Inventory
//! [`OrganizationHandle`]: crate::OrganizationHandle
//! [`Pager`]: crate::Pager
//! [`Project`]: crate::Project
//! [`ProjectHandle`]: crate::ProjectHandle
//! [`Wait`]: crate::Wait
//! [`blocking`]: crate::blocking

pub(crate) mod client;
pub(crate) mod ids;
pub(crate) mod paging;
#[cfg(feature = "core")]
pub(crate) mod resources;
pub(crate) mod responses;
#[cfg(feature = "core")]
pub(crate) mod workflows;
