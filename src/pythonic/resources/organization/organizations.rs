//! Organizations.

mod created;

use std::ops::Deref;

use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    operation,
    operations::Operation,
    pythonic::{
        client::Atlas,
        ids::OrganizationId,
        paging::pager::Pager,
        resources::{define::resource, organization::projects::Project},
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use created::{CreatedOrganization, CreatedOrganizationData};

resource! {
    /// The data of [`Organization`].
    pub struct OrganizationData(types::AtlasOrganization), id: OrganizationId = id {
        /// Returns the name; empty if missing.
        name: &str = name,
        /// Returns whether it is deleted.
        is_deleted: bool = is_deleted,
    }
}

/// An organization returned by the API.
///
/// Dereferences to [`OrganizationData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Organization {
    pub(crate) data: OrganizationData,
    #[serde(skip)]
    pub(crate) handle: OrganizationHandle,
}

impl Deref for Organization {
    type Target = OrganizationData;

    fn deref(&self) -> &OrganizationData {
        &self.data
    }
}

impl FromRecord<Atlas> for Organization {
    type Api = types::AtlasOrganization;

    fn from_record(atlas: &Atlas, record: Record<Self::Api>) -> Result<Self> {
        let data = OrganizationData::from_record(atlas, record)?;
        let handle = atlas.organization(data.id());
        Ok(Self { data, handle })
    }
}

impl Organization {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationHandle {
        self.handle.clone()
    }

    /// Fetches the organization again.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Lists the projects that are visible to the credentials.
    ///
    /// See [`OrganizationHandle::projects`].
    pub fn projects(&self) -> Pager<Project> {
        self.handle.projects()
    }

    /// Creates a project with this name.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::create_project`].
    pub async fn create_project(&self, name: &str) -> Result<Project> {
        self.handle.create_project(name).await
    }

    /// Updates the fields in a JSON document (`name`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to an organization, identified by its id.
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
pub struct OrganizationHandle {
    pub(crate) atlas: Atlas,
    pub(crate) id: OrganizationId,
}

impl OrganizationHandle {
    /// Returns the id.
    pub fn id(&self) -> &OrganizationId {
        &self.id
    }

    /// Creates a call of an operation on the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.atlas.operation(operation).with("orgId", &self.id)
    }
}

impl Atlas {
    /// Lists the organizations that are visible to the credentials.
    pub fn organizations(&self) -> Pager<Organization> {
        self.operation(operation::LIST_ORGS).list(self)
    }

    /// Fetches the organization of the credentials: the first visible one.
    ///
    /// API keys and service accounts belong to one organization.
    ///
    /// # Errors
    ///
    /// Not found if no organization is visible, or any [request error](crate::Error).
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

    /// Creates an organization from a JSON document, which is sent verbatim: `name`, and optionally
    /// `apiKey` (`desc`, `roles`) or `serviceAccount`. Only this response contains their secrets.
    ///
    /// # Errors
    ///
    /// Forbidden for credentials whose organization does not pay for others, rejected for a
    /// document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn create_organization(
        &self,
        document: &impl Serialize,
    ) -> Result<CreatedOrganization> {
        let create = self.operation(operation::CREATE_ORG);
        create.with_document(document)?.one(self).await
    }

    /// Returns a handle to the organization with this id. Does not send a request.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        OrganizationHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Fetches the organization.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, or any [request error](crate::Error).
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

    /// Lists the projects that are visible to the credentials.
    pub fn projects(&self) -> Pager<Project> {
        self.operation(operation::GET_ORG_GROUPS).list(&self.atlas)
    }

    /// Creates a project with this name.
    ///
    /// # Errors
    ///
    /// A conflict if the name is taken, or any [request error](crate::Error).
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

    /// Updates the fields in a JSON document (`name`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update(&self, changes: &impl Serialize) -> Result<Organization> {
        let update = self.operation(operation::UPDATE_ORG);
        update.with_document(changes)?.one(&self.atlas).await
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// A conflict if it still has projects, or any [request error](crate::Error).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG).deleted().await
    }
}
