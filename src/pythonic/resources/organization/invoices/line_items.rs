//! The line items of an invoice: search.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::json;

use crate::pythonic::resources::organization::invoices::InvoiceHandle;
use crate::{
    api::types,
    operation,
    pythonic::{
        ids::{ClusterId, ProjectId},
        paging::pager::Pager,
        resources::define::view,
    },
};

view! {
    /// A line item of an invoice, as the server described it.
    pub struct InvoiceLineItem(types::UsageDetailsLineItem) {
        /// What is charged for; empty if the server did not say.
        description: &str = description,
        /// The project in which it was used, if it was used in one.
        project_id: Option<ProjectId> = group_id,
        /// The cluster that used it, if one did.
        cluster_name: Option<&str> = cluster_name,
        /// The day on which it was used, if the server sent a valid time.
        used: Option<Timestamp> = usage_date,
        /// The day on which it was billed, if the server sent a valid time.
        billed: Option<Timestamp> = bill_date,
        /// What it costs, in cents of a US dollar.
        total_cents: Option<i64> = total_price_cents,
    }
}

/// Which line items are wanted; all that cost something, unless told otherwise.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::LineItemFilter;
///
/// let organization = atlas.this_organization().await?.handle();
/// let invoice = organization.invoices().try_next().await?.expect("an invoice").handle();
/// let cluster = atlas.find_cluster("shop-production").await?;
/// let of_cluster = LineItemFilter::new()
///     .since("2000-01-01".parse().expect("a day"))
///     .until("2100-01-01".parse().expect("a day"))
///     .with_project(cluster.project_id())
///     .with_cluster(&cluster.id().expect("an id"))
///     .with_service("Clusters");
/// for item in invoice.line_items(&of_cluster).collect().await? {
///     println!("{:?} {}: {:?} cents", item.used(), item.description(), item.total_cents());
///     println!("{:?} {:?} {:?}", item.billed(), item.project_id(), item.cluster_name());
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a filter does nothing until it is searched with"]
pub struct LineItemFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_end_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group_ids: Vec<ProjectId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cluster_ids: Vec<ClusterId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sku_services: Vec<String>,
}

impl LineItemFilter {
    /// All line items.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only what was used on this day or later.
    pub fn since(mut self, day: Date) -> Self {
        self.usage_start_date = Some(day.to_string());
        self
    }

    /// Only what was used on this day or earlier.
    pub fn until(mut self, day: Date) -> Self {
        self.usage_end_date = Some(day.to_string());
        self
    }

    /// Only what was used in this project and in the others that are given.
    pub fn with_project(mut self, id: &ProjectId) -> Self {
        self.group_ids.push(id.clone());
        self
    }

    /// Only what was used by this cluster and by the others that are given.
    pub fn with_cluster(mut self, id: &ClusterId) -> Self {
        self.cluster_ids.push(id.clone());
        self
    }

    /// Only what belongs to this service, such as `Clusters`, `Storage`, `Backup` or `Data Transfer`, and
    /// to the others that are given.
    pub fn with_service(mut self, service: impl Into<String>) -> Self {
        self.sku_services.push(service.into());
        self
    }
}

impl InvoiceHandle {
    /// Its line items, as far as a filter wants them.
    pub fn line_items(&self, filter: &LineItemFilter) -> Pager<InvoiceLineItem> {
        let search = self.operation(operation::SEARCH_ORG_INVOICE_LINE_ITEMS);
        search.with_body(json!({ "filters": filter })).list(&())
    }
}
