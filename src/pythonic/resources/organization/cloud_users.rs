//! People who can log in, of an organization and in a project: list, get, create (with their
//! organization or project), update, remove, roles; and those of a team.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

#[cfg(feature = "teams")]
use crate::pythonic::resources::organization::teams::TeamHandle;
use crate::pythonic::{
    ids::UserId,
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::{organizations::OrganizationHandle, projects::ProjectHandle},
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// Somebody who belongs to an organization or has been invited, as the server described them.
    pub struct OrganizationUser(types::OrgUserResponse) in OrganizationHandle, id: UserId = id {
        /// The name with which they log in, an e-mail address.
        username: &str = username,
        /// `ACTIVE`, or `PENDING` while an invitation is open.
        status: &str = org_membership_status,
        /// The given name; none before the invitation is accepted.
        first_name: Option<&str> = first_name,
        /// The family name; none before the invitation is accepted.
        last_name: Option<&str> = last_name,
        /// When the account was created, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
        /// When they last logged in; none if never.
        last_login: Option<Timestamp> = last_auth,
        /// The ids of their teams.
        team_ids: Vec<&str> = team_ids,
    }
}

impl<C> OrganizationUser<C> {
    /// Their roles in the organization, such as `ORG_MEMBER`.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        let roles = self.as_api().roles.iter();
        let roles = roles.flat_map(|roles| roles.org_roles.iter().flatten());
        roles.map(AsRef::as_ref)
    }
}

impl<C: Clone> OrganizationUser<C> {
    /// What can be done with them.
    pub fn handle(&self) -> OrganizationUserHandle<C> {
        self.parent.user(&self.id)
    }
}

view! {
    /// Somebody who has access to a project, as the server described them.
    pub struct ProjectUser(types::GroupUserResponse) in ProjectHandle, id: UserId = id {
        /// The name with which they log in, an e-mail address.
        username: &str = username,
        /// `ACTIVE`, or `PENDING` while an invitation is open.
        status: &str = org_membership_status,
        /// Their roles in the project, such as `GROUP_READ_ONLY`.
        roles: Vec<&str> = roles,
        /// When they last logged in; none if never.
        last_login: Option<Timestamp> = last_auth,
    }
}

impl<C: Clone> ProjectUser<C> {
    /// What can be done with them.
    pub fn handle(&self) -> ProjectUserHandle<C> {
        self.parent.user(&self.id)
    }
}

handle! {
    /// What can be done with somebody who belongs to an organization, who is known by an id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?.handle();
    /// let invited = organization.invite_user("ada@example.com", &["ORG_MEMBER"]).await?;
    /// assert_eq!((invited.username(), invited.status()), ("ada@example.com", "PENDING"));
    ///
    /// let id: mongodbatlas::UserId = invited.handle().id().clone();
    /// let ada = organization.user(&id);
    /// ada.add_role("ORG_BILLING_READ_ONLY").await?;
    /// ada.remove_role("ORG_BILLING_READ_ONLY").await?;
    /// ada.update(&serde_json::json!({"roles": {"orgRoles": ["ORG_READ_ONLY"]}})).await?;
    /// assert!(ada.get().await?.roles().eq(["ORG_READ_ONLY"]));
    ///
    /// for user in organization.users().collect().await? {
    ///     println!("{} {:?} {:?}", user.username(), user.first_name(), user.last_name());
    ///     println!("{:?} {:?} {:?}", user.created(), user.last_login(), user.team_ids());
    /// }
    ///
    /// // a team takes people of the organization
    /// let team = organization.create_team("Night watch", &[]).await?.handle();
    /// team.add_user(invited.id()).await?;
    /// assert_eq!(team.users().collect().await?.len(), 1);
    /// team.remove_user(invited.id()).await?;
    /// ada.remove().await?;
    /// # Ok(()) }) }
    /// ```
    pub struct OrganizationUserHandle in OrganizationHandle {
        /// The id.
        id: UserId => "userId",
    }
}

handle! {
    /// What can be done with somebody in a project, who is known by an id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let ada = project.add_user("ada@example.com", &["GROUP_READ_ONLY"]).await?;
    /// let handle = project.user(ada.handle().id());
    /// handle.add_role("GROUP_OWNER").await?;
    /// handle.remove_role("GROUP_READ_ONLY").await?;
    /// assert_eq!(handle.get().await?.roles(), ["GROUP_OWNER"]);
    ///
    /// for user in project.users().collect().await? {
    ///     println!("{} {} {} {:?}", user.id(), user.username(), user.status(), user.last_login());
    /// }
    /// handle.remove().await?;
    /// # Ok(()) }) }
    /// ```
    pub struct ProjectUserHandle in ProjectHandle {
        /// The id.
        id: UserId => "userId",
    }
}

impl<C: Clone> OrganizationHandle<C> {
    /// The user with this id; nothing is sent before something is asked of it.
    pub fn user(&self, id: &UserId) -> OrganizationUserHandle<C> {
        OrganizationUserHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Its people, invited ones included.
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.operation(operation::LIST_ORG_USERS).list(self)
    }

    /// Invites somebody with these roles in the organization, such as `ORG_MEMBER`.
    ///
    /// # Errors
    ///
    /// A conflict for somebody who belongs to it already, and what a call can end with.
    pub async fn invite_user(&self, username: &str, roles: &[&str]) -> Result<OrganizationUser> {
        let document = json!({ "username": username, "roles": { "orgRoles": roles } });
        let create = self.operation(operation::CREATE_ORG_USER);
        create.with_document(&document)?.one(self).await
    }
}

impl OrganizationUserHandle {
    /// Fetches the user.
    ///
    /// # Errors
    ///
    /// Not found for somebody who does not belong to the organization, and what a call can end with.
    pub async fn get(&self) -> Result<OrganizationUser> {
        self.operation(operation::GET_ORG_USER)
            .one(&self.parent)
            .await
    }

    /// Changes what a JSON document holds (`roles`, `teamIds`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationUser> {
        let update = self.operation(operation::UPDATE_ORG_USER);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Removes the user from the organization, or takes the invitation back.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_ORG_USER).deleted().await
    }

    /// Gives the user one more role in the organization.
    ///
    /// # Errors
    ///
    /// Rejected for a role that does not exist, and what a call can end with.
    pub async fn add_role(&self, role: &str) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_USER_ROLE);
        let document = json!({ "orgRole": role });
        add.with_document(&document)?.one(&self.parent).await
    }

    /// Takes a role in the organization from the user.
    ///
    /// # Errors
    ///
    /// As [`add_role`](Self::add_role).
    pub async fn remove_role(&self, role: &str) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_USER_ROLE);
        let document = json!({ "orgRole": role });
        remove.with_document(&document)?.one(&self.parent).await
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The user with this id in this project; nothing is sent before something is asked of it.
    pub fn user(&self, id: &UserId) -> ProjectUserHandle<C> {
        ProjectUserHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// The people who have access to it.
    pub fn users(&self) -> Pager<ProjectUser> {
        self.operation(operation::LIST_GROUP_USERS).list(self)
    }

    /// Gives somebody these roles in the project, such as `GROUP_READ_ONLY`; who does not belong to
    /// its organization is invited.
    ///
    /// # Errors
    ///
    /// Rejected for a role that does not exist, and what a call can end with.
    pub async fn add_user(&self, username: &str, roles: &[&str]) -> Result<ProjectUser> {
        let add = self.operation(operation::ADD_GROUP_USERS);
        let document = json!({ "username": username, "roles": roles });
        add.with_document(&document)?.one(self).await
    }
}

impl ProjectUserHandle {
    /// Fetches the user.
    ///
    /// # Errors
    ///
    /// Not found for somebody without access to the project, and what a call can end with.
    pub async fn get(&self) -> Result<ProjectUser> {
        self.operation(operation::GET_GROUP_USER)
            .one(&self.parent)
            .await
    }

    /// Takes the user's access to the project.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_USER).deleted().await
    }

    /// Gives the user one more role in the project.
    ///
    /// # Errors
    ///
    /// Rejected for a role that does not exist, and what a call can end with.
    pub async fn add_role(&self, role: &str) -> Result<ProjectUser> {
        let add = self.operation(operation::ADD_GROUP_USER_ROLE);
        let document = json!({ "groupRole": role });
        add.with_document(&document)?.one(&self.parent).await
    }

    /// Takes a role in the project from the user.
    ///
    /// # Errors
    ///
    /// As [`add_role`](Self::add_role).
    pub async fn remove_role(&self, role: &str) -> Result<ProjectUser> {
        let remove = self.operation(operation::REMOVE_GROUP_USER_ROLE);
        let document = json!({ "groupRole": role });
        remove.with_document(&document)?.one(&self.parent).await
    }
}

#[cfg(feature = "teams")]
impl TeamHandle {
    /// The people of the team.
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.operation(operation::LIST_ORG_TEAM_USERS)
            .list(&self.parent)
    }

    /// Adds somebody of the organization to the team.
    ///
    /// # Errors
    ///
    /// Not found for an unknown user, and what a call can end with.
    pub async fn add_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_TEAM_USER);
        add.with_document(&json!({ "id": id }))?
            .one(&self.parent)
            .await
    }

    /// Takes somebody out of the team.
    ///
    /// # Errors
    ///
    /// As [`add_user`](Self::add_user).
    pub async fn remove_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_TEAM_USER);
        let document = json!({ "id": id });
        remove.with_document(&document)?.one(&self.parent).await
    }
}
