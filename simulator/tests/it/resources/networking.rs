//! Networking: containers, peering connections and private endpoints.

mod containers;
mod peers;
mod private_endpoints;
