//! Service accounts of an organization: list, get, create (with their organization), update, delete;
//! their secrets and the addresses from which they may call.

mod of_project;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

pub use of_project::{ProjectServiceAccount, ProjectServiceAccountHandle};

use crate::pythonic::{
    ids::ProjectId,
    paging::pager::Pager,
    resources::{
        access::api_keys::address_document,
        define::{handle, view},
        issued,
        organization::organizations::OrganizationHandle,
    },
};
use crate::{
    api::{SecretText, types},
    auth::ServiceAccount,
    error::Result,
    operation,
};

view! {
    /// A service account of an organization, as the server described it.
    pub struct OrganizationServiceAccount(types::OrgServiceAccount) in OrganizationHandle {
        /// The client id, with which it gets tokens and by which it is known.
        client_id: &str = client_id,
        /// The name; empty if the server sent none.
        name: &str = name,
        /// What somebody wrote about it; empty if nothing.
        description: &str = description,
        /// Its roles in the organization, such as `ORG_MEMBER`.
        roles: Vec<&str> = roles,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
    }
}

impl<C> OrganizationServiceAccount<C> {
    /// The account to call Atlas with; none if the server did not send a secret, which it does once,
    /// in answer to the creation.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        issued::service_account(Some(self.client_id()), self.as_api().secrets.as_ref())
    }
}

impl<C: Clone> OrganizationServiceAccount<C> {
    /// What can be done with it.
    pub fn handle(&self) -> OrganizationServiceAccountHandle<C> {
        self.parent.service_account(self.client_id())
    }
}

view! {
    /// A secret of a service account, as the server described it.
    pub struct ServiceAccountSecret(types::ServiceAccountSecret) {
        /// The id; empty if the server sent none.
        id: &str = id,
        /// The secret itself, which the server sends once, in answer to the creation.
        secret: Option<&SecretText> = secret,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
        /// When it ceases to work, if the server sent a valid time.
        expires: Option<Timestamp> = expires_at,
        /// When it was last used; none if never.
        last_used: Option<Timestamp> = last_used_at,
    }
}

view! {
    /// An address from which a service account may call, as the server described it.
    pub struct ServiceAccountAddress(types::ServiceAccountIpAccessListEntry) {
        /// The addresses, as a block in CIDR notation.
        cidr_block: Option<&str> = cidr_block,
        /// The one address, if it is one.
        ip_address: Option<&str> = ip_address,
        /// When it was added, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
        /// When a call last came from it; none if never.
        last_used: Option<Timestamp> = last_used_at,
        /// How many calls came from it.
        calls: Option<u64> = request_count,
    }
}

view! {
    /// A project to which a service account has access, as the server described it.
    pub struct ServiceAccountProject(types::ServiceAccountGroup) {
        /// The project's id, if the server sent a valid one.
        project_id: Option<ProjectId> = group_id,
        /// The roles there, such as `GROUP_READ_ONLY`.
        roles: Vec<&str> = roles,
    }
}

handle! {
    /// What can be done with a service account of an organization, which is known by its client id.
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
    pub struct OrganizationServiceAccountHandle in OrganizationHandle {
        /// The client id.
        client_id: String => "clientId",
    }
}

impl<C: Clone> OrganizationHandle<C> {
    /// The service account with this client id; nothing is sent before something is asked of it.
    pub fn service_account(&self, client_id: &str) -> OrganizationServiceAccountHandle<C> {
        OrganizationServiceAccountHandle {
            parent: self.clone(),
            client_id: client_id.to_owned(),
        }
    }
}

impl OrganizationHandle {
    /// Its service accounts.
    pub fn service_accounts(&self) -> Pager<OrganizationServiceAccount> {
        self.operation(operation::LIST_ORG_SERVICE_ACCOUNTS)
            .list(self)
    }

    /// Creates a service account from a JSON document (`name`, `description`, `roles`,
    /// `secretExpiresAfterHours`), which is sent as it is. The answer alone holds the secret.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<OrganizationServiceAccount> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT);
        create.with_document(document)?.one(self).await
    }
}

impl OrganizationServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Not found for an unknown client id, and what a call can end with.
    pub async fn get(&self) -> Result<OrganizationServiceAccount> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT)
            .one(&self.parent)
            .await
    }

    /// Changes what a JSON document holds (`name`, `description`, `roles`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationServiceAccount> {
        let update = self.operation(operation::UPDATE_ORG_SERVICE_ACCOUNT);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Deletes the service account, whose tokens then work no more.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT)
            .deleted()
            .await
    }

    /// Creates a secret that works for so many hours. The answer alone holds it.
    ///
    /// # Errors
    ///
    /// A conflict if there are two secrets already, and what a call can end with.
    pub async fn create_secret(&self, hours: u32) -> Result<ServiceAccountSecret> {
        let create = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_SECRET);
        let document = json!({ "secretExpiresAfterHours": hours });
        create.with_document(&document)?.one(&()).await
    }

    /// Deletes the secret of this id.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_SECRET);
        delete.with("secretId", secret_id).deleted().await
    }

    /// The projects to which it has access.
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.operation(operation::GET_ORG_SERVICE_ACCOUNT_GROUPS)
            .list(&())
    }

    /// The addresses from which it may call; none means any, unless the organization demands a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.operation(operation::LIST_ORG_SERVICE_ACCOUNT_ACCESS_LIST)
            .list(&())
    }

    /// Lets it call from an address or a block in CIDR notation.
    ///
    /// # Errors
    ///
    /// Rejected for what is no address, and what a call can end with.
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_SERVICE_ACCOUNT_ACCESS_LIST);
        allow
            .with_document(&[address_document(address)])?
            .done()
            .await
    }

    /// Does not let it call from an address any more.
    ///
    /// # Errors
    ///
    /// Not found for an address that is not on the list, and what a call can end with.
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        let forbid = self.operation(operation::DELETE_ORG_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).deleted().await
    }
}
