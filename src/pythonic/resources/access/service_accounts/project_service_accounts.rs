//! Service accounts in a project.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    auth::ServiceAccount,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            define::resource,
            new_credentials,
            organization::projects::{Project, ProjectHandle},
            roles::ProjectRole,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`ProjectServiceAccount`], which the async and the blocking type share.
    pub struct ProjectServiceAccountData(types::GroupServiceAccount) {
        /// Returns the client id.
        client_id: &str = client_id,
        /// Returns the name; empty if missing.
        name: &str = name,
        /// Returns the description; empty if missing.
        description: &str = description,
        /// Returns the roles in the project.
        roles: Vec<ProjectRole> = roles,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
    }
}

/// A service account with access to a project.
///
/// Dereferences to [`ProjectServiceAccountData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectServiceAccount {
    pub(crate) data: ProjectServiceAccountData,
    #[serde(skip)]
    pub(crate) handle: ProjectServiceAccountHandle,
}

impl Deref for ProjectServiceAccount {
    type Target = ProjectServiceAccountData;

    fn deref(&self) -> &ProjectServiceAccountData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for ProjectServiceAccount {
    type Api = types::GroupServiceAccount;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ProjectServiceAccountData::from_record(project, record)?;
        let handle = project.service_account(data.client_id());
        Ok(Self { data, handle })
    }
}

impl ProjectServiceAccountData {
    /// Returns the credentials; `None` unless this is the response to the creation. Other responses
    /// omit the secret.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        new_credentials::service_account(Some(self.client_id()), self.as_api().secrets.as_ref())
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles` in this project).
    /// The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Removes the service account from the project. The service account remains in the
    /// organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Grants a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectServiceAccountHandle::assign`].
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<Self> {
        self.handle.assign(roles).await
    }
}

/// A handle to a service account in a project, identified by its client id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use serde_json::json;
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let account = project
///     .create_service_account(&json!({
///         "name": "deployments", "description": "changes clusters",
///         "roles": ["GROUP_CLUSTER_MANAGER"], "secretExpiresAfterHours": 24,
///     }))
///     .await?;
/// let credentials = account.credentials().expect("the secret of a new account");
/// println!("{}", credentials.client_id());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProjectServiceAccountHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) client_id: String,
}

impl ProjectServiceAccountHandle {
    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("clientId", &self.client_id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the service account with this client id in this project. Does not send a
    /// request.
    pub fn service_account(&self, client_id: &str) -> ProjectServiceAccountHandle {
        ProjectServiceAccountHandle {
            project: self.clone(),
            client_id: client_id.to_owned(),
        }
    }

    /// Lists the service accounts with access to the project.
    pub fn service_accounts(&self) -> Pager<ProjectServiceAccount> {
        self.operation(operation::LIST_GROUP_SERVICE_ACCOUNTS)
            .list(self)
    }

    /// Creates a service account with access to this project from a JSON document, sent verbatim.
    /// Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<ProjectServiceAccount> {
        let create = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT);
        create.with_document(document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the service accounts with access to the project.
    ///
    /// See [`ProjectHandle::service_accounts`].
    pub fn service_accounts(&self) -> Pager<ProjectServiceAccount> {
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
    pub async fn get(&self) -> Result<ProjectServiceAccount> {
        let get = self.operation(operation::GET_GROUP_SERVICE_ACCOUNT);
        get.fetch(&self.project).await
    }

    /// Updates the fields that `changes` contains (`name`, `description`, `roles` in this project).
    /// The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<ProjectServiceAccount> {
        let update = self.operation(operation::UPDATE_GROUP_SERVICE_ACCOUNT);
        update.with_document(changes)?.fetch(&self.project).await
    }

    /// Removes the service account from the project. The service account remains in the
    /// organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT)
            .execute_delete()
            .await
    }

    /// Grants a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such service
    /// account, or any [request error](crate::Error#request-errors).
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<ProjectServiceAccount> {
        let assign = self.operation(operation::INVITE_GROUP_SERVICE_ACCOUNT);
        let document = json!({ "roles": roles });
        assign.with_document(&document)?.fetch(&self.project).await
    }
}
