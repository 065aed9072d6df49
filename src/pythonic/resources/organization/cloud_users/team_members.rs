//! Members of teams.

use serde_json::json;

use crate::{
    error::Result,
    operation,
    pythonic::{
        ids::UserId,
        paging::pager::Pager,
        resources::organization::{
            cloud_users::OrganizationUser,
            teams::{Team, TeamHandle},
        },
    },
};

impl TeamHandle {
    /// Lists the members of the team.
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.operation(operation::LIST_ORG_TEAM_USERS)
            .list(&self.organization)
    }

    /// Adds a user of the organization to the team.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the user does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub async fn add_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_TEAM_USER);
        add.with_document(&json!({ "id": id }))?
            .fetch(&self.organization)
            .await
    }

    /// Removes a user from the team.
    ///
    /// # Errors
    ///
    /// See [`add_user`](Self::add_user).
    pub async fn remove_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_TEAM_USER);
        let document = json!({ "id": id });
        remove
            .with_document(&document)?
            .fetch(&self.organization)
            .await
    }
}

impl Team {
    /// Lists the members of the team.
    ///
    /// See [`TeamHandle::users`].
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.handle.users()
    }
}
