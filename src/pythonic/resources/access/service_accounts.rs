//! Service accounts of an organization, their secrets and allowed addresses.

mod of_project;

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::{SecretText, types},
    auth::ServiceAccount,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::ProjectId,
        paging::pager::Pager,
        resources::{
            access::api_keys::address_document,
            define::resource,
            issued,
            organization::organizations::{Organization, OrganizationHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use of_project::{
    ProjectServiceAccount, ProjectServiceAccountData, ProjectServiceAccountHandle,
};

resource! {
    /// The data of [`OrganizationServiceAccount`].
    pub struct OrganizationServiceAccountData(types::OrgServiceAccount) {
        /// Returns the client id.
        client_id: &str = client_id,
        /// Returns the name; empty if missing.
        name: &str = name,
        /// Returns the description; empty if missing.
        description: &str = description,
        /// Returns the roles in the organization, such as `ORG_MEMBER`.
        roles: Vec<&str> = roles,
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
    /// Returns the credentials. `None` unless Atlas sent a secret, which it does once, in the
    /// response to the creation.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        issued::service_account(Some(self.client_id()), self.as_api().secrets.as_ref())
    }
}

impl OrganizationServiceAccount {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationServiceAccountHandle {
        self.handle.clone()
    }

    /// Fetches the service account again.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields in a JSON document (`name`, `description`, `roles`), which is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Creates a secret that expires after this number of hours. Only this response contains it.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::create_secret`].
    pub async fn create_secret(&self, hours: u32) -> Result<ServiceAccountSecret> {
        self.handle.create_secret(hours).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::delete_secret`].
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        self.handle.delete_secret(secret_id).await
    }

    /// Lists the projects to which the service account has access.
    ///
    /// See [`OrganizationServiceAccountHandle::projects`].
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.handle.projects()
    }

    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    ///
    /// See [`OrganizationServiceAccountHandle::addresses`].
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.handle.addresses()
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::allow_address`].
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address).await
    }

    /// Removes an address from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// As [`OrganizationServiceAccountHandle::forbid_address`].
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address).await
    }
}

resource! {
    /// A secret of a service account.
    pub struct ServiceAccountSecret(types::ServiceAccountSecret) {
        /// Returns the id; empty if missing.
        id: &str = id,
        /// Returns the secret, which Atlas sends once, in the response to the creation.
        secret: Option<&SecretText> = secret,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the expiry; `None` if missing or malformed.
        expires: Option<Timestamp> = expires_at,
        /// Returns the time of the last use; `None` if it was never used.
        last_used: Option<Timestamp> = last_used_at,
    }
}

resource! {
    /// An address from which a service account may send requests.
    pub struct ServiceAccountAddress(types::ServiceAccountIpAccessListEntry) {
        /// Returns the addresses as a CIDR block.
        cidr_block: Option<&str> = cidr_block,
        /// Returns the address, if the entry is a single address.
        ip_address: Option<&str> = ip_address,
        /// Returns the time at which the address was added; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time of the last request from it; `None` if there was none.
        last_used: Option<Timestamp> = last_used_at,
        /// Returns the number of requests from it.
        calls: Option<u64> = request_count,
    }
}

resource! {
    /// A project to which a service account has access.
    pub struct ServiceAccountProject(types::ServiceAccountGroup) {
        /// Returns the id of the project; `None` if missing or malformed.
        project_id: Option<ProjectId> = group_id,
        /// Returns the roles in the project, such as `GROUP_READ_ONLY`.
        roles: Vec<&str> = roles,
    }
}

/// A handle to a service account of an organization, identified by its client id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use serde_json::json;
///
/// let organization = atlas.this_organization().await?.handle();
/// let created = organization
///     .create_service_account(&json!({
///         "name": "nightly job", "description": "counts clusters",
///         "roles": ["ORG_READ_ONLY"], "secretExpiresAfterHours": 24,
///     }))
///     .await?;
/// let credentials = created.credentials().expect("a secret");
/// assert_eq!(credentials.client_id(), created.client_id());
///
/// let account = organization.service_account(created.handle().client_id());
/// account.update(&json!({"name": "weekly job"})).await?;
/// println!("{} {:?}", account.get().await?.name(), account.get().await?.created());
///
/// // a new secret takes the place of the first
/// let secret = account.create_secret(48).await?;
/// println!("{:?} to {:?}, used {:?}", secret.created(), secret.expires(), secret.last_used());
/// println!("keep it: {} characters", secret.secret().map_or(0, |secret| secret.expose().len()));
/// let first = created.as_api().secrets.iter().flatten().find_map(|secret| secret.id.clone());
/// account.delete_secret(&first.expect("an id")).await?;
/// assert!(!secret.id().is_empty());
///
/// // from where it may call
/// account.allow_address("198.51.100.7").await?;
/// for address in account.addresses().collect().await? {
///     println!("{:?} {:?}", address.ip_address(), address.cidr_block());
///     println!("{:?} {:?} {:?}", address.created(), address.last_used(), address.calls());
/// }
/// account.forbid_address("198.51.100.7").await?;
///
/// for account in organization.service_accounts().collect().await? {
///     println!("{} {} {:?}", account.client_id(), account.description(), account.roles());
///     for project in account.handle().projects().collect().await? {
///         println!("  {:?} {:?}", project.project_id(), project.roles());
///     }
/// }
/// account.delete().await?;
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

    /// Creates a call of an operation on the resource.
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
    /// `secretExpiresAfterHours`), which is sent verbatim. Only this response contains the secret.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<OrganizationServiceAccount> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT);
        create.with_document(document)?.one(self).await
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
    /// Not found for an unknown client id, or any [request error](crate::Error).
    pub async fn get(&self) -> Result<OrganizationServiceAccount> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT)
            .one(&self.organization)
            .await
    }

    /// Updates the fields in a JSON document (`name`, `description`, `roles`), which is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationServiceAccount> {
        let update = self.operation(operation::UPDATE_ORG_SERVICE_ACCOUNT);
        update.with_document(changes)?.one(&self.organization).await
    }

    /// Deletes the service account and invalidates its tokens.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT)
            .deleted()
            .await
    }

    /// Creates a secret that expires after this number of hours. Only this response contains it.
    ///
    /// # Errors
    ///
    /// A conflict if there are two secrets already, or any [request error](crate::Error).
    pub async fn create_secret(&self, hours: u32) -> Result<ServiceAccountSecret> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_SECRET);
        let document = json!({ "secretExpiresAfterHours": hours });
        create.with_document(&document)?.one(&()).await
    }

    /// Deletes the secret with this id.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, or any [request error](crate::Error).
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_SECRET);
        delete.with("secretId", secret_id).deleted().await
    }

    /// Lists the projects to which the service account has access.
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT_GROUPS)
            .list(&())
    }

    /// Lists the addresses from which the service account may send requests. An empty list allows
    /// any address, unless the organization requires a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.operation(operation::LIST_ORG_SERVICE_ACCOUNT_ACCESS_LIST)
            .list(&())
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// Rejected for an invalid address, or any [request error](crate::Error).
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_ACCESS_LIST);
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
        let forbid = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).deleted().await
    }
}
