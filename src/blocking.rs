//! The SDK without `async`.
//!
//! Each type has the name of its async counterpart, and each method its name and arguments. A list is an [`Items`],
//! which is an [`Iterator`]; every other method blocks until the response is there. Both APIs share the data of a
//! resource: [`Cluster`] and the async [`Cluster`](crate::Cluster) dereference to [`ClusterData`](crate::ClusterData).
//!
//! A client has its own runtime and can be used from several threads. Inside an async runtime, which they would
//! block, methods fail with an error of the kind [`BlockingInAsync`](crate::ErrorKind::BlockingInAsync).
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
//! After the first page a list knows its length, and it can be resumed:
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
//! # fn main() { blocking_example(|atlas| {
//! use std::time::Duration;
//! use mongodbatlas::Wait;
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
//! cluster.wait_until_paused(Duration::from_mins(10))?;
//! let often = || Wait::new().with_intervals(Duration::from_millis(5), Duration::from_secs(1));
//! cluster.delete()?;
//! cluster.wait_until_deleted(often())?;
//!
//! let project = atlas.project(cluster.project_id());
//! let flex = project.create_flex_cluster(&serde_json::json!({
//!     "name": "Scratch",
//!     "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
//! }))?.handle();
//! flex.wait_until_running(often())?;
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
pub use access::*;
pub use client::Atlas;
pub use deadline::with_timeout;
#[cfg(feature = "core")]
pub use deployments::*;
#[cfg(all(
    feature = "core",
    any(
        feature = "alert-configurations",
        feature = "alerts",
        feature = "monitoring-and-logs"
    )
))]
pub use monitoring::*;
#[cfg(feature = "core")]
pub use organization::*;
pub use paging::Items;
pub use untyped::Call;
#[cfg(feature = "core")]
pub use workflows::{
    change::Change,
    inventory::{Events, Inventory, InventoryEvent, OrganizationTree, ProjectTree, Tree},
};
