//! The line items of an invoice.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    operation,
    pythonic::{
        ids::{ClusterId, ProjectId},
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::invoices::{Invoice, InvoiceHandle},
        },
    },
};

resource! {
    /// A line item of an invoice returned by the API.
    pub struct InvoiceLineItem(types::UsageDetailsLineItem) {
        /// Returns the description of the charge; empty if missing.
        description: &str = description,
        /// Returns the id of the project; `None` for charges outside of projects.
        project_id: Option<ProjectId> = group_id,
        /// Returns the name of the cluster; `None` for charges without a cluster.
        cluster_name: Option<&str> = cluster_name,
        /// Returns the day of usage; `None` if missing or malformed.
        used: Option<Timestamp> = usage_date,
        /// Returns the day of billing; `None` if missing or malformed.
        billed: Option<Timestamp> = bill_date,
        /// Returns the price in US cents.
        total_cents: Option<i64> = total_price_cents,
    }
}

/// A filter for line items. Default: all line items with a cost.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::LineItemFilter;
///
/// let organization = atlas.this_organization().await?.handle();
/// let invoice = organization.invoices().try_next().await?.expect("an invoice");
/// let storage = LineItemFilter::new().with_service("Storage");
/// let items = invoice.line_items(&storage).collect().await?;
/// let total: i64 = items.iter().filter_map(|item| item.total_cents()).sum();
/// println!("{total} cents for storage");
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a filter has no effect until it is passed to a list method"]
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
    /// Creates a filter that matches all line items.
    pub fn new() -> Self {
        Self::default()
    }

    /// Selects usage on this day or later.
    pub fn since(mut self, day: Date) -> Self {
        self.usage_start_date = Some(day.to_string());
        self
    }

    /// Selects usage on this day or earlier. Default after [`since`](Self::since): today, in UTC.
    pub fn until(mut self, day: Date) -> Self {
        self.usage_end_date = Some(day.to_string());
        self
    }

    /// Adds a project. Default: all projects.
    pub fn with_project(mut self, id: &ProjectId) -> Self {
        self.group_ids.push(id.clone());
        self
    }

    /// Adds a cluster. Default: all clusters.
    pub fn with_cluster(mut self, id: &ClusterId) -> Self {
        self.cluster_ids.push(id.clone());
        self
    }

    /// Adds a service, such as `Clusters`, `Storage`, `Backup` or `Data Transfer`. Default: all
    /// services.
    pub fn with_service(mut self, service: impl Into<String>) -> Self {
        self.sku_services.push(service.into());
        self
    }

    /// Ends a range that has only a start at today.
    fn with_default_end(mut self) -> Self {
        if let (Some(start), None) = (&self.usage_start_date, &self.usage_end_date) {
            let today = TimeZone::UTC
                .to_datetime(Timestamp::now())
                .date()
                .to_string();
            self.usage_end_date = Some(today.max(start.clone()));
        }
        self
    }
}

impl InvoiceHandle {
    /// Lists the line items that match a filter.
    pub fn line_items(&self, filter: &LineItemFilter) -> Pager<InvoiceLineItem> {
        let search = self.operation(operation::SEARCH_ORG_INVOICE_LINE_ITEMS);
        let filter = filter.clone().with_default_end();
        search.with_body(json!({ "filters": filter })).list(&())
    }
}

impl Invoice {
    /// Lists the line items that match a filter.
    ///
    /// See [`InvoiceHandle::line_items`].
    pub fn line_items(&self, filter: &LineItemFilter) -> Pager<InvoiceLineItem> {
        self.handle.line_items(filter)
    }
}
