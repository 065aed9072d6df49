//! The secrets of a service account.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    api::{SecretText, types},
    error::Result,
    operation,
    pythonic::resources::{
        access::service_accounts::{
            OrganizationServiceAccount, OrganizationServiceAccountHandle, ProjectServiceAccount,
            ProjectServiceAccountHandle,
        },
        define::resource,
        duration::to_whole_hours,
    },
};

resource! {
    /// A secret of a service account.
    pub struct ServiceAccountSecret(types::ServiceAccountSecret) {
        /// Returns the id; empty if missing.
        id: &str = id,
        /// Returns the secret; `None` unless this is the response to the creation.
        secret: Option<&SecretText> = secret,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the expiry; `None` if missing or malformed.
        expires: Option<Timestamp> = expires_at,
        /// Returns the time of the last use; `None` before the first use.
        last_used: Option<Timestamp> = last_used_at,
    }
}

impl OrganizationServiceAccount {
    /// Creates a secret with this lifetime, in whole hours. Only this response contains the
    /// secret.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::create_secret`].
    pub async fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        self.handle.create_secret(lifetime).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::delete_secret`].
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.handle.delete_secret(secret_id).await
    }
}

impl OrganizationServiceAccountHandle {
    /// Creates a secret with this lifetime, in whole hours. Only this response contains the
    /// secret.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the lifetime is not a number of
    /// whole hours, [`Conflict`](crate::ErrorKind::Conflict) if the service account already has two
    /// secrets, or any [request error](crate::Error#request-errors).
    pub async fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_SECRET);
        let document = json!({ "secretExpiresAfterHours": to_whole_hours("lifetime", lifetime)? });
        create.with_document(&document)?.fetch(&()).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the secret does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_SECRET);
        delete.with("secretId", secret_id).execute_delete().await
    }
}

impl ProjectServiceAccount {
    /// Creates a secret with this lifetime, in whole hours. Only this response contains the
    /// secret.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::create_secret`].
    pub async fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        self.handle.create_secret(lifetime).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::delete_secret`].
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.handle.delete_secret(secret_id).await
    }
}

impl ProjectServiceAccountHandle {
    /// Creates a secret with this lifetime, in whole hours. Only this response contains the
    /// secret.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the lifetime is not a number of
    /// whole hours, [`Conflict`](crate::ErrorKind::Conflict) if the service account already has two
    /// secrets, or any [request error](crate::Error#request-errors).
    pub async fn create_secret(&self, lifetime: SignedDuration) -> Result<ServiceAccountSecret> {
        let create = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT_SECRET);
        let document = json!({ "secretExpiresAfterHours": to_whole_hours("lifetime", lifetime)? });
        create.with_document(&document)?.fetch(&()).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the secret does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT_SECRET);
        delete.with("secretId", secret_id).execute_delete().await
    }
}
