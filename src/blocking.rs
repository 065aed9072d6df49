//! The facade without `async`: the same pagers behind iterators.
//!
//! Every list is an [`Items`], which is an [`Iterator`]; every action waits for its answer. The
//! types are those of the async facade with [`Atlas`] in them. A client has a runtime
//! of its own and can be used from several threads; inside an async runtime, where waiting would
//! stop everything else, calls end with an error.
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
//! Lists know how many items are left once they have seen a page, and can be gone on with later.
//! Everything else is as it is there, without `.await`:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { blocking_example(|atlas| {
//! use std::time::Duration;
//! use mongodbatlas::{ClusterState, Wait};
//!
//! let mut projects = atlas.projects().with_page_size(3);
//! projects.next().expect("a project")?;
//! let total = projects.total().expect("a page has said so");
//! assert_eq!(projects.size_hint(), (2, Some(total as usize - 1))); // of the page, of the list
//! let next = projects.continuation().expect("there are more pages");
//! assert!(atlas.projects().with_page_size(3).starting_at(next).next().is_some());
//!
//! let organization = atlas.this_organization()?.handle();
//! println!("{} events", organization.inventory().events().count());
//! println!("{} clusters", organization.inventory().tree()?.clusters().count());
//!
//! let cluster = atlas.find_cluster("shop-staging")?.handle();
//! cluster.preview_with(|document| document["backupEnabled"] = true.into())?.apply()?;
//! cluster.pause()?;
//! cluster.wait_until(ClusterState::Paused, Duration::from_mins(10))?;
//! let often = || Wait::new().with_intervals(Duration::from_millis(5), Duration::from_secs(1));
//! cluster.delete()?;
//! cluster.wait_until_deleted(often())?;
//!
//! let project = atlas.project(cluster.project_id());
//! let flex = project.create_flex_cluster(&serde_json::json!({
//!     "name": "Scratch",
//!     "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
//! }))?.handle();
//! flex.wait_until(ClusterState::Running, often())?;
//! flex.delete()?;
//! flex.wait_until_deleted(often())?;
//!
//! // any operation, by its id
//! let status = atlas.call("getSystemStatus")?.send()?;
//! assert_eq!(status.status(), 200);
//! let invoices = atlas.call("listOrgInvoices")?.with("orgId", organization.id()).items()?;
//! for invoice in invoices.take(1) {
//!     let id = invoice?.to_value()["id"].as_str().unwrap_or_default().to_owned();
//!     let csv = atlas.call("getOrgInvoiceCsv")?;
//!     csv.with("orgId", organization.id()).with("invoiceId", id).download(&mut Vec::new())?;
//! }
//! let group = |id| Ok::<_, mongodbatlas::Error>(atlas.call(id)?.with("groupId", cluster.project_id()));
//! let (read, update) = (group("getGroup")?, group("updateGroup")?);
//! println!("{}", read.preview_with(update, |group| group["name"] = "Shop front".into())?);
//! # Ok(()) }) }
//! ```

#[cfg(feature = "core")]
mod access;
#[cfg(all(feature = "core", feature = "access-tracking"))]
mod access_history;
#[cfg(all(feature = "core", feature = "alert-configurations"))]
mod alert_configurations;
#[cfg(all(feature = "core", feature = "alerts"))]
mod alerts;
#[cfg(all(feature = "core", feature = "cloud-backups"))]
mod backups;
#[cfg(feature = "core")]
mod change;
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
mod cloud_users;
mod deadline;
#[cfg(all(feature = "core", feature = "events"))]
mod events;
#[cfg(feature = "core")]
mod find;
#[cfg(feature = "core")]
mod inventory;
#[cfg(all(feature = "core", feature = "invoices"))]
mod invoices;
mod items;
#[cfg(all(feature = "core", feature = "maintenance-windows"))]
mod maintenance;
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
mod processes;
#[cfg(feature = "core")]
mod resources;
mod runtime;
#[cfg(all(feature = "core", feature = "atlas-search"))]
mod search_indexes;
#[cfg(all(feature = "core", feature = "service-accounts"))]
mod service_accounts;
#[cfg(all(feature = "core", feature = "teams"))]
mod teams;
#[cfg(feature = "core")]
mod twin;
mod untyped;
#[cfg(feature = "core")]
mod waiting;

use std::sync::Arc;

#[cfg(feature = "core")]
pub use change::Change;
pub use deadline::with_timeout;
#[cfg(feature = "core")]
pub use inventory::Events;
pub use items::Items;
use runtime::Runtime;
pub use untyped::Call;

use crate::error::Result;
use crate::pythonic::client::Builder;

/// Names the types of the facade that carry this client.
#[cfg(feature = "core")]
macro_rules! aliases {
    ($($name:ident),* $(,)?) => {
        $(
            #[doc = concat!("The [`", stringify!($name), "`](crate::", stringify!($name), ") of a blocking client.")]
            pub type $name = crate::$name<Atlas>;
        )*
    };
}

#[cfg(feature = "core")]
aliases! {
    Organization, OrganizationHandle, CreatedOrganization,
    Project, ProjectHandle,
    Cluster, ClusterHandle,
    FlexCluster, FlexClusterHandle,
    DatabaseUser, DatabaseUserHandle,
    AccessListEntry, AccessListEntryHandle,
    OrganizationApiKey, OrganizationApiKeyHandle,
    ProjectApiKey, ProjectApiKeyHandle,
    Inventory, InventoryEvent, Tree,
}

#[cfg(all(feature = "core", feature = "service-accounts"))]
aliases! { OrganizationServiceAccount, OrganizationServiceAccountHandle, ProjectServiceAccount, ProjectServiceAccountHandle }
#[cfg(all(feature = "core", feature = "teams"))]
aliases! { Team, TeamHandle, ProjectTeam, ProjectTeamHandle }
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
aliases! { OrganizationUser, OrganizationUserHandle, ProjectUser, ProjectUserHandle }
#[cfg(all(feature = "core", feature = "atlas-search"))]
aliases! { SearchIndex, SearchIndexHandle }
#[cfg(all(feature = "core", feature = "cloud-backups"))]
aliases! { Snapshot, SnapshotHandle, ShardedSnapshot, ShardedSnapshotHandle, RestoreJob, RestoreJobHandle }
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
aliases! { Process, ProcessHandle }
#[cfg(all(feature = "core", feature = "alerts"))]
aliases! { Alert, AlertHandle }
#[cfg(all(feature = "core", feature = "alert-configurations"))]
aliases! { AlertConfiguration, AlertConfigurationHandle }
#[cfg(all(feature = "core", feature = "invoices"))]
aliases! { Invoice, InvoiceHandle }

/// A client of Atlas whose calls wait for their answers; clones are cheap.
#[derive(Clone, Debug)]
pub struct Atlas {
    inner: crate::Atlas,
    runtime: Arc<Runtime>,
}

impl Atlas {
    /// A client with the credentials of the environment; as [`Atlas::from_env`](crate::Atlas::from_env).
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
    /// [`Atlas::revoke_token`](crate::Atlas::revoke_token).
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
