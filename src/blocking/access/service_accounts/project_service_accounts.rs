//! Service accounts in a project, without `async`.

use std::ops::Deref;

use jiff::SignedDuration;
use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::{
        access::service_accounts::{
            ProjectServiceAccountData, ServiceAccountAddress, ServiceAccountSecret,
        },
        roles::ProjectRole,
    },
};

/// A service account with access to a project; the blocking counterpart of
/// [`ProjectServiceAccount`](crate::ProjectServiceAccount).
///
/// Dereferences to [`ProjectServiceAccountData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectServiceAccount {
    data: ProjectServiceAccountData,
    #[serde(skip)]
    pub(crate) handle: ProjectServiceAccountHandle,
}

impl Deref for ProjectServiceAccount {
    type Target = ProjectServiceAccountData;

    fn deref(&self) -> &ProjectServiceAccountData {
        &self.data
    }
}

impl IntoBlocking for crate::ProjectServiceAccount {
    type Output = ProjectServiceAccount;

    fn into_blocking(self, atlas: &Atlas) -> ProjectServiceAccount {
        ProjectServiceAccount {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl ProjectServiceAccount {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectServiceAccountHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the service account.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles` in this project).
    /// The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Removes the service account from the project. The service account remains in the
    /// organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Grants a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::assign`].
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<Self> {
        self.handle.assign(roles)
    }

    /// Creates a secret with this lifetime, in whole hours. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::create_secret`].
    pub fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        self.handle.create_secret(lifetime)
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::delete_secret`].
    pub fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.handle.delete_secret(secret_id)
    }

    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    ///
    /// See [`ProjectServiceAccountHandle::addresses`].
    pub fn addresses(&self) -> Items<ServiceAccountAddress> {
        self.handle.addresses()
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::allow_address`].
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address)
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::forbid_address`].
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address)
    }
}

/// A handle to a service account in a project, identified by its client id; the blocking
/// counterpart of [`ProjectServiceAccountHandle`](crate::ProjectServiceAccountHandle).
#[derive(Clone, Debug)]
pub struct ProjectServiceAccountHandle {
    pub(crate) inner: crate::ProjectServiceAccountHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProjectServiceAccountHandle {
    type Output = ProjectServiceAccountHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProjectServiceAccountHandle {
        ProjectServiceAccountHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProjectServiceAccountHandle {
    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        self.inner.client_id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the service account with this client id in this project. Does not send a
    /// request.
    pub fn service_account(&self, client_id: &str) -> ProjectServiceAccountHandle {
        self.inner
            .service_account(client_id)
            .into_blocking(&self.atlas)
    }

    /// Lists the service accounts with access to the project.
    pub fn service_accounts(&self) -> Items<ProjectServiceAccount> {
        self.atlas.list(self.inner.service_accounts())
    }

    /// Creates a service account with access to this project from a JSON document, sent verbatim.
    /// Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<ProjectServiceAccount> {
        self.atlas
            .fetch(self.inner.create_service_account(document))
    }
}

impl Project {
    /// Lists the service accounts with access to the project.
    ///
    /// See [`ProjectHandle::service_accounts`].
    pub fn service_accounts(&self) -> Items<ProjectServiceAccount> {
        self.handle.service_accounts()
    }
}

impl ProjectServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the service account has no access to the
    /// project, or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<ProjectServiceAccount> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles` in this project).
    /// The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<ProjectServiceAccount> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Removes the service account from the project. The service account remains in the
    /// organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Grants a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such service
    /// account, or any [request error](crate::Error#request-errors).
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<ProjectServiceAccount> {
        self.atlas.fetch(self.inner.assign(roles))
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
