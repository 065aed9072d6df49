//! The IP address of the caller.

use std::net::{IpAddr, Ipv4Addr};

use crate::support::Local;

#[tokio::test]
async fn current_ip_address_is_the_address_of_the_connection() {
    let local = Local::demo();

    let address = local.atlas.current_ip_address().await.unwrap();

    assert_eq!(address, IpAddr::V4(Ipv4Addr::LOCALHOST));
}
