//! The addresses from which a service account may send requests.

use jiff::Timestamp;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            access::{
                api_keys::addresses::build_address_document,
                service_accounts::{
                    OrganizationServiceAccount, OrganizationServiceAccountHandle,
                    ProjectServiceAccount, ProjectServiceAccountHandle,
                },
            },
            define::resource,
        },
    },
};

resource! {
    /// An address from which a service account may send requests.
    pub struct ServiceAccountAddress(types::ServiceAccountIpAccessListEntry) {
        /// Returns the CIDR block.
        cidr_block: Option<&str> = cidr_block,
        /// Returns the IP address; `None` unless the entry is a single address.
        ip_address: Option<&str> = ip_address,
        /// Returns the time at which the address was added; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time of the last request from the address; `None` before the first request.
        last_used: Option<Timestamp> = last_used_at,
        /// Returns the number of requests from the address.
        calls: Option<u64> = request_count,
    }
}

impl OrganizationServiceAccount {
    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    ///
    /// See [`OrganizationServiceAccountHandle::addresses`].
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.handle.addresses()
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::allow_address`].
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address).await
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::forbid_address`].
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address).await
    }
}

impl OrganizationServiceAccountHandle {
    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.operation(operation::LIST_ORG_SERVICE_ACCOUNT_ACCESS_LIST)
            .list(&())
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the address is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_ACCESS_LIST);
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
        let forbid = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).execute_delete().await
    }
}

impl ProjectServiceAccount {
    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    ///
    /// See [`ProjectServiceAccountHandle::addresses`].
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.handle.addresses()
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::allow_address`].
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address).await
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::forbid_address`].
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address).await
    }
}

impl ProjectServiceAccountHandle {
    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.operation(operation::LIST_GROUP_SERVICE_ACCOUNT_ACCESS_LIST)
            .list(&())
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the address is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST);
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
        let forbid = self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).execute_delete().await
    }
}
