//! Service accounts of an organization, their secrets and allowed addresses.

mod addresses;
mod project_service_accounts;
mod secrets;

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    auth::ServiceAccount,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::ProjectId,
        paging::pager::Pager,
        resources::{
            define::resource,
            new_credentials,
            organization::organizations::{Organization, OrganizationHandle},
            roles::{OrganizationRole, ProjectRole},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use addresses::ServiceAccountAddress;
pub use project_service_accounts::{
    ProjectServiceAccount, ProjectServiceAccountData, ProjectServiceAccountHandle,
};
pub use secrets::ServiceAccountSecret;

resource! {
    /// The data of an [`OrganizationServiceAccount`], which the async and the blocking type share.
    pub struct OrganizationServiceAccountData(types::OrgServiceAccount) {
        /// Returns the client id.
        client_id: &str = client_id,
        /// Returns the name; empty if missing.
        name: &str = name,
        /// Returns the description; empty if missing.
        description: &str = description,
        /// Returns the roles in the organization.
        roles: Vec<OrganizationRole> = roles,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
    }
}

/// A service account of an organization returned by the API.
///
/// Dereferences to [`OrganizationServiceAccountData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationServiceAccount {
    pub(crate) data: OrganizationServiceAccountData,
    #[serde(skip)]
    pub(crate) handle: OrganizationServiceAccountHandle,
}

impl Deref for OrganizationServiceAccount {
    type Target = OrganizationServiceAccountData;

    fn deref(&self) -> &OrganizationServiceAccountData {
        &self.data
    }
}

impl FromRecord<OrganizationHandle> for OrganizationServiceAccount {
    type Api = types::OrgServiceAccount;

    fn from_record(organization: &OrganizationHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = OrganizationServiceAccountData::from_record(organization, record)?;
        let handle = organization.service_account(data.client_id());
        Ok(Self { data, handle })
    }
}

impl OrganizationServiceAccountData {
    /// Returns the credentials; `None` unless this is the response to the creation. Other responses
    /// omit the secret.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        new_credentials::service_account(Some(self.client_id()), self.as_api().secrets.as_ref())
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles`). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// See [`OrganizationServiceAccountHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Lists the projects to which the service account has access.
    ///
    /// See [`OrganizationServiceAccountHandle::projects`].
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.handle.projects()
    }
}

resource! {
    /// A project to which a service account has access.
    pub struct ServiceAccountProject(types::ServiceAccountGroup) {
        /// Returns the id of the project; `None` if missing or malformed.
        project_id: Option<ProjectId> = group_id,
        /// Returns the roles in the project.
        roles: Vec<ProjectRole> = roles,
    }
}

/// A handle to a service account of an organization, identified by its client id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use jiff::SignedDuration;
/// use serde_json::json;
///
/// let organization = atlas.this_organization().await?.handle();
/// let account = organization
///     .create_service_account(&json!({
///         "name": "nightly job", "description": "counts clusters",
///         "roles": ["ORG_READ_ONLY"], "secretExpiresAfterHours": 24,
///     }))
///     .await?;
/// let secret = account.create_secret(SignedDuration::from_hours(48)).await?;
/// println!("the second secret expires at {:?}", secret.expires());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct OrganizationServiceAccountHandle {
    pub(crate) organization: OrganizationHandle,
    pub(crate) client_id: String,
}

impl OrganizationServiceAccountHandle {
    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("clientId", &self.client_id)
    }
}

impl OrganizationHandle {
    /// Returns a handle to the service account with this client id. Does not send a request.
    pub fn service_account(&self, client_id: &str) -> OrganizationServiceAccountHandle {
        OrganizationServiceAccountHandle {
            organization: self.clone(),
            client_id: client_id.to_owned(),
        }
    }

    /// Lists the service accounts.
    pub fn service_accounts(&self) -> Pager<OrganizationServiceAccount> {
        self.operation(operation::LIST_ORG_SERVICE_ACCOUNTS)
            .list(self)
    }

    /// Creates a service account from a JSON document (`name`, `description`, `roles`,
    /// `secretExpiresAfterHours`), sent verbatim. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<OrganizationServiceAccount> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT);
        create.with_document(document)?.fetch(self).await
    }
}

impl Organization {
    /// Lists the service accounts.
    ///
    /// See [`OrganizationHandle::service_accounts`].
    pub fn service_accounts(&self) -> Pager<OrganizationServiceAccount> {
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
    pub async fn get(&self) -> Result<OrganizationServiceAccount> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT)
            .fetch(&self.organization)
            .await
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles`). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationServiceAccount> {
        let update = self.operation(operation::UPDATE_ORG_SERVICE_ACCOUNT);
        update
            .with_document(changes)?
            .fetch(&self.organization)
            .await
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT)
            .execute_delete()
            .await
    }

    /// Lists the projects to which the service account has access.
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT_GROUPS)
            .list(&())
    }
}
