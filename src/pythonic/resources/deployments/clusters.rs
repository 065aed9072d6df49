//! Dedicated and shared clusters.

mod pause;

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
        ids::{ClusterId, ProjectId},
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::state::ClusterState,
            organization::projects::{Project, ProjectHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`Cluster`], which the async and the blocking type share.
    pub struct ClusterData(types::ClusterDescription) {
        /// Returns the name, which is unique in its project; empty if missing.
        name: &str = name,
        /// Returns the id; `None` if missing or malformed.
        id: Option<ClusterId> = id,
        /// Returns `true` if the cluster is paused or being paused.
        is_paused: bool = paused,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = create_date,
        /// Returns the MongoDB version, such as `8.0.4`; `None` if missing.
        mongodb_version: Option<&str> = mongo_db_version,
    }
}

/// A cluster returned by the API.
///
/// Dereferences to [`ClusterData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Cluster {
    pub(crate) data: ClusterData,
    #[serde(skip)]
    pub(crate) handle: ClusterHandle,
}

impl Deref for Cluster {
    type Target = ClusterData;

    fn deref(&self) -> &ClusterData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for Cluster {
    type Api = types::ClusterDescription;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ClusterData::from_record(project, record)?;
        let handle = project.cluster(data.name());
        Ok(Self { data, handle })
    }
}

impl ClusterData {
    /// Returns the state.
    pub fn state(&self) -> ClusterState {
        let name = self.as_api().state_name.as_ref().map(AsRef::as_ref);
        ClusterState::new(self.is_paused(), name.unwrap_or_default())
    }
}

impl Cluster {
    /// Returns the handle.
    pub fn handle(&self) -> ClusterHandle {
        self.handle.clone()
    }

    /// Returns the id of the project.
    pub fn project_id(&self) -> &ProjectId {
        self.handle.project_id()
    }

    /// Fetches the current data of the cluster.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains; an explicit null clears a field. The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a cluster, identified by its project's id and its name.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use std::time::Duration;
///
/// let cluster = atlas.find_cluster("shop-staging").await?.handle();
/// cluster.pause().await?;
/// cluster.wait_until_paused(Duration::from_mins(15)).await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ClusterHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) name: String,
}

impl ClusterHandle {
    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("clusterName", &self.name)
    }

    /// Returns the id of the project.
    pub fn project_id(&self) -> &ProjectId {
        self.project.id()
    }
}

impl Atlas {
    /// Returns a handle to the cluster with this name in a project. Does not send a request.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let project_id = atlas.find_project("Storefront").await?.id().clone();
    /// let cluster = atlas.cluster(&project_id, "shop-staging").pause().await?;
    /// assert!(cluster.is_paused());
    /// # Ok(()) }) }
    /// ```
    pub fn cluster(&self, project_id: &ProjectId, name: &str) -> ClusterHandle {
        self.project(project_id).cluster(name)
    }
}

impl ProjectHandle {
    /// Returns a handle to the cluster with this name. Does not send a request.
    pub fn cluster(&self, name: &str) -> ClusterHandle {
        ClusterHandle {
            project: self.clone(),
            name: name.to_owned(),
        }
    }

    /// Lists the dedicated and shared clusters. [`flex_clusters`](Self::flex_clusters) lists flex
    /// clusters.
    pub fn clusters(&self) -> Pager<Cluster> {
        self.operation(operation::LIST_GROUP_CLUSTERS).list(self)
    }

    /// Creates a cluster from a JSON document, sent verbatim.
    ///
    /// Returns before the cluster is available, which takes several minutes.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?;
    /// let cluster = project
    ///     .handle()
    ///     .create_cluster(&serde_json::json!({
    ///         "name": "Cluster0",
    ///         "clusterType": "REPLICASET",
    ///         "replicationSpecs": [{"regionConfigs": [{
    ///             "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
    ///             "electableSpecs": {"instanceSize": "M10", "nodeCount": 3},
    ///         }]}],
    ///     }))
    ///     .await?;
    /// println!("{} is {}", cluster.name(), cluster.state());
    /// # Ok(()) }) }
    /// ```
    pub async fn create_cluster(&self, document: &impl Serialize) -> Result<Cluster> {
        let create = self.operation(operation::CREATE_GROUP_CLUSTER);
        create.with_document(document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the dedicated and shared clusters. [`flex_clusters`](Self::flex_clusters) lists flex
    /// clusters.
    ///
    /// See [`ProjectHandle::clusters`].
    pub fn clusters(&self) -> Pager<Cluster> {
        self.handle.clusters()
    }
}

impl ClusterHandle {
    /// Fetches the cluster.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster or the project does not
    /// exist, or any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<Cluster> {
        self.get_call().fetch(&self.project).await
    }

    /// Fetches the cluster, bypassing the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Cluster> {
        self.get_call().bypassing_cache().fetch(&self.project).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP_CLUSTER)
    }

    /// Updates the fields that `changes` contains; an explicit null clears a field. The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the state of the cluster does not allow the
    /// update, or any [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<Cluster> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER);
        update.with_document(changes)?.fetch(&self.project).await
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if termination protection is enabled, or
    /// any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_CLUSTER)
            .execute_delete()
            .await
    }
}
