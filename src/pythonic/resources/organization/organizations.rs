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
    /// The data of an [`Organization`], which the async and the blocking type share.
    pub struct OrganizationData(types::AtlasOrganization), id: OrganizationId = id {
        /// Returns the name; empty if missing.
        name: &str = name,
        /// Returns `true` if the organization is deleted.
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

    /// Fetches the current data of the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::get`].
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
    /// See [`OrganizationHandle::create_project`].
    pub async fn create_project(&self, name: &str) -> Result<Project> {
        self.handle.create_project(name).await
    }

    /// Updates the fields that `changes` contains (`name`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to an organization, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// let organization = atlas.this_organization().await?.handle();
/// let mut projects = organization.projects();
/// while let Some(project) = projects.try_next().await? {
///     println!("{} {}", project.id(), project.name());
/// }
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

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.atlas.operation(operation).with("orgId", &self.id)
    }
}

impl Atlas {
    /// Lists the organizations that are visible to the credentials.
    pub fn organizations(&self) -> Pager<Organization> {
        self.operation(operation::LIST_ORGS).list(self)
    }

    /// Fetches the only organization that is visible to the credentials.
    ///
    /// An API key or service account belongs to a single organization.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if no organization is visible to the
    /// credentials, [`InvalidInput`](crate::ErrorKind::InvalidInput) if several are, or any
    /// [request error](crate::Error#request-errors).
    pub async fn this_organization(&self) -> Result<Organization> {
        let mut organizations = self.organizations().collect().await?;
        match (organizations.pop(), organizations.is_empty()) {
            (Some(organization), true) => Ok(organization),
            (None, _) => Err(Error::new(
                ErrorKind::NotFound,
                "no organization is visible to the credentials",
            )
            .with_hint(
                "grant the credentials the role Organization Member or Organization Read Only",
            )),
            (Some(last), false) => {
                let organizations = organizations.iter().chain([&last]);
                let names = organizations.map(|organization| {
                    format!("`{}` ({})", organization.name(), organization.id())
                });
                let names = names.collect::<Vec<_>>().join(", ");
                let message =
                    format!("several organizations are visible to the credentials: {names}");
                Err(Error::new(ErrorKind::InvalidInput, message)
                    .with_hint("choose an organization by its id"))
            }
        }
    }

    /// Creates an organization from a JSON document (`name`, optionally `apiKey` or
    /// `serviceAccount`), sent verbatim. Only this response contains the secrets of the
    /// credentials.
    ///
    /// # Errors
    ///
    /// Returns [`Forbidden`](crate::ErrorKind::Forbidden) if the organization of the credentials is
    /// not a paying organization, [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the
    /// document, or any [request error](crate::Error#request-errors).
    pub async fn create_organization(
        &self,
        document: &impl Serialize,
    ) -> Result<CreatedOrganization> {
        let create = self.operation(operation::CREATE_ORG);
        create.with_document(document)?.fetch(self).await
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
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<Organization> {
        self.get_call().fetch(&self.atlas).await
    }

    /// Fetches the organization, bypassing the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Organization> {
        self.get_call().bypassing_cache().fetch(&self.atlas).await
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
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?;
    /// let project = organization.handle().create_project("Data platform").await?;
    /// println!("{}", project.id());
    /// # Ok(()) }) }
    /// ```
    pub async fn create_project(&self, name: &str) -> Result<Project> {
        let group = json!({ "name": name, "orgId": self.id });
        let create = self.atlas.operation(operation::CREATE_GROUP);
        create.with_document(&group)?.fetch(&self.atlas).await
    }

    /// Updates the fields that `changes` contains (`name`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<Organization> {
        let update = self.operation(operation::UPDATE_ORG);
        update.with_document(changes)?.fetch(&self.atlas).await
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the organization has projects, or any
    /// [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG).execute_delete().await
    }
}
