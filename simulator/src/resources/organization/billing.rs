//! Billing: invoices and the cost explorer.

pub(crate) mod cost_explorer;
pub(crate) mod invoices;
