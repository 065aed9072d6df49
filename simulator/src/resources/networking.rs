//! Networking: containers, peerings and private endpoints.

pub(crate) mod networks;
pub(crate) mod private_endpoints;
