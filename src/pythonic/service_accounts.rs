//! Service accounts of an organization and in a project: list, get, create (with their organization
//! or project), update, delete; their secrets and the addresses from which they may call.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::{
    api_keys::address_document,
    define::{handle, view},
    id::ProjectId,
    organizations::OrganizationHandle,
    pager::Pager,
    projects::ProjectHandle,
};
use crate::{
    api::{SecretText, types},
    auth::ServiceAccount,
    error::Result,
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

impl<C> OrganizationServiceAccount<C> {
    /// The account to call Atlas with; none if the server did not send a secret, which it does once,
    /// in answer to the creation.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        credentials(self.client_id(), self.as_api().secrets.as_ref())
    }
}

impl<C> ProjectServiceAccount<C> {
    /// The account to call Atlas with; none if the server did not send a secret, which it does once,
    /// in answer to the creation.
    pub fn credentials(&self) -> Option<ServiceAccount> {
        credentials(self.client_id(), self.as_api().secrets.as_ref())
    }
}

impl<C: Clone> OrganizationServiceAccount<C> {
    /// What can be done with it.
    pub fn handle(&self) -> OrganizationServiceAccountHandle<C> {
        self.parent.service_account(self.client_id())
    }
}

impl<C: Clone> ProjectServiceAccount<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ProjectServiceAccountHandle<C> {
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
    /// ```no_run
    /// # async fn example(organization: mongodbatlas::OrganizationHandle) -> mongodbatlas::Result<()> {
    /// let account = organization
    ///     .create_service_account(&serde_json::json!({
    ///         "name": "nightly job", "description": "counts clusters",
    ///         "roles": ["ORG_READ_ONLY"], "secretExpiresAfterHours": 24,
    ///     }))
    ///     .await?;
    /// let atlas = account.credentials().map(|account| {
    ///     mongodbatlas::Atlas::builder().with_credentials(account).build()
    /// });
    /// let next = account.handle().create_secret(24).await?;
    /// println!("expires {:?}", next.expires());
    /// # let _ = atlas;
    /// # Ok(())
    /// # }
    /// ```
    pub struct OrganizationServiceAccountHandle in OrganizationHandle {
        /// The client id.
        client_id: String => "clientId",
    }
}

handle! {
    /// What can be done with a service account in a project, which is known by its client id.
    pub struct ProjectServiceAccountHandle in ProjectHandle {
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
        self.endpoint("listOrgServiceAccounts").list(self)
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
        let create = self.endpoint("createOrgServiceAccount");
        create.with_body(document)?.one(self).await
    }
}

impl OrganizationServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Not found for an unknown client id, and what a call can end with.
    pub async fn get(&self) -> Result<OrganizationServiceAccount> {
        self.endpoint("getOrgServiceAccount")
            .one(&self.parent)
            .await
    }

    /// Changes what a JSON document holds (`name`, `description`, `roles`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationServiceAccount> {
        let update = self.endpoint("updateOrgServiceAccount");
        update.with_body(changes)?.one(&self.parent).await
    }

    /// Deletes the service account, whose tokens then work no more.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.endpoint("deleteOrgServiceAccount").deleted().await
    }

    /// Creates a secret that works for so many hours. The answer alone holds it.
    ///
    /// # Errors
    ///
    /// A conflict if there are two secrets already, and what a call can end with.
    pub async fn create_secret(&self, hours: u32) -> Result<ServiceAccountSecret> {
        let create = self.endpoint("createOrgServiceAccountSecret");
        let document = json!({ "secretExpiresAfterHours": hours });
        create.with_body(&document)?.one(&()).await
    }

    /// Deletes the secret of this id.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn delete_secret(&self, secret_id: &str) -> Result<()> {
        let delete = self.endpoint("deleteOrgServiceAccountSecret");
        delete.with("secretId", secret_id).deleted().await
    }

    /// The projects to which it has access.
    pub fn projects(&self) -> Pager<ServiceAccountProject> {
        self.endpoint("getOrgServiceAccountGroups").list(&())
    }

    /// The addresses from which it may call; none means any, unless the organization demands a list.
    pub fn addresses(&self) -> Pager<ServiceAccountAddress> {
        self.endpoint("listOrgServiceAccountAccessList").list(&())
    }

    /// Lets it call from an address or a block in CIDR notation.
    ///
    /// # Errors
    ///
    /// Rejected for what is no address, and what a call can end with.
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.endpoint("createOrgServiceAccountAccessList");
        allow.with_body(&[address_document(address)])?.done().await
    }

    /// Does not let it call from an address any more.
    ///
    /// # Errors
    ///
    /// Not found for an address that is not on the list, and what a call can end with.
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        let forbid = self.endpoint("deleteOrgServiceAccountAccessListEntry");
        forbid.with("ipAddress", address).deleted().await
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
        self.endpoint("listGroupServiceAccounts").list(self)
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
        let create = self.endpoint("createGroupServiceAccount");
        create.with_body(document)?.one(self).await
    }
}

impl ProjectServiceAccountHandle {
    /// Fetches the service account.
    ///
    /// # Errors
    ///
    /// Not found for one without access to the project, and what a call can end with.
    pub async fn get(&self) -> Result<ProjectServiceAccount> {
        let get = self.endpoint("getGroupServiceAccount");
        get.one(&self.parent).await
    }

    /// Changes what a JSON document holds (`name`, `description`, `roles` in this project); it is
    /// sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<ProjectServiceAccount> {
        let update = self.endpoint("updateGroupServiceAccount");
        update.with_body(changes)?.one(&self.parent).await
    }

    /// Takes its access to the project; the account itself stays.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.endpoint("deleteGroupServiceAccount").deleted().await
    }

    /// Gives a service account of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Not found for one that the organization does not have, and what a call can end with.
    pub async fn assign(&self, roles: &[&str]) -> Result<ProjectServiceAccount> {
        let assign = self.endpoint("inviteGroupServiceAccount");
        let document = json!({ "roles": roles });
        assign.with_body(&document)?.one(&self.parent).await
    }
}

/// The account to call with, if a secret is there.
fn credentials(
    client_id: &str,
    secrets: Option<&Vec<types::ServiceAccountSecret>>,
) -> Option<ServiceAccount> {
    let mut secrets = secrets.into_iter().flatten();
    let secret = secrets.find_map(|secret| secret.secret.as_ref())?;
    ServiceAccount::new(client_id, secret.expose()).ok()
}
