//! The IP address from which Atlas receives the requests of the caller.

use std::net::IpAddr;

use crate::{
    error::{Error, ErrorKind, Result},
    operations::{Operation, ResponseKind},
    pythonic::client::Atlas,
};

/// Returns the caller's address. The operation is not part of the Atlas document; the official CLI calls it too.
static GET_IP_INFO: Operation = Operation {
    id: "getIpInfo",
    method_name: "get_ip_info",
    method: "GET",
    path: "/api/private/ipinfo",
    tag: "Private",
    versions: &[],
    accept: "application/json",
    content_type: None,
    success: 200,
    response_kind: ResponseKind::Json,
    paged: false,
    roles: &[],
    parameters: &[],
    server_owned: &[],
    request_fields: &[],
    response_fields: &[],
    secrets: &[],
    request: None,
    response: None,
    rate_limit: None,
};

impl Atlas {
    /// Returns the IP address from which Atlas receives the requests of this client: the address that
    /// an access list has to contain.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidResponse`](ErrorKind::InvalidResponse) if the response contains no address, or any
    /// [request error](Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let address = atlas.current_ip_address().await?;
    /// println!("{address}");
    /// # Ok(()) }) }
    /// ```
    pub async fn current_ip_address(&self) -> Result<IpAddr> {
        let response = self.operation(&GET_IP_INFO).send().await?;
        let document = response.document().map(crate::Document::to_value);
        let address = document.as_ref().and_then(|document| {
            let address = document.get("currentIpv4Address")?;
            address.as_str()?.parse().ok()
        });
        address.ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidResponse,
                "the response contains no IP address",
            )
        })
    }
}
