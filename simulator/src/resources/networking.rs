//! Networking: containers, peerings and private endpoints.

pub(crate) mod networks;
pub(crate) mod private_endpoints;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[networks::ROUTES, private_endpoints::ROUTES];
