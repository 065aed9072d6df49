//! Invoices of an organization: list, get, download, search of their line items.

mod line_items;

use std::io::Write;

use jiff::Timestamp;

pub use line_items::{InvoiceLineItem, LineItemFilter};

use crate::pythonic::{
    ids::InvoiceId,
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::organizations::OrganizationHandle,
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// An invoice, as the server described it. Amounts are in cents of a US dollar.
    ///
    /// A list gives no line items; [`as_api`](Self::as_api) has them after a `get`.
    pub struct Invoice(types::BillingInvoice) in OrganizationHandle, id: InvoiceId = id {
        /// How it stands, as the server calls it, such as `PENDING` or `PAID`.
        status: &str = status_name,
        /// The first day that it is about, if the server sent a valid time.
        start: Option<Timestamp> = start_date,
        /// The first day that it is not about any more.
        end: Option<Timestamp> = end_date,
        /// When it was created.
        created: Option<Timestamp> = created,
        /// What was used, in cents.
        subtotal_cents: Option<i64> = subtotal_cents,
        /// The credits that were used for it, in cents.
        credits_cents: Option<i64> = credits_cents,
        /// The taxes, in cents.
        sales_tax_cents: Option<i64> = sales_tax_cents,
        /// What is to be paid, in cents.
        amount_billed_cents: Option<i64> = amount_billed_cents,
        /// What has been paid, in cents.
        amount_paid_cents: Option<i64> = amount_paid_cents,
    }
}

impl<C: Clone> Invoice<C> {
    /// What can be done with it.
    pub fn handle(&self) -> InvoiceHandle<C> {
        self.parent.invoice(&self.id)
    }
}

handle! {
    /// What can be done with an invoice, which is known by its id.
    pub struct InvoiceHandle in OrganizationHandle {
        /// The id.
        id: InvoiceId => "invoiceId",
    }
}

impl<C: Clone> OrganizationHandle<C> {
    /// The invoice with this id; nothing is sent before something is asked of it.
    pub fn invoice(&self, id: &InvoiceId) -> InvoiceHandle<C> {
        InvoiceHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Its invoices, without their line items.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?.handle();
    /// let invoices = organization.invoices().collect().await?;
    /// for invoice in &invoices {
    ///     println!("{} {} {:?}", invoice.id(), invoice.status(), invoice.created());
    ///     println!("{:?} to {:?}", invoice.start(), invoice.end());
    ///     println!("{:?} + {:?}", invoice.subtotal_cents(), invoice.sales_tax_cents());
    ///     println!("- {:?} = {:?}", invoice.credits_cents(), invoice.amount_billed_cents());
    ///     println!("paid {:?}", invoice.amount_paid_cents());
    /// }
    /// println!("{} pending", organization.pending_invoices().collect().await?.len());
    ///
    /// let id: mongodbatlas::InvoiceId = invoices[0].handle().id().clone();
    /// let invoice = organization.invoice(&id);
    /// assert_eq!(invoice.get().await?.id(), invoices[0].id());
    /// let mut csv = Vec::new();
    /// assert_eq!(invoice.download_csv(&mut csv).await?, csv.len() as u64);
    /// # Ok(()) }) }
    /// ```
    pub fn invoices(&self) -> Pager<Invoice> {
        self.operation(operation::LIST_ORG_INVOICES).list(self)
    }

    /// The invoices of what is being used now.
    pub fn pending_invoices(&self) -> Pager<Invoice> {
        self.operation(operation::LIST_ORG_INVOICE_PENDING)
            .list(self)
    }
}

impl InvoiceHandle {
    /// Fetches the invoice with its line items.
    ///
    /// # Errors
    ///
    /// Not found for an unknown invoice, and what a call can end with.
    pub async fn get(&self) -> Result<Invoice> {
        self.operation(operation::GET_ORG_INVOICE)
            .one(&self.parent)
            .await
    }

    /// Downloads the invoice as CSV and writes it as it comes; gives the number of bytes.
    ///
    /// # Errors
    ///
    /// As [`Call::download`](crate::Call::download).
    pub async fn download_csv(&self, writer: &mut impl Write) -> Result<u64> {
        self.operation(operation::GET_ORG_INVOICE_CSV)
            .download(writer)
            .await
    }
}
