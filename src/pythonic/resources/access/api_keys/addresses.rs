//! The addresses from which an API key may send requests.

use jiff::Timestamp;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            access::api_keys::{OrganizationApiKey, OrganizationApiKeyHandle},
            define::resource,
        },
    },
};

resource! {
    /// An address from which an API key may send requests.
    pub struct ApiKeyAddress(types::UserAccessListResponse) {
        /// Returns the CIDR block.
        cidr_block: Option<&str> = cidr_block,
        /// Returns the IP address; `None` unless the entry is a single address.
        ip_address: Option<&str> = ip_address,
        /// Returns the time at which the address was added; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the time of the last request from the address; `None` before the first request.
        last_used: Option<Timestamp> = last_used,
        /// Returns the number of requests from the address.
        calls: Option<u64> = count,
    }
}

impl OrganizationApiKey {
    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    ///
    /// See [`OrganizationApiKeyHandle::addresses`].
    pub fn addresses(&self) -> Pager<ApiKeyAddress> {
        self.handle.addresses()
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::allow_address`].
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address).await
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::forbid_address`].
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address).await
    }
}

impl OrganizationApiKeyHandle {
    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    pub fn addresses(&self) -> Pager<ApiKeyAddress> {
        self.operation(operation::LIST_ORG_API_KEY_ACCESS_LIST_ENTRIES)
            .list(&())
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the address is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        allow
            .with_document(&[build_address_document(address)])?
            .execute()
            .await
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the address is not on the list, or any
    /// [request error](crate::Error#request-errors).
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        let forbid = self.operation(operation::DELETE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).execute_delete().await
    }
}

/// Returns the JSON entry of an API access list for an address or a CIDR block.
pub(in crate::pythonic::resources::access) fn build_address_document(
    address: &str,
) -> serde_json::Value {
    let field = if address.contains('/') {
        "cidrBlock"
    } else {
        "ipAddress"
    };
    json!({ field: address })
}
