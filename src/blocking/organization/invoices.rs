//! Invoices of an organization, without `async`.

mod line_items;

use std::{io::Write, ops::Deref, path::Path};

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::organizations::{Organization, OrganizationHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::InvoiceId, resources::organization::invoices::InvoiceData},
};

/// An invoice returned by the API; the blocking counterpart of [`Invoice`](crate::Invoice). Amounts
/// are in US cents.
///
/// Lists omit the line items; [`as_api`](crate::InvoiceData::as_api) returns them after a `get`.
///
/// Dereferences to [`InvoiceData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Invoice {
    data: InvoiceData,
    #[serde(skip)]
    pub(crate) handle: InvoiceHandle,
}

impl Deref for Invoice {
    type Target = InvoiceData;

    fn deref(&self) -> &InvoiceData {
        &self.data
    }
}

impl IntoBlocking for crate::Invoice {
    type Output = Invoice;

    fn into_blocking(self, atlas: &Atlas) -> Invoice {
        Invoice {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Downloads the invoice as CSV to a writer. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// See [`InvoiceHandle::download_csv`].
    pub fn download_csv(&self, writer: &mut impl Write) -> Result<u64> {
        self.handle.download_csv(writer)
    }

    /// Downloads the invoice as CSV to a file. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// See [`InvoiceHandle::download_csv_to`].
    pub fn download_csv_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.handle.download_csv_to(path)
    }
}

/// A handle to an invoice, identified by its id; the blocking counterpart of
/// [`InvoiceHandle`](crate::InvoiceHandle).
#[derive(Clone, Debug)]
pub struct InvoiceHandle {
    pub(crate) inner: crate::InvoiceHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::InvoiceHandle {
    type Output = InvoiceHandle;

    fn into_blocking(self, atlas: &Atlas) -> InvoiceHandle {
        InvoiceHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl InvoiceHandle {
    /// Returns the id.
    pub fn id(&self) -> &InvoiceId {
        self.inner.id()
    }
}

impl OrganizationHandle {
    /// Returns a handle to the invoice with this id. Does not send a request.
    pub fn invoice(&self, id: &InvoiceId) -> InvoiceHandle {
        self.inner.invoice(id).into_blocking(&self.atlas)
    }

    /// Lists the invoices without their line items.
    pub fn invoices(&self) -> Items<Invoice> {
        self.atlas.list(self.inner.invoices())
    }

    /// Lists the invoices of the current billing period.
    pub fn pending_invoices(&self) -> Items<Invoice> {
        self.atlas.list(self.inner.pending_invoices())
    }
}

impl Organization {
    /// Lists the invoices without their line items.
    ///
    /// See [`OrganizationHandle::invoices`].
    pub fn invoices(&self) -> Items<Invoice> {
        self.handle.invoices()
    }

    /// Lists the invoices of the current billing period.
    ///
    /// See [`OrganizationHandle::pending_invoices`].
    pub fn pending_invoices(&self) -> Items<Invoice> {
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
    pub fn get(&self) -> Result<Invoice> {
        self.atlas.fetch(self.inner.get())
    }

    /// Downloads the invoice as CSV to a writer. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// See [`Call::download`](crate::blocking::Call::download).
    pub fn download_csv(&self, writer: &mut impl Write) -> Result<u64> {
        self.atlas
            .wait(async { self.inner.download_csv().await?.write_to(writer).await })
    }

    /// Downloads the invoice as CSV to a file. Returns the number of bytes.
    ///
    /// Replaces an existing file when the download is complete; see
    /// [`Download::write_to_file`](crate::Download::write_to_file).
    ///
    /// # Errors
    ///
    /// See [`Call::download_to`](crate::blocking::Call::download_to).
    pub fn download_csv_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.atlas.wait(self.inner.download_csv_to(path))
    }
}
