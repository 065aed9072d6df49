//! API keys of an organization and their allowed addresses.

pub(super) mod addresses;
mod project_api_keys;

use std::ops::Deref;

use serde::Serialize;
use serde_json::json;

use crate::{
    api::{SecretText, types},
    auth::ApiKey,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::{ApiKeyId, OrganizationId, ProjectId},
        paging::pager::Pager,
        resources::{
            define::resource,
            new_credentials,
            organization::organizations::{Organization, OrganizationHandle},
            roles::OrganizationRole,
        },
        responses::{endpoint::FromRecord, read::Read, record::Record},
    },
    request::Call,
};

pub use addresses::ApiKeyAddress;
pub use project_api_keys::{ProjectApiKey, ProjectApiKeyHandle};

resource! {
    /// The data of [`OrganizationApiKey`] and [`ProjectApiKey`].
    pub struct ApiKeyData(types::ApiKeyUserDetails), id: ApiKeyId = id {
        /// Returns the description; empty if missing.
        description: &str = desc,
        /// Returns the public key. It is not secret: events and logs contain it.
        public_key: &str = public_key,
        /// Returns the private key. Only the response to the creation contains it; other responses
        /// contain a masked key, for which [`credentials`](Self::credentials) returns `None`.
        private_key: Option<&SecretText> = private_key,
    }
}

/// An API key of an organization returned by the API.
///
/// Dereferences to [`ApiKeyData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationApiKey {
    pub(crate) data: ApiKeyData,
    #[serde(skip)]
    pub(crate) handle: OrganizationApiKeyHandle,
}

impl Deref for OrganizationApiKey {
    type Target = ApiKeyData;

    fn deref(&self) -> &ApiKeyData {
        &self.data
    }
}

impl FromRecord<OrganizationHandle> for OrganizationApiKey {
    type Api = types::ApiKeyUserDetails;

    fn from_record(organization: &OrganizationHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ApiKeyData::from_record(organization, record)?;
        let handle = organization.api_key(data.id());
        Ok(Self { data, handle })
    }
}

/// A role of an API key, in an organization or a project.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeyRole {
    /// The role's name, such as `ORG_MEMBER` or `GROUP_READ_ONLY`.
    pub name: String,
    /// The organization; `None` for a role in a project.
    pub organization_id: Option<OrganizationId>,
    /// The project; `None` for a role in an organization.
    pub project_id: Option<ProjectId>,
}

impl ApiKeyData {
    /// Returns the roles in the organization and in projects.
    pub fn roles(&self) -> impl Iterator<Item = KeyRole> {
        self.as_api().roles.iter().flatten().map(to_key_role)
    }

    /// Returns the credentials; `None` unless this is the response to the creation. Other responses
    /// mask the private key.
    pub fn credentials(&self) -> Option<ApiKey> {
        new_credentials::api_key(self.as_api())
    }
}

impl OrganizationApiKey {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationApiKeyHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the key.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (`desc`, `roles`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the key. Atlas then rejects requests that use the key.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to an API key of an organization, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::OrganizationRole;
///
/// let organization = atlas.this_organization().await?.handle();
/// let key = organization.create_api_key("nightly job", &[OrganizationRole::ReadOnly]).await?;
/// key.allow_address("198.51.100.7").await?;
///
/// let credentials = key.credentials().expect("the private key of a new key");
/// println!("{}", credentials.public_key());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct OrganizationApiKeyHandle {
    pub(crate) organization: OrganizationHandle,
    pub(crate) id: ApiKeyId,
}

impl OrganizationApiKeyHandle {
    /// Returns the id.
    pub fn id(&self) -> &ApiKeyId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("apiUserId", &self.id)
    }
}

impl OrganizationHandle {
    /// Returns a handle to the API key with this id. Does not send a request.
    pub fn api_key(&self, id: &ApiKeyId) -> OrganizationApiKeyHandle {
        OrganizationApiKeyHandle {
            organization: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the API keys.
    pub fn api_keys(&self) -> Pager<OrganizationApiKey> {
        self.operation(operation::LIST_ORG_API_KEYS).list(self)
    }

    /// Creates an API key with these roles. Only this response contains the
    /// private key.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub async fn create_api_key(
        &self,
        description: &str,
        roles: &[OrganizationRole],
    ) -> Result<OrganizationApiKey> {
        let create = self.operation(operation::CREATE_ORG_API_KEY);
        let document = json!({ "desc": description, "roles": roles });
        create.with_document(&document)?.fetch(self).await
    }
}

impl Organization {
    /// Lists the API keys.
    ///
    /// See [`OrganizationHandle::api_keys`].
    pub fn api_keys(&self) -> Pager<OrganizationApiKey> {
        self.handle.api_keys()
    }
}

impl OrganizationApiKeyHandle {
    /// Fetches the key.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the key does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<OrganizationApiKey> {
        self.operation(operation::GET_ORG_API_KEY)
            .fetch(&self.organization)
            .await
    }

    /// Updates the fields that `changes` contains (`desc`, `roles`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationApiKey> {
        let update = self.operation(operation::UPDATE_ORG_API_KEY);
        update
            .with_document(changes)?
            .fetch(&self.organization)
            .await
    }

    /// Deletes the key. Atlas then rejects requests that use the key.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_API_KEY)
            .execute_delete()
            .await
    }
}

fn to_key_role(role: &types::CloudAccessRoleAssignment) -> KeyRole {
    KeyRole {
        name: role.role_name.clone().unwrap_or_default(),
        organization_id: Read::read(&role.org_id),
        project_id: Read::read(&role.group_id),
    }
}
