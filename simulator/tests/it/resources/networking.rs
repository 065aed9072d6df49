//! Networking: containers, peering connections and private endpoints.

mod containers;
mod ip_addresses;
mod peers;
mod private_endpoints;
