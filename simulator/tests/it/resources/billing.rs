//! Billing: invoices.

mod invoices;
