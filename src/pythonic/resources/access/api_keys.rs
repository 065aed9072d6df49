//! API keys of an organization: list, get, create (with their organization), update, delete; and the
//! addresses from which a key may call.

mod of_project;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

pub use of_project::{ProjectApiKey, ProjectApiKeyHandle};

use crate::pythonic::{
    ids::{ApiKeyId, OrganizationId, ProjectId},
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::organizations::OrganizationHandle,
    },
    responses::read::Read,
};
use crate::{
    api::{SecretText, types},
    error::Result,
    operation,
};

view! {
    /// An API key of an organization, as the server described it.
    pub struct OrganizationApiKey(types::ApiKeyUserDetails) in OrganizationHandle, id: ApiKeyId = id {
        /// What somebody wrote about it; empty if the server sent nothing.
        description: &str = desc,
        /// The public half, with which it shows up in events and logs.
        public_key: &str = public_key,
        /// The private half, which the server sends once, in answer to the creation. Later answers
        /// have it blotted out; use [`credentials`](Self::credentials) to tell them apart.
        private_key: Option<&SecretText> = private_key,
    }
}

/// A role that a key has, in an organization or a project.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeyRole {
    /// The role's name, such as `ORG_MEMBER` or `GROUP_READ_ONLY`.
    pub name: String,
    /// The organization in which it has the role, if it is one of an organization.
    pub organization_id: Option<OrganizationId>,
    /// The project in which it has the role, if it is one of a project.
    pub project_id: Option<ProjectId>,
}

/// What both kinds of key show alike.
macro_rules! key {
    ($key:ident, $handle:ident) => {
        impl<C> $key<C> {
            /// Its roles in the organization and in projects.
            pub fn roles(&self) -> impl Iterator<Item = $crate::KeyRole> {
                self.as_api()
                    .roles
                    .iter()
                    .flatten()
                    .map($crate::pythonic::resources::access::api_keys::role)
            }

            /// The key to call Atlas with; none if the server did not send the private half, which it
            /// does once, in answer to the creation.
            pub fn credentials(&self) -> Option<$crate::ApiKey> {
                $crate::pythonic::resources::issued::api_key(self.as_api())
            }
        }

        impl<C: Clone> $key<C> {
            /// What can be done with it.
            pub fn handle(&self) -> $handle<C> {
                self.parent.api_key(&self.id)
            }
        }
    };
}

use key;

key!(OrganizationApiKey, OrganizationApiKeyHandle);

handle! {
    /// What can be done with an API key of an organization, which is known by its id.
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
    pub struct OrganizationApiKeyHandle in OrganizationHandle {
        /// The id.
        id: ApiKeyId => "apiUserId",
    }
}

view! {
    /// An address from which an API key may call, as the server described it.
    pub struct ApiKeyAddress(types::UserAccessListResponse) {
        /// The addresses, as a block in CIDR notation.
        cidr_block: Option<&str> = cidr_block,
        /// The one address, if it is one.
        ip_address: Option<&str> = ip_address,
        /// When it was added, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// When a call last came from it; none if never.
        last_used: Option<Timestamp> = last_used,
        /// How many calls came from it.
        calls: Option<u64> = count,
    }
}

impl<C: Clone> OrganizationHandle<C> {
    /// The API key with this id; nothing is sent before something is asked of it.
    pub fn api_key(&self, id: &ApiKeyId) -> OrganizationApiKeyHandle<C> {
        OrganizationApiKeyHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Its API keys.
    pub fn api_keys(&self) -> Pager<OrganizationApiKey> {
        self.operation(operation::LIST_ORG_API_KEYS).list(self)
    }

    /// Creates an API key with these roles, such as `ORG_MEMBER`. The answer alone holds the private
    /// half.
    ///
    /// # Errors
    ///
    /// Rejected for a role that does not exist, and what a call can end with.
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

impl OrganizationApiKeyHandle {
    /// Fetches the key.
    ///
    /// # Errors
    ///
    /// Not found for an unknown key, and what a call can end with.
    pub async fn get(&self) -> Result<OrganizationApiKey> {
        self.operation(operation::GET_ORG_API_KEY)
            .one(&self.parent)
            .await
    }

    /// Changes what a JSON document holds (`desc`, `roles`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationApiKey> {
        let update = self.operation(operation::UPDATE_ORG_API_KEY);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Deletes the key, which cannot call any more.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_API_KEY)
            .deleted()
            .await
    }

    /// The addresses from which the key may call; none means any, unless the organization demands
    /// a list.
    pub fn addresses(&self) -> Pager<ApiKeyAddress> {
        self.operation(operation::LIST_ORG_API_KEY_ACCESS_LIST_ENTRIES)
            .list(&())
    }

    /// Lets the key call from an address or a block in CIDR notation.
    ///
    /// # Errors
    ///
    /// Rejected for what is no address, and what a call can end with.
    pub async fn allow_address(&self, address: &str) -> Result<()> {
        let allow = self.operation(operation::CREATE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        allow
            .with_document(&[address_document(address)])?
            .done()
            .await
    }

    /// Does not let the key call from an address any more.
    ///
    /// # Errors
    ///
    /// Not found for an address that is not on the list, and what a call can end with.
    pub async fn forbid_address(&self, address: &str) -> Result<()> {
        let forbid = self.operation(operation::DELETE_ORG_API_KEY_ACCESS_LIST_ENTRY);
        forbid.with("ipAddress", address).deleted().await
    }
}

/// An address or a block, as access lists of keys take it.
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
