//! The line items of an invoice, without `async`.

use crate::{
    blocking::{
        organization::invoices::{Invoice, InvoiceHandle},
        paging::Items,
    },
    pythonic::resources::organization::invoices::{InvoiceLineItem, LineItemFilter},
};

impl InvoiceHandle {
    /// Lists the line items that match a filter.
    pub fn line_items(&self, filter: &LineItemFilter) -> Items<InvoiceLineItem> {
        self.atlas.items(self.inner.line_items(filter))
    }
}

impl Invoice {
    /// Lists the line items that match a filter.
    ///
    /// See [`InvoiceHandle::line_items`].
    pub fn line_items(&self, filter: &LineItemFilter) -> Items<InvoiceLineItem> {
        self.handle.line_items(filter)
    }
}
