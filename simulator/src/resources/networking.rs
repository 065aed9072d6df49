//! Networking: containers, peering connections and private endpoints.

pub(crate) mod containers;
pub(crate) mod peers;
pub(crate) mod private_endpoints;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] =
    &[containers::ROUTES, peers::ROUTES, private_endpoints::ROUTES];
