//! Projects, which the Atlas API calls groups.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        client::Atlas,
        ids::{OrganizationId, ProjectId},
        paging::pager::Pager,
        resources::define::resource,
        responses::{endpoint::FromRecord, record::Record, required},
    },
    request::Call,
};

resource! {
    /// The data of a [`Project`], which the async and the blocking type share.
    pub struct ProjectData(types::Group), id: ProjectId = id {
        /// Returns the name, which may contain spaces and non-ASCII characters; empty if missing.
        name: &str = name,
        /// Returns the id of the organization; `None` if missing or malformed.
        organization_id: Option<OrganizationId> = org_id,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the number of dedicated clusters, without flex clusters; `None` if missing.
        cluster_count: Option<u64> = cluster_count,
    }
}

/// A project returned by the API.
///
/// Dereferences to [`ProjectData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Project {
    pub(crate) data: ProjectData,
    #[serde(skip)]
    pub(crate) handle: ProjectHandle,
}

impl Deref for Project {
    type Target = ProjectData;

    fn deref(&self) -> &ProjectData {
        &self.data
    }
}

impl FromRecord<Atlas> for Project {
    type Api = types::Group;

    fn from_record(atlas: &Atlas, record: Record<Self::Api>) -> Result<Self> {
        let data = ProjectData::from_record(atlas, record)?;
        let handle = atlas.project(data.id());
        Ok(Self { data, handle })
    }
}

impl Project {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (`name`, `tags`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a project, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// let project = atlas.find_project("Empty Lot").await?.handle();
/// project.update(&serde_json::json!({"name": "Full Lot"})).await?;
/// if project.clusters().try_next().await?.is_none() {
///     project.delete().await?;
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProjectHandle {
    pub(crate) atlas: Atlas,
    pub(crate) id: ProjectId,
}

impl ProjectHandle {
    /// Returns the id.
    pub fn id(&self) -> &ProjectId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.atlas.operation(operation).with("groupId", &self.id)
    }
}

impl Atlas {
    /// Lists the projects that are visible to the credentials.
    pub fn projects(&self) -> Pager<Project> {
        self.operation(operation::LIST_GROUPS).list(self)
    }

    /// Lists the ids of the projects that are visible to the credentials.
    pub fn project_ids(&self) -> Pager<ProjectId> {
        let id = |record: Record<types::Group>| required::id(record.value.id.as_deref());
        self.operation(operation::LIST_GROUPS).list_with(id)
    }

    /// Returns a handle to the project with this id. Does not send a request.
    pub fn project(&self, id: &ProjectId) -> ProjectHandle {
        ProjectHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// Fetches the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the project does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<Project> {
        self.get_call().fetch(&self.atlas).await
    }

    /// Fetches the project, bypassing the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Project> {
        self.get_call().bypassing_cache().fetch(&self.atlas).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP)
    }

    /// Updates the fields that `changes` contains (`name`, `tags`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<Project> {
        let update = self.operation(operation::UPDATE_GROUP);
        update.with_document(changes)?.fetch(&self.atlas).await
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the project has clusters, or any
    /// [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP)
            .execute_delete()
            .await
    }
}
