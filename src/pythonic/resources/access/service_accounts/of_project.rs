//! Service accounts in a project: list, get, create (with their project), update, remove, assign; their
//! secrets and the addresses from which they may call.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::pythonic::resources::access::service_accounts::{
    ServiceAccountAddress, ServiceAccountSecret,
};
use crate::{
    api::types,
    auth::ServiceAccount,
    error::Result,
    operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            access::api_keys::address_document,
            define::{handle, view},
            issued,
            organization::projects::ProjectHandle,
        },
    },
};

view! {
    /// A service account that has been given access to a project, as the server described it.
    pub struct ProjectServiceAccount(types::GroupServiceAccount) in ProjectHandle {
        /// The client id, with which it gets tokens and by which it is known.
        client_id: &str = client_id,
        /// The name; empty if the server sent none.
        name: &str = name,
        /// What somebody wrote about it; empty if nothing.
        description: &str = description,
        /// Its roles in the project, such as `GROUP_READ_ONLY`.
        roles: Vec<&str> = roles,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
    }
}

impl<C> ProjectServiceAccount<C> {
    /// The account to call Atlas with; none if the server did not send a secret, which it does once,
    /// in answer to the creation.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        issued::service_account(Some(self.client_id()), self.as_api().secrets.as_ref())
    }
}

impl<C: Clone> ProjectServiceAccount<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ProjectServiceAccountHandle<C> {
        self.parent.service_account(self.client_id())
    }
}

handle! {
    /// What can be done with a service account in a project, which is known by its client id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use serde_json::json;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let created = project
    ///     .create_service_account(&json!({
    ///         "name": "deployments", "description": "changes clusters",
    ///         "roles": ["GROUP_CLUSTER_MANAGER"], "secretExpiresAfterHours": 24,
    ///     }))
    ///     .await?;
    /// assert!(created.credentials().is_some());
    ///
    /// let account = project.service_account(created.handle().client_id());
    /// account.update(&json!({"roles": ["GROUP_READ_ONLY"]})).await?;
    /// assert_eq!(account.get().await?.roles(), ["GROUP_READ_ONLY"]);
    /// let secret = account.create_secret(48).await?;
    /// account.delete_secret(secret.id()).await?;
    /// account.allow_address("198.51.100.7").await?;
    /// assert_eq!(account.addresses().collect().await?.len(), 1);
    /// account.forbid_address("198.51.100.7").await?;
    ///
    /// for account in project.service_accounts().collect().await? {
    ///     println!("{} {} {}", account.client_id(), account.name(), account.description());
    ///     println!("{:?} {:?}", account.roles(), account.created());
    /// }
    /// account.remove().await?; // it still is an account of the organization
    /// account.assign(&["GROUP_OWNER"]).await?;
    /// # Ok(()) }) }
    /// ```
    pub struct ProjectServiceAccountHandle in ProjectHandle {
        /// The client id.
        client_id: String => "clientId",
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The service account with this client id in this project; nothing is sent before something is
    /// asked of it.
    pub fn service_account(&self, client_id: &str) -> ProjectServiceAccountHandle<C> {
        ProjectServiceAccountHandle {
            parent: self.clone(),
            client_id: client_id.to_owned(),
        }
    }
}

impl ProjectHandle {
    /// The service accounts that have access to it.
    pub fn service_accounts(&self) -> Pager<ProjectServiceAccount> {
        self.operation(operation::LIST_GROUP_SERVICE_ACCOUNTS)
            .list(self)
    }

    /// Creates a service account with access to this project from a JSON document, which is sent as
    /// it is. The answer alone holds the secret.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_service_account(
        &self,
        document: &impl Serialize,
    ) -> Result<ProjectServiceAccount> {
        let create = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT);
        create.with_document(document)?.one(self).await
    }
}

impl ProjectServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Not found for one without access to the project, and what a call can end with.
    pub async fn get(&self) -> Result<ProjectServiceAccount> {
        let get = self.operation(operation::GET_GROUP_SERVICE_ACCOUNT);
        get.one(&self.parent).await
    }

    /// Changes what a JSON document holds (`name`, `description`, `roles` in this project); it is
    /// sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<ProjectServiceAccount> {
        let update = self.operation(operation::UPDATE_GROUP_SERVICE_ACCOUNT);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Takes its access to the project; the account itself stays.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT)
            .deleted()
            .await
    }

    /// Gives a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Not found for one that the organization does not have, and what a call can end with.
    pub async fn assign(&self, roles: &[&str]) -> Result<ProjectServiceAccount> {
        let assign = self.operation(operation::INVITE_GROUP_SERVICE_ACCOUNT);
        let document = json!({ "roles": roles });
        assign.with_document(&document)?.one(&self.parent).await
    }

    /// Creates a secret that works for so many hours. The answer alone holds it.
    ///
    /// # Errors
    ///
    /// A conflict if there are two secrets already, and what a call can end with.
    pub async fn create_secret(&self, hours: u32) -> Result<ServiceAccountSecret> {
        let create = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT_SECRET);
        let document = json!({ "secretExpiresAfterHours": hours });
        create.with_document(&document)?.one(&()).await
    }

    /// Deletes the secret of this id.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT_SECRET);
        delete.with("secretId", secret_id).deleted().await
    }

    /// The addresses from which it may call; none means any, unless the organization demands a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.operation(operation::LIST_GROUP_SERVICE_ACCOUNT_ACCESS_LIST)
            .list(&())
    }

    /// Lets it call from an address or a block in CIDR notation.
    ///
    /// # Errors
    ///
    /// Rejected for what is no address, and what a call can end with.
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST);
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
        let forbid = self.operation(operation::DELETE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).deleted().await
    }
}
