//! API keys of an organization, and the addresses from which a key may send requests.

mod of_project;

use std::ops::Deref;

use jiff::Timestamp;
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
            issued,
            organization::organizations::{Organization, OrganizationHandle},
        },
        responses::{endpoint::FromRecord, read::Read, record::Record},
    },
    request::Call,
};

pub use of_project::{ProjectApiKey, ProjectApiKeyHandle};

resource! {
    /// The data of an API key.
    pub struct ApiKeyData(types::ApiKeyUserDetails), id: ApiKeyId = id {
        /// Returns the description; empty if missing.
        description: &str = desc,
        /// Returns the public key, which events and logs contain.
        public_key: &str = public_key,
        /// Returns the private key, which Atlas sends once, in the response to the creation. Later
        /// responses contain a masked key, for which [`credentials`](Self::credentials) returns
        /// `None`.
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
        self.as_api().roles.iter().flatten().map(role)
    }

    /// Returns the credentials. `None` unless Atlas sent the private key, which it does once, in
    /// the response to the creation.
    pub fn credentials(&self) -> Option<ApiKey> {
        issued::api_key(self.as_api())
    }
}

impl OrganizationApiKey {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationApiKeyHandle {
        self.handle.clone()
    }

    /// Fetches the key again.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields in a JSON document (`desc`, `roles`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the key, which is rejected from then on.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    ///
    /// See [`OrganizationApiKeyHandle::addresses`].
    pub fn addresses(&self) -> Pager<ApiKeyAddress> {
        self.handle.addresses()
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::allow_address`].
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address).await
    }

    /// Removes an address from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::forbid_address`].
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address).await
    }
}

/// A handle to an API key of an organization, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let organization = atlas.this_organization().await?.handle();
/// let created = organization.create_api_key("nightly job", &["ORG_READ_ONLY"]).await?;
/// let credentials = created.credentials().expect("both halves");
/// assert_eq!(created.public_key(), credentials.public_key());
/// if let Some(private_key) = created.private_key() {
///     println!("keep it: {} characters", private_key.expose().len());
/// }
///
/// let id: mongodbatlas::ApiKeyId = created.handle().id().clone();
/// let key = organization.api_key(&id);
/// key.update(&serde_json::json!({"desc": "weekly job"})).await?;
/// assert_eq!(key.get().await?.description(), "weekly job");
///
/// // from where it may call
/// key.allow_address("198.51.100.7").await?;
/// for address in key.addresses().collect().await? {
///     println!("{:?} {:?}", address.ip_address(), address.cidr_block());
///     println!("{:?} {:?} {:?}", address.created(), address.last_used(), address.calls());
/// }
/// key.forbid_address("198.51.100.7").await?;
///
/// for key in organization.api_keys().collect().await? {
///     let roles: Vec<mongodbatlas::KeyRole> = key.roles().collect();
///     println!("{} {} {roles:?}", key.id(), key.public_key());
/// }
/// key.delete().await?;
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

    /// Creates a call of an operation on the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("apiUserId", &self.id)
    }
}

resource! {
    /// An address from which an API key may send requests.
    pub struct ApiKeyAddress(types::UserAccessListResponse) {
        /// Returns the addresses as a CIDR block.
        cidr_block: Option<&str> = cidr_block,
        /// Returns the address, if the entry is a single address.
        ip_address: Option<&str> = ip_address,
        /// Returns the time at which the address was added; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the time of the last request from it; `None` if there was none.
        last_used: Option<Timestamp> = last_used,
        /// Returns the number of requests from it.
        calls: Option<u64> = count,
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

    /// Creates an API key with these roles, such as `ORG_MEMBER`. Only this response contains the
    /// private key.
    ///
    /// # Errors
    ///
    /// Rejected for an unknown role, or any [request error](crate::Error).
    pub async fn create_api_key(
        &self,
        description: &str,
        roles: &[&str],
    ) -> Result<OrganizationApiKey> {
        let create = self.operation(operation::CREATE_ORG_API_KEY);
        let document = json!({ "desc": description, "roles": roles });
        create.with_document(&document)?.one(self).await
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
    /// Not found for an unknown key, or any [request error](crate::Error).
    pub async fn get(&self) -> Result<OrganizationApiKey> {
        self.operation(operation::GET_ORG_API_KEY)
            .one(&self.organization)
            .await
    }

    /// Updates the fields in a JSON document (`desc`, `roles`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationApiKey> {
        let update = self.operation(operation::UPDATE_ORG_API_KEY);
        update.with_document(changes)?.one(&self.organization).await
    }

    /// Deletes the key, which is rejected from then on.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_API_KEY)
            .deleted()
            .await
    }

    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    pub fn addresses(&self) -> Pager<ApiKeyAddress> {
        self.operation(operation::LIST_ORG_API_KEY_ACCESS_LIST_ENTRIES)
            .list(&())
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// Rejected for an invalid address, or any [request error](crate::Error).
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        allow
            .with_document(&[address_document(address)])?
            .done()
            .await
    }

    /// Removes an address from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Not found for an address that is not on the list, or any [request error](crate::Error).
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        let forbid = self.operation(operation::DELETE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).deleted().await
    }
}

/// Returns the entry of an API access list for an address or a CIDR block.
pub(super) fn address_document(address: &str) -> serde_json::Value {
    let field = if address.contains('/') {
        "cidrBlock"
    } else {
        "ipAddress"
    };
    json!({ field: address })
}

fn role(role: &types::CloudAccessRoleAssignment) -> KeyRole {
    KeyRole {
        name: role.role_name.clone().unwrap_or_default(),
        organization_id: Read::read(&role.org_id),
        project_id: Read::read(&role.group_id),
    }
}
