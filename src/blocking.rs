//! The SDK without `async`.
//!
//! Types and methods have the names of their async counterparts. A list is an [`Items`], which is an [`Iterator`];
//! other methods block until the response arrives. Both APIs share the data of a resource: [`Cluster`] and the async
//! [`Cluster`](crate::Cluster) dereference to [`ClusterData`](crate::ClusterData).
//!
//! A client has its own runtime and can be used from several threads. Inside an async runtime, which they would
//! block, methods fail with [`BlockingInAsync`](crate::ErrorKind::BlockingInAsync).
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { blocking_example(|atlas| {
//! for project in atlas.projects() {
//!     let project = project?;
//!     for cluster in project.clusters() {
//!         let cluster = cluster?;
//!         println!("{} {} {}", project.name(), cluster.name(), cluster.state());
//!     }
//! }
//! # Ok(()) }) }
//! ```
//!
//! Waits block as well:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { blocking_example(|atlas| {
//! use std::time::Duration;
//!
//! let cluster = atlas.find_cluster("shop-staging")?;
//! cluster.pause()?;
//! let cluster = cluster.wait_until_paused(Duration::from_mins(10))?;
//! println!("{} is {}", cluster.name(), cluster.state());
//! # Ok(()) }) }
//! ```

#[cfg(feature = "core")]
mod access;
mod client;
mod deadline;
#[cfg(feature = "core")]
mod deployments;
#[cfg(all(
    feature = "core",
    any(
        feature = "alert-configurations",
        feature = "alerts",
        feature = "events",
        feature = "monitoring-and-logs"
    )
))]
mod monitoring;
#[cfg(feature = "core")]
mod organization;
mod paging;
mod runtime;
mod untyped;
#[cfg(feature = "core")]
mod workflows;

#[cfg(feature = "core")]
pub use access::{
    AccessListEntry, AccessListEntryHandle, DatabaseUser, DatabaseUserHandle, OrganizationApiKey,
    OrganizationApiKeyHandle, ProjectApiKey, ProjectApiKeyHandle,
};
#[cfg(all(feature = "core", feature = "service-accounts"))]
pub use access::{
    OrganizationServiceAccount, OrganizationServiceAccountHandle, ProjectServiceAccount,
    ProjectServiceAccountHandle,
};
pub use client::Atlas;
pub use deadline::with_timeout;
#[cfg(feature = "core")]
pub use deployments::{Cluster, ClusterHandle, FlexCluster, FlexClusterHandle};
#[cfg(all(feature = "core", feature = "cloud-backups"))]
pub use deployments::{
    RestoreJob, RestoreJobHandle, ShardedSnapshot, ShardedSnapshotHandle, Snapshot, SnapshotHandle,
};
#[cfg(all(feature = "core", feature = "atlas-search"))]
pub use deployments::{SearchIndex, SearchIndexHandle};
#[cfg(all(feature = "core", feature = "alerts"))]
pub use monitoring::{Alert, AlertHandle};
#[cfg(all(feature = "core", feature = "alert-configurations"))]
pub use monitoring::{AlertConfiguration, AlertConfigurationHandle};
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
pub use monitoring::{Process, ProcessHandle};
#[cfg(feature = "core")]
pub use organization::{
    CreatedOrganization, Organization, OrganizationHandle, Project, ProjectHandle,
};
#[cfg(all(feature = "core", feature = "invoices"))]
pub use organization::{Invoice, InvoiceHandle};
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
pub use organization::{OrganizationUser, OrganizationUserHandle, ProjectUser, ProjectUserHandle};
#[cfg(all(feature = "core", feature = "teams"))]
pub use organization::{ProjectTeam, ProjectTeamHandle, Team, TeamHandle};
pub use paging::Items;
pub use untyped::Call;
#[cfg(feature = "core")]
pub use workflows::{
    change::Change,
    inventory::{Events, Inventory, InventoryEvent, OrganizationTree, ProjectTree, Tree},
    schedule::SchedulePass,
};
