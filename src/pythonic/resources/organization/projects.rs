//! Projects, which Atlas's own documents call groups: list, get, ids, delete.

use jiff::Timestamp;
use serde::Serialize;

use crate::pythonic::{
    client::Atlas,
    ids::{OrganizationId, ProjectId},
    paging::pager::Pager,
    resources::{
        carrier::{Carrier, WithClient},
        define::written,
    },
    responses::{answer, document::Document, endpoint::View, record::Record},
};
use crate::{api::types, error::Result, operation, operations::Operation, request::Call};

/// A project, as the server described it.
#[derive(Clone, Debug)]
pub struct Project<C = Atlas> {
    atlas: C,
    id: ProjectId,
    record: Record<types::Group>,
}

impl<C> Project<C> {
    /// The id.
    pub fn id(&self) -> &ProjectId {
        &self.id
    }

    /// The name, which can hold spaces and letters of any script; empty if the server sent none.
    pub fn name(&self) -> &str {
        self.record.value.name.as_deref().unwrap_or_default()
    }

    /// The id of the organization to which it belongs, if the server sent a valid one.
    pub fn organization_id(&self) -> Option<OrganizationId> {
        self.record.value.org_id.as_deref()?.parse().ok()
    }

    /// When it was created, if the server sent a valid time.
    pub fn created(&self) -> Option<Timestamp> {
        self.record.value.created.as_deref()?.parse().ok()
    }

    /// How many dedicated clusters it has; flex clusters do not count. None means unknown.
    pub fn cluster_count(&self) -> Option<u64> {
        self.record
            .value
            .cluster_count
            .and_then(|count| count.try_into().ok())
    }

    /// All fields, in the words of the generated layer.
    pub fn as_api(&self) -> &types::Group {
        &self.record.value
    }

    /// Exactly what the server sent.
    pub fn document(&self) -> &Document {
        &self.record.document
    }
}

impl<C, D> WithClient<D> for Project<C> {
    type Output = Project<D>;

    fn with_client(self, atlas: D) -> Project<D> {
        Project {
            atlas,
            id: self.id,
            record: self.record,
        }
    }
}

written! { [C] Project<C>, types::Group }

impl<C: Clone> Project<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ProjectHandle<C> {
        ProjectHandle {
            atlas: self.atlas.clone(),
            id: self.id.clone(),
        }
    }
}

impl View<Atlas> for Project {
    type Api = types::Group;

    fn new(atlas: &Atlas, record: Record<types::Group>) -> Result<Self> {
        let id = answer::id(record.value.id.as_deref())?;
        Ok(Self {
            atlas: atlas.clone(),
            id,
            record,
        })
    }
}

/// What can be done with a project, which is known by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let project = atlas.find_project("Empty Lot").await?;
/// println!("{} of {}", project.id(), project.organization_id().expect("an id"));
/// println!("{:?} {:?}", project.created(), project.as_api().tags);
///
/// let handle = atlas.project(project.handle().id());
/// handle.update(&serde_json::json!({"name": "Full Lot"})).await?;
/// assert_eq!(handle.get().await?.name(), "Full Lot");
/// assert!(handle.clusters().collect().await?.is_empty());
/// handle.delete().await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProjectHandle<C = Atlas> {
    pub(crate) atlas: C,
    pub(crate) id: ProjectId,
}

impl<C> ProjectHandle<C> {
    /// The id.
    pub fn id(&self) -> &ProjectId {
        &self.id
    }
}

impl<C> Carrier for ProjectHandle<C> {
    type Client = C;

    fn client(&self) -> &C {
        &self.atlas
    }
}

impl<C, D> WithClient<D> for ProjectHandle<C> {
    type Output = ProjectHandle<D>;

    fn with_client(self, atlas: D) -> ProjectHandle<D> {
        ProjectHandle { atlas, id: self.id }
    }
}

impl Atlas {
    /// The projects that the key can see.
    pub fn projects(&self) -> Pager<Project> {
        self.operation(operation::LIST_GROUPS).list(self)
    }

    /// The ids of the projects that the key can see.
    pub fn project_ids(&self) -> Pager<ProjectId> {
        let id = |record: Record<types::Group>| answer::id(record.value.id.as_deref());
        self.operation(operation::LIST_GROUPS).list_with(id)
    }

    /// The project with this id; nothing is sent before something is asked of it.
    pub fn project(&self, id: &ProjectId) -> ProjectHandle {
        ProjectHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// Creates a call of an operation on the project.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.atlas.operation(operation).with("groupId", &self.id)
    }

    /// Fetches the project.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn get(&self) -> Result<Project> {
        self.get_call().one(&self.atlas).await
    }

    /// Fetches the project past the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Project> {
        self.get_call().bypassing_cache().one(&self.atlas).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP)
    }

    /// Changes what a JSON document holds (`name`, `tags`); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<Project> {
        let update = self.operation(operation::UPDATE_GROUP);
        update.with_document(changes)?.one(&self.atlas).await
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// A conflict if it still has clusters, and what a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP).deleted().await
    }
}
