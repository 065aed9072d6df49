//! API keys in a project.

use std::ops::Deref;

use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::ApiKeyId,
        paging::pager::Pager,
        resources::{
            access::api_keys::ApiKeyData,
            organization::projects::{Project, ProjectHandle},
            roles::ProjectRole,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

/// An API key with access to a project.
///
/// Dereferences to [`ApiKeyData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectApiKey {
    pub(crate) data: ApiKeyData,
    #[serde(skip)]
    pub(crate) handle: ProjectApiKeyHandle,
}

impl Deref for ProjectApiKey {
    type Target = ApiKeyData;

    fn deref(&self) -> &ApiKeyData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for ProjectApiKey {
    type Api = types::ApiKeyUserDetails;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ApiKeyData::from_record(project, record)?;
        let handle = project.api_key(data.id());
        Ok(Self { data, handle })
    }
}

impl ProjectApiKey {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectApiKeyHandle {
        self.handle.clone()
    }

    /// Updates the fields that `changes` contains (`desc`, `roles` in this project). The document
    /// is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Removes the key from the project. The key remains in the organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Grants a key of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::assign`].
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        self.handle.assign(roles).await
    }
}

/// A handle to an API key in a project, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::ProjectRole;
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let key = project.create_api_key("deployments", &[ProjectRole::ClusterManager]).await?;
///
/// let roles = serde_json::json!({"roles": ["GROUP_READ_ONLY"]});
/// project.api_key(key.id()).update(&roles).await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProjectApiKeyHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) id: ApiKeyId,
}

impl ProjectApiKeyHandle {
    /// Returns the id.
    pub fn id(&self) -> &ApiKeyId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("apiUserId", &self.id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the API key with this id in this project. Does not send a request.
    pub fn api_key(&self, id: &ApiKeyId) -> ProjectApiKeyHandle {
        ProjectApiKeyHandle {
            project: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the API keys with access to the project.
    pub fn api_keys(&self) -> Pager<ProjectApiKey> {
        self.operation(operation::LIST_GROUP_API_KEYS).list(self)
    }

    /// Creates an API key of the organization with these roles in the project, such as
    /// `GROUP_READ_ONLY`. Only this response contains the private key.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub async fn create_api_key(
        &self,
        description: &str,
        roles: &[ProjectRole],
    ) -> Result<ProjectApiKey> {
        let create = self.operation(operation::CREATE_GROUP_API_KEY);
        let document = json!({ "desc": description, "roles": roles });
        create.with_document(&document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the API keys with access to the project.
    ///
    /// See [`ProjectHandle::api_keys`].
    pub fn api_keys(&self) -> Pager<ProjectApiKey> {
        self.handle.api_keys()
    }
}

impl ProjectApiKeyHandle {
    /// Updates the fields that `changes` contains (`desc`, `roles` in this project). The document
    /// is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<ProjectApiKey> {
        let update = self.operation(operation::UPDATE_GROUP_API_KEY_ROLES);
        update.with_document(changes)?.fetch(&self.project).await
    }

    /// Removes the key from the project. The key remains in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_API_KEY)
            .execute_delete()
            .await
    }

    /// Grants a key of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such key, or any
    /// [request error](crate::Error#request-errors).
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        let assign = self.operation(operation::ADD_GROUP_API_KEY);
        assign
            .with_document(&[json!({ "roles": roles })])?
            .execute()
            .await
    }
}
