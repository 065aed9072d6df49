//! Service accounts of an organization, their secrets and allowed addresses, without `async`.

mod project_service_accounts;

use std::ops::Deref;

use jiff::SignedDuration;
use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::organizations::{Organization, OrganizationHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::access::service_accounts::{
        OrganizationServiceAccountData, ServiceAccountAddress, ServiceAccountProject,
        ServiceAccountSecret,
    },
};

pub use project_service_accounts::{ProjectServiceAccount, ProjectServiceAccountHandle};

/// A service account of an organization returned by the API; the blocking counterpart of
/// [`OrganizationServiceAccount`](crate::OrganizationServiceAccount).
///
/// Dereferences to [`OrganizationServiceAccountData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationServiceAccount {
    data: OrganizationServiceAccountData,
    #[serde(skip)]
    pub(crate) handle: OrganizationServiceAccountHandle,
}

impl Deref for OrganizationServiceAccount {
    type Target = OrganizationServiceAccountData;

    fn deref(&self) -> &OrganizationServiceAccountData {
        &self.data
    }
}

impl IntoBlocking for crate::OrganizationServiceAccount {
    type Output = OrganizationServiceAccount;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationServiceAccount {
        OrganizationServiceAccount {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl OrganizationServiceAccount {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationServiceAccountHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the service account.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles`). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Creates a secret with this lifetime, in whole hours. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::create_secret`].
    pub fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        self.handle.create_secret(lifetime)
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::delete_secret`].
    pub fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.handle.delete_secret(secret_id)
    }

    /// Lists the projects to which the service account has access.
    ///
    /// See [`OrganizationServiceAccountHandle::projects`].
    pub fn projects(&self) -> Items<ServiceAccountProject> {
        self.handle.projects()
    }

    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    ///
    /// See [`OrganizationServiceAccountHandle::addresses`].
    pub fn addresses(&self) -> Items<ServiceAccountAddress> {
        self.handle.addresses()
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::allow_address`].
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address)
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::forbid_address`].
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address)
    }
}

/// A handle to a service account of an organization, identified by its client id; the blocking
/// counterpart of [`OrganizationServiceAccountHandle`](crate::OrganizationServiceAccountHandle).
#[derive(Clone, Debug)]
pub struct OrganizationServiceAccountHandle {
    pub(crate) inner: crate::OrganizationServiceAccountHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::OrganizationServiceAccountHandle {
    type Output = OrganizationServiceAccountHandle;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationServiceAccountHandle {
        OrganizationServiceAccountHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl OrganizationServiceAccountHandle {
    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        self.inner.client_id()
    }
}

impl OrganizationHandle {
    /// Returns a handle to the service account with this client id. Does not send a request.
    pub fn service_account(&self, client_id: &str) -> OrganizationServiceAccountHandle {
        self.inner
            .service_account(client_id)
            .into_blocking(&self.atlas)
    }

    /// Lists the service accounts.
    pub fn service_accounts(&self) -> Items<OrganizationServiceAccount> {
        self.atlas.list(self.inner.service_accounts())
    }

    /// Creates a service account from a JSON document (`name`, `description`, `roles`,
    /// `secretExpiresAfterHours`), sent verbatim. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<OrganizationServiceAccount> {
        self.atlas
            .fetch(self.inner.create_service_account(document))
    }
}

impl Organization {
    /// Lists the service accounts.
    ///
    /// See [`OrganizationHandle::service_accounts`].
    pub fn service_accounts(&self) -> Items<OrganizationServiceAccount> {
        self.handle.service_accounts()
    }
}

impl OrganizationServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the service account does not exist, or
    /// any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<OrganizationServiceAccount> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles`). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<OrganizationServiceAccount> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Creates a secret with this lifetime, in whole hours. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the lifetime is not a number of
    /// whole hours, [`Conflict`](crate::ErrorKind::Conflict) if the service account already has two
    /// secrets, or any [request error](crate::Error#request-errors).
    pub fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        self.atlas.wait(self.inner.create_secret(lifetime))
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the secret does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.atlas.wait(self.inner.delete_secret(secret_id))
    }

    /// Lists the projects to which the service account has access.
    pub fn projects(&self) -> Items<ServiceAccountProject> {
        self.atlas.items(self.inner.projects())
    }

    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    pub fn addresses(&self) -> Items<ServiceAccountAddress> {
        self.atlas.items(self.inner.addresses())
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the address is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.allow_address(address))
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the address is not on the list, or any
    /// [request error](crate::Error#request-errors).
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.forbid_address(address))
    }
}
