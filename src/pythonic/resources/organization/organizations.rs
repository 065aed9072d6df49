//! Organizations: list, get, this one, create, update, delete; and their projects' creation.

mod created;

use serde::Serialize;
use serde_json::json;

pub use created::CreatedOrganization;

use crate::pythonic::{
    client::Atlas,
    ids::OrganizationId,
    paging::pager::Pager,
    resources::{
        carrier::{Carrier, WithClient},
        define::written,
        organization::projects::Project,
    },
    responses::{answer, document::Document, endpoint::View, record::Record},
};
use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    operation,
    operations::Operation,
    request::Call,
};

/// An organization, as the server described it.
#[derive(Clone, Debug)]
pub struct Organization<C = Atlas> {
    atlas: C,
    id: OrganizationId,
    record: Record<types::AtlasOrganization>,
}

impl<C> Organization<C> {
    /// The id.
    pub fn id(&self) -> &OrganizationId {
        &self.id
    }

    /// The name; empty if the server sent none.
    pub fn name(&self) -> &str {
        self.record.value.name.as_deref().unwrap_or_default()
    }

    /// Whether it has been deleted.
    pub fn is_deleted(&self) -> bool {
        self.record.value.is_deleted.unwrap_or_default()
    }

    /// All fields, in the words of the generated layer.
    pub fn as_api(&self) -> &types::AtlasOrganization {
        &self.record.value
    }

    /// Exactly what the server sent.
    pub fn document(&self) -> &Document {
        &self.record.document
    }
}

impl<C, D> WithClient<D> for Organization<C> {
    type Output = Organization<D>;

    fn with_client(self, atlas: D) -> Organization<D> {
        Organization {
            atlas,
            id: self.id,
            record: self.record,
        }
    }
}

written! { [C] Organization<C>, types::AtlasOrganization }

impl<C: Clone> Organization<C> {
    /// What can be done with it.
    pub fn handle(&self) -> OrganizationHandle<C> {
        OrganizationHandle {
            atlas: self.atlas.clone(),
            id: self.id.clone(),
        }
    }
}

impl View<Atlas> for Organization {
    type Api = types::AtlasOrganization;

    fn new(atlas: &Atlas, record: Record<types::AtlasOrganization>) -> Result<Self> {
        let id = answer::id(record.value.id.as_deref())?;
        Ok(Self {
            atlas: atlas.clone(),
            id,
            record,
        })
    }
}

/// What can be done with an organization, which is known by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let mine = atlas.this_organization().await?;
/// println!("{} {} {}", mine.id(), mine.is_deleted(), mine.document());
/// println!("{:?}", mine.as_api().skip_default_alerts_settings);
///
/// let organization = atlas.organization(mine.handle().id());
/// for project in organization.projects().collect().await? {
///     println!("{}", project.name());
/// }
/// organization.update(&serde_json::json!({"name": "Open Meadow"})).await?;
/// assert_eq!(organization.get().await?.name(), "Open Meadow");
/// let error = organization.delete().await.unwrap_err();
/// println!("{error}"); // it still has projects
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct OrganizationHandle<C = Atlas> {
    pub(crate) atlas: C,
    pub(crate) id: OrganizationId,
}

impl<C> OrganizationHandle<C> {
    /// The id.
    pub fn id(&self) -> &OrganizationId {
        &self.id
    }
}

impl<C> Carrier for OrganizationHandle<C> {
    type Client = C;

    fn client(&self) -> &C {
        &self.atlas
    }
}

impl<C, D> WithClient<D> for OrganizationHandle<C> {
    type Output = OrganizationHandle<D>;

    fn with_client(self, atlas: D) -> OrganizationHandle<D> {
        OrganizationHandle { atlas, id: self.id }
    }
}

impl Atlas {
    /// The organizations that the key can see.
    pub fn organizations(&self) -> Pager<Organization> {
        self.operation(operation::LIST_ORGS).list(self)
    }

    /// The organization of the key.
    ///
    /// A key belongs to one organization; should several be visible, it is the first.
    ///
    /// # Errors
    ///
    /// Not found if the key can see no organization, and what a call can end with.
    pub async fn this_organization(&self) -> Result<Organization> {
        self.organizations()
            .with_page_size(1)
            .try_next()
            .await?
            .ok_or_else(|| {
                Error::new(ErrorKind::NotFound, "the key can see no organization").with_hint(
                    "give the key the role Organization Member or Organization Read Only",
                )
            })
    }

    /// Creates an organization from a JSON document, which is sent as it is: `name`, and what may be created
    /// with it, `apiKey` (`desc`, `roles`) or `serviceAccount`. The answer alone holds their secrets.
    ///
    /// # Errors
    ///
    /// Forbidden for a key whose organization does not pay for others, rejected for a document that
    /// Atlas does not take, and what a call can end with.
    pub async fn create_organization(
        &self,
        document: &impl Serialize,
    ) -> Result<CreatedOrganization> {
        let create = self.operation(operation::CREATE_ORG);
        create.with_document(document)?.one(self).await
    }

    /// The organization with this id; nothing is sent before something is asked of it.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        OrganizationHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Creates a call of an operation on the organization.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.atlas.operation(operation).with("orgId", &self.id)
    }

    /// Fetches the organization.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn get(&self) -> Result<Organization> {
        self.get_call().one(&self.atlas).await
    }

    /// Fetches the organization past the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Organization> {
        self.get_call().bypassing_cache().one(&self.atlas).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_ORG)
    }

    /// Its projects, as far as the key can see them.
    pub fn projects(&self) -> Pager<Project> {
        self.operation(operation::GET_ORG_GROUPS).list(&self.atlas)
    }

    /// Creates a project of this name.
    ///
    /// # Errors
    ///
    /// A conflict if the name is taken, and what a call can end with.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?;
    /// let project = organization.handle().create_project("Data platform").await?;
    /// println!("{}", project.id());
    /// # Ok(()) }) }
    /// ```
    pub async fn create_project(&self, name: &str) -> Result<Project> {
        let group = json!({ "name": name, "orgId": self.id });
        let create = self.atlas.operation(operation::CREATE_GROUP);
        create.with_document(&group)?.one(&self.atlas).await
    }

    /// Changes what a JSON document holds (`name`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<Organization> {
        let update = self.operation(operation::UPDATE_ORG);
        update.with_document(changes)?.one(&self.atlas).await
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// A conflict if it still has projects, and what a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG).deleted().await
    }
}
