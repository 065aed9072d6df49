//! Billing: invoices and the cost explorer.

pub(crate) mod cost_explorer;
pub(crate) mod invoices;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[cost_explorer::ROUTES, invoices::ROUTES];
