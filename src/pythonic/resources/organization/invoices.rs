//! Invoices of an organization.

mod line_items;

use std::{ops::Deref, path::Path};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::InvoiceId,
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::organizations::{Organization, OrganizationHandle},
            values::value,
        },
        responses::{download::Download, endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use line_items::{InvoiceLineItem, LineItemFilter};

value! {
    /// The status of an invoice. Atlas can add values at any time.
    pub enum InvoiceStatus {
        Pending = "PENDING",
        Closed = "CLOSED",
        Forgiven = "FORGIVEN",
        Failed = "FAILED",
        Paid = "PAID",
        Free = "FREE",
        Prepaid = "PREPAID",
        Invoiced = "INVOICED",
    }
}

resource! {
    /// The data of an [`Invoice`], which the async and the blocking type share.
    pub struct InvoiceData(types::BillingInvoice), id: InvoiceId = id {
        /// Returns the status.
        status: InvoiceStatus = status_name,
        /// Returns the first day of the billing period; `None` if missing or malformed.
        start: Option<Timestamp> = start_date,
        /// Returns the first day after the billing period.
        end: Option<Timestamp> = end_date,
        /// Returns the creation time.
        created: Option<Timestamp> = created,
        /// Returns the cost of usage in cents.
        subtotal_cents: Option<i64> = subtotal_cents,
        /// Returns the credits applied, in cents.
        credits_cents: Option<i64> = credits_cents,
        /// Returns the taxes in cents.
        sales_tax_cents: Option<i64> = sales_tax_cents,
        /// Returns the amount due in cents.
        amount_billed_cents: Option<i64> = amount_billed_cents,
        /// Returns the amount paid in cents.
        amount_paid_cents: Option<i64> = amount_paid_cents,
    }
}

/// An invoice returned by the API. Amounts are in US cents.
///
/// Lists omit the line items; [`as_api`](crate::InvoiceData::as_api) returns them after a `get`.
///
/// Dereferences to [`InvoiceData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Invoice {
    pub(crate) data: InvoiceData,
    #[serde(skip)]
    pub(crate) handle: InvoiceHandle,
}

impl Deref for Invoice {
    type Target = InvoiceData;

    fn deref(&self) -> &InvoiceData {
        &self.data
    }
}

impl FromRecord<OrganizationHandle> for Invoice {
    type Api = types::BillingInvoice;

    fn from_record(organization: &OrganizationHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = InvoiceData::from_record(organization, record)?;
        let handle = organization.invoice(data.id());
        Ok(Self { data, handle })
    }
}

impl Invoice {
    /// Returns the handle.
    pub fn handle(&self) -> InvoiceHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the invoice.
    ///
    /// # Errors
    ///
    /// See [`InvoiceHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Downloads the invoice as CSV, as a stream of bytes.
    ///
    /// # Errors
    ///
    /// See [`InvoiceHandle::download_csv`].
    pub async fn download_csv(&self) -> Result<Download> {
        self.handle.download_csv().await
    }

    /// Downloads the invoice as CSV to a file. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// See [`InvoiceHandle::download_csv_to`].
    pub async fn download_csv_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.handle.download_csv_to(path).await
    }
}

/// A handle to an invoice, identified by its id.
#[derive(Clone, Debug)]
pub struct InvoiceHandle {
    pub(crate) organization: OrganizationHandle,
    pub(crate) id: InvoiceId,
}

impl InvoiceHandle {
    /// Returns the id.
    pub fn id(&self) -> &InvoiceId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("invoiceId", &self.id)
    }
}

impl OrganizationHandle {
    /// Returns a handle to the invoice with this id. Does not send a request.
    pub fn invoice(&self, id: &InvoiceId) -> InvoiceHandle {
        InvoiceHandle {
            organization: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the invoices without their line items.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?.handle();
    /// let mut invoices = organization.invoices();
    /// while let Some(invoice) = invoices.try_next().await? {
    ///     println!("{:?}: {:?} cents", invoice.start(), invoice.amount_billed_cents());
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn invoices(&self) -> Pager<Invoice> {
        self.operation(operation::LIST_ORG_INVOICES).list(self)
    }

    /// Lists the invoices of the current billing period.
    pub fn pending_invoices(&self) -> Pager<Invoice> {
        self.operation(operation::LIST_ORG_INVOICE_PENDING)
            .list(self)
    }
}

impl Organization {
    /// Lists the invoices without their line items.
    ///
    /// See [`OrganizationHandle::invoices`].
    pub fn invoices(&self) -> Pager<Invoice> {
        self.handle.invoices()
    }

    /// Lists the invoices of the current billing period.
    ///
    /// See [`OrganizationHandle::pending_invoices`].
    pub fn pending_invoices(&self) -> Pager<Invoice> {
        self.handle.pending_invoices()
    }
}

impl InvoiceHandle {
    /// Fetches the invoice with its line items.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the invoice does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<Invoice> {
        self.operation(operation::GET_ORG_INVOICE)
            .fetch(&self.organization)
            .await
    }

    /// Downloads the invoice as CSV, as a stream of bytes.
    ///
    /// # Errors
    ///
    /// See [`Call::download`](crate::Call::download).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?.handle();
    /// let invoice = organization.invoices().try_next().await?.expect("an invoice");
    /// let csv = invoice.download_csv().await?.into_bytes().await?;
    /// println!("{} bytes", csv.len());
    /// # Ok(()) }) }
    /// ```
    pub async fn download_csv(&self) -> Result<Download> {
        self.operation(operation::GET_ORG_INVOICE_CSV)
            .download()
            .await
    }

    /// Downloads the invoice as CSV to a file. Returns the number of bytes.
    ///
    /// Replaces an existing file when the download is complete; see [`Download::write_to_file`].
    ///
    /// # Errors
    ///
    /// See [`Call::download_to`](crate::Call::download_to).
    pub async fn download_csv_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.operation(operation::GET_ORG_INVOICE_CSV)
            .download_to(path)
            .await
    }
}
