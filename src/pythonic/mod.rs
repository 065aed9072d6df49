//! The facade that people type: projects and clusters as lists that fetch themselves, and what can
//! be done with them.
//!
//! Start from [`Atlas`]. Lists are [`Pager`]s: nothing is sent before the first item is asked for,
//! and pages are fetched as you go.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! # let project_id = atlas.find_project("Storefront").await?.id().clone();
//! # let used = atlas;
//! # /*
//! let atlas = Atlas::from_env()?;                         // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
//! # */ let atlas = used;
//! let mut projects = atlas.projects();
//! while let Some(project) = projects.try_next().await? {
//!     let mut clusters = project.clusters();
//!     while let Some(cluster) = clusters.try_next().await? {
//!         println!("{} {} {}", project.name(), cluster.name(), cluster.state());
//!     }
//! }
//! atlas.cluster(&project_id, "shop-staging").pause().await?;
//! # Ok(()) }) }
//! ```
//!
//! There are two kinds of things. What a list or a `get` gives ([`Project`], [`Cluster`]) is what
//! the server said: typed accessors for what is asked often, [`as_api`](Cluster::as_api) for all
//! fields in the words of the generated layer, [`document`](Cluster::document) for exactly what the
//! server sent. What an id or a name gives ([`ProjectHandle`], [`ClusterHandle`]) is what can be
//! done; making one sends nothing.
//!
//! Handles lead on, from an organization to its projects, from a project to its clusters, and so to
//! everything else, always with the same verbs: a plural lists, `get` fetches, `create_…` creates
//! beneath the handle, `update` changes, `delete` deletes. What is created or changed can be given as a
//! JSON document, which is sent as it is; where the usual case is short there is a shorter way:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! use mongodbatlas::{DatabaseRole, NewAccessListEntry};
//!
//! let project = atlas.find_project("Storefront").await?.handle();
//! let roles = [DatabaseRole::new("readWrite", "shop")];
//! project.create_password_user("app", "correct horse", &roles).await?;
//! project.allow(&NewAccessListEntry::new("203.0.113.0/24").with_comment("the office")).await?;
//!
//! let mut users = project.database_users();
//! while let Some(user) = users.try_next().await? {
//!     println!("{} {:?}", user.username(), user.roles().collect::<Vec<_>>());
//! }
//! # Ok(()) }) }
//! ```
//!
//! | what | from | cargo feature |
//! |---|---|---|
//! | organizations, projects, clusters, flex clusters | [`Atlas`] and [`ProjectHandle`] | `core`, the default |
//! | database users, IP access list | [`ProjectHandle`] | `core` |
//! | API keys | [`OrganizationHandle`], [`ProjectHandle`] | `core` |
//! | rate limits | [`Atlas`] | `core` |
//! | service accounts | [`OrganizationHandle`], [`ProjectHandle`] | `service-accounts` |
//! | teams, people | [`OrganizationHandle`], [`ProjectHandle`] | `teams`, `mongodb-cloud-users` |
//! | events | [`OrganizationHandle`], [`ProjectHandle`] | `events` |
//! | search indexes | [`ClusterHandle`] | `atlas-search` |
//! | snapshots, restore jobs, backup schedule | [`ClusterHandle`] | `cloud-backups` |
//! | processes, measurements, logs | [`ProjectHandle`] | `monitoring-and-logs` |
//! | alerts and what raises them | [`ProjectHandle`] | `alerts`, `alert-configurations` |
//! | logins to databases | [`ClusterHandle`] | `access-tracking` |
//! | maintenance window | [`ProjectHandle`] | `maintenance-windows` |
//! | invoices | [`OrganizationHandle`] | `invoices` |
//!
//! The feature `facade` is all of them.
//!
//! Some things take more than one call, and are one all the same:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { example(async |atlas| {
//! use std::time::Duration;
//! use mongodbatlas::{ClusterState, Filter};
//!
//! // everything that the key can see, many requests at once
//! let tree = atlas.inventory().tree().await?;
//! println!("{} clusters, {} flex clusters", tree.clusters().count(), tree.flex_clusters().count());
//!
//! // by name, wherever it is, and by pattern or tag
//! let cluster = atlas.find_cluster("shop-staging").await?.handle();
//! let dev: Filter = "env=dev".parse()?;
//! println!("{} for development", atlas.find_clusters(&dev).await?.len());
//!
//! // edit the document: only what is different is sent, and nothing that is unknown is lost
//! let change = cluster.preview_with(|document| document["backupEnabled"] = true.into()).await?;
//! println!("{change}"); // ~ backupEnabled: false -> true
//! change.apply().await?;
//!
//! // pause, and go on once it is paused
//! # cluster.wait_until(ClusterState::Running, Duration::from_mins(15)).await?;
//! cluster.pause().await?;
//! cluster.wait_until(ClusterState::Paused, Duration::from_mins(15)).await?;
//! # Ok(()) }) }
//! ```
//!
//! See [`Inventory`], [`Filter`], [`Wait`] and [`Change`] for what can be chosen, and
//! [`Builder::with_cache`] for answers that are kept for a while.
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

#[cfg(all(feature = "core", feature = "access-tracking"))]
mod access_history;
#[cfg(feature = "core")]
mod access_list;
#[cfg(all(feature = "core", feature = "alert-configurations"))]
mod alert_configurations;
#[cfg(all(feature = "core", feature = "alerts"))]
mod alerts;
#[cfg(feature = "core")]
mod answer;
#[cfg(feature = "core")]
mod api_keys;
mod atlas;
#[cfg(all(feature = "core", feature = "cloud-backups"))]
mod backups;
pub mod blocking;
#[cfg(feature = "core")]
mod carrier;
#[cfg(feature = "core")]
mod change;
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
mod cloud_users;
#[cfg(feature = "core")]
mod cluster_path;
#[cfg(feature = "core")]
mod clusters;
#[cfg(feature = "core")]
mod database_users;
#[cfg(feature = "core")]
mod define;
mod document;
#[cfg(feature = "core")]
mod endpoint;
#[cfg(all(feature = "core", feature = "events"))]
mod events;
#[cfg(feature = "core")]
mod filter;
#[cfg(feature = "core")]
mod find;
#[cfg(feature = "core")]
mod flex_clusters;
mod id;
#[cfg(feature = "core")]
mod inventory;
#[cfg(all(feature = "core", feature = "invoices"))]
mod invoices;
#[cfg(feature = "core")]
mod issued;
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
mod logs;
#[cfg(all(feature = "core", feature = "maintenance-windows"))]
mod maintenance;
#[cfg(feature = "core")]
mod new_clusters;
#[cfg(feature = "core")]
mod organizations;
mod page;
mod pager;
#[cfg(all(
    feature = "core",
    any(
        feature = "access-tracking",
        feature = "events",
        feature = "monitoring-and-logs"
    )
))]
mod period;
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
mod processes;
#[cfg(feature = "core")]
mod projects;
#[cfg(feature = "core")]
mod rate_limits;
#[cfg(feature = "core")]
mod read;
#[cfg(feature = "core")]
mod record;
#[cfg(all(feature = "core", feature = "atlas-search"))]
mod search_indexes;
#[cfg(all(feature = "core", feature = "service-accounts"))]
mod service_accounts;
#[cfg(feature = "core")]
mod state;
#[cfg(all(feature = "core", feature = "teams"))]
mod teams;
mod tuning;
mod untyped;
#[cfg(feature = "core")]
mod wait;

#[cfg(all(feature = "core", feature = "access-tracking"))]
pub use access_history::{AccessFilter, DatabaseAccess};
#[cfg(feature = "core")]
pub use access_list::{
    AccessListEntry, AccessListEntryHandle, AccessListStatus, NewAccessListEntry,
};
#[cfg(all(feature = "core", feature = "alert-configurations"))]
pub use alert_configurations::{AlertConfiguration, AlertConfigurationHandle};
#[cfg(all(feature = "core", feature = "alerts"))]
pub use alerts::{Alert, AlertHandle};
#[cfg(feature = "core")]
pub use api_keys::{
    ApiKeyAddress, KeyRole, OrganizationApiKey, OrganizationApiKeyHandle, ProjectApiKey,
    ProjectApiKeyHandle,
};
pub use atlas::{Atlas, Builder};
#[cfg(all(feature = "core", feature = "cloud-backups"))]
pub use backups::{
    BackupSchedule, RestoreJob, RestoreJobHandle, ShardedSnapshot, ShardedSnapshotHandle, Snapshot,
    SnapshotHandle, SnapshotMember,
};
#[cfg(feature = "core")]
pub use change::{Change, Difference};
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
pub use cloud_users::{OrganizationUser, OrganizationUserHandle, ProjectUser, ProjectUserHandle};
#[cfg(feature = "core")]
pub use cluster_path::ClusterPath;
#[cfg(feature = "core")]
pub use clusters::{Cluster, ClusterHandle};
#[cfg(feature = "core")]
pub use database_users::{DatabaseRole, DatabaseUser, DatabaseUserHandle};
pub use document::Document;
#[cfg(all(feature = "core", feature = "events"))]
pub use events::{EventFilter, EventType, OrganizationEvent, ProjectEvent};
#[cfg(feature = "core")]
pub use filter::{Filter, Filterable};
#[cfg(feature = "core")]
pub use flex_clusters::{FlexCluster, FlexClusterHandle};
pub use id::{
    AlertConfigurationId, AlertId, ApiKeyId, ClusterId, EventId, InvoiceId, OrganizationId,
    ProjectId, RestoreJobId, SearchIndexId, SnapshotId, TeamId, UserId,
};
#[cfg(feature = "core")]
pub use inventory::{
    Events, Failure, Inventory, InventoryEvent, OrganizationTree, ProjectTree, Tree,
};
#[cfg(all(feature = "core", feature = "invoices"))]
pub use invoices::{Invoice, InvoiceHandle, InvoiceLineItem, LineItemFilter};
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
pub use logs::LogRequest;
#[cfg(all(feature = "core", feature = "maintenance-windows"))]
pub use maintenance::MaintenanceWindow;
#[cfg(feature = "core")]
pub use new_clusters::random_name;
#[cfg(feature = "core")]
pub use organizations::{CreatedOrganization, Organization, OrganizationHandle};
pub use page::Page;
pub use pager::{Continuation, Pager, Pages};
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
pub use processes::{
    Disk, MeasurementQuery, Measurements, Point, Process, ProcessDatabase, ProcessHandle, Series,
};
#[cfg(feature = "core")]
pub use projects::{Project, ProjectHandle};
#[cfg(feature = "core")]
pub use rate_limits::RateLimitSet;
#[cfg(all(feature = "core", feature = "atlas-search"))]
pub use search_indexes::{SearchIndex, SearchIndexHandle};
#[cfg(all(feature = "core", feature = "service-accounts"))]
pub use service_accounts::{
    OrganizationServiceAccount, OrganizationServiceAccountHandle, ProjectServiceAccount,
    ProjectServiceAccountHandle, ServiceAccountAddress, ServiceAccountProject,
    ServiceAccountSecret,
};
#[cfg(feature = "core")]
pub use state::ClusterState;
#[cfg(all(feature = "core", feature = "teams"))]
pub use teams::{ProjectTeam, ProjectTeamHandle, Team, TeamHandle};
pub use untyped::Reply;
#[cfg(feature = "core")]
pub use wait::{Cancellation, Progress, Wait};

#[cfg(all(feature = "core", any(test, fuzzing)))]
pub(crate) use endpoint::read_page;
