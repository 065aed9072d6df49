//! Invoices: each verb waits for its async twin.

use std::io::Write;

use crate::blocking::{Invoice, InvoiceHandle, Items, OrganizationHandle, twin::twins};
use crate::{
    error::Result,
    pythonic::resources::organization::invoices::{InvoiceLineItem, LineItemFilter},
};

twins! {
    impl OrganizationHandle {
        /// Its invoices, without their line items.
        fn invoices() -> Items<Invoice>;

        /// The invoices of what is being used now.
        fn pending_invoices() -> Items<Invoice>;
    }

    impl InvoiceHandle {
        /// Fetches the invoice with its line items.
        fn get() -> Result<Invoice>;

        /// Downloads the invoice as CSV and writes it as it comes; gives the number of bytes.
        fn download_csv(writer: &mut impl Write) -> Result<u64>;

        /// Its line items, as far as a filter wants them.
        fn line_items(filter: &LineItemFilter) -> Items<InvoiceLineItem>;
    }
}
