//! Service accounts in a project: list, get, create (with their project), update, remove, assign.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::credentials;
use crate::{
    api::types,
    auth::ServiceAccount,
    error::Result,
    pythonic::{
        define::{handle, view},
        pager::Pager,
        projects::ProjectHandle,
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
        credentials(self.client_id(), self.as_api().secrets.as_ref())
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
