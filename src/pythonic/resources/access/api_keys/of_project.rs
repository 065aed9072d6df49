//! API keys in a project: list, create (with their project), update, remove, assign.

use serde::Serialize;
use serde_json::json;

use crate::pythonic::resources::access::api_keys::key;
use crate::{
    api::{SecretText, types},
    error::Result,
    operation,
    pythonic::{
        ids::ApiKeyId,
        paging::pager::Pager,
        resources::{
            define::{handle, view},
            organization::projects::ProjectHandle,
        },
    },
};

view! {
    /// An API key that has been given access to a project, as the server described it.
    pub struct ProjectApiKey(types::ApiKeyUserDetails) in ProjectHandle, id: ApiKeyId = id {
        /// What somebody wrote about it; empty if the server sent nothing.
        description: &str = desc,
        /// The public half, with which it shows up in events and logs.
        public_key: &str = public_key,
        /// The private half, which the server sends once, in answer to the creation.
        private_key: Option<&SecretText> = private_key,
    }
}

key!(ProjectApiKey, ProjectApiKeyHandle);

handle! {
    /// What can be done with an API key in a project, which is known by its id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let created = project.create_api_key("deployments", &["GROUP_CLUSTER_MANAGER"]).await?;
    /// assert!(created.credentials().is_some() && created.private_key().is_some());
    ///
    /// let key = project.api_key(created.handle().id());
    /// key.update(&serde_json::json!({"roles": ["GROUP_READ_ONLY"]})).await?;
    /// for key in project.api_keys().collect().await? {
    ///     println!("{} {} {}", key.id(), key.public_key(), key.description());
    ///     println!("{:?}", key.roles().map(|role| role.name).collect::<Vec<_>>());
    /// }
    ///
    /// key.remove().await?; // it still is a key of the organization
    /// key.assign(&["GROUP_OWNER"]).await?;
    /// # Ok(()) }) }
    /// ```
    pub struct ProjectApiKeyHandle in ProjectHandle {
        /// The id.
        id: ApiKeyId => "apiUserId",
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The API key with this id in this project; nothing is sent before something is asked of it.
    pub fn api_key(&self, id: &ApiKeyId) -> ProjectApiKeyHandle<C> {
        ProjectApiKeyHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// The API keys that have access to it.
    pub fn api_keys(&self) -> Pager<ProjectApiKey> {
        self.operation(operation::LIST_GROUP_API_KEYS).list(self)
    }

    /// Creates an API key of the organization with these roles in this project, such as
    /// `GROUP_READ_ONLY`. The answer alone holds the private half.
    ///
    /// # Errors
    ///
    /// Rejected for a role that does not exist, and what a call can end with.
    pub async fn create_api_key(&self, description: &str, roles: &[&str]) -> Result<ProjectApiKey> {
        let create = self.operation(operation::CREATE_GROUP_API_KEY);
        let document = json!({ "desc": description, "roles": roles });
        create.with_document(&document)?.one(self).await
    }
}

impl ProjectApiKeyHandle {
    /// Changes what a JSON document holds (`desc`, `roles` in this project); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<ProjectApiKey> {
        let update = self.operation(operation::UPDATE_GROUP_API_KEY_ROLES);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Takes the key's access to the project; the key itself stays.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_API_KEY)
            .deleted()
            .await
    }

    /// Gives a key of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Not found for a key that the organization does not have, and what a call can end with.
    pub async fn assign(&self, roles: &[&str]) -> Result<()> {
        let assign = self.operation(operation::ADD_GROUP_API_KEY);
        assign
            .with_document(&[json!({ "roles": roles })])?
            .done()
            .await
    }
}
