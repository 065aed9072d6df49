//! Flex clusters.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    operation,
    operations::Operation,
    pythonic::{
        ids::ClusterId,
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::state::ClusterState,
            organization::projects::{Project, ProjectHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::{Call, json_of},
};

resource! {
    /// The data of a [`FlexCluster`], which the async and the blocking type share.
    pub struct FlexClusterData(types::FlexClusterDescription) {
        /// Returns the name, which is unique in its project; empty if missing.
        name: &str = name,
        /// Returns the id; `None` if missing or malformed.
        cluster_id: Option<ClusterId> = id,
        /// Returns the state name of the API, such as `IDLE` or `CREATING`.
        state_name: &str = state_name,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = create_date,
        /// Returns the MongoDB version, such as `8.0.4`; `None` if missing.
        mongodb_version: Option<&str> = mongo_db_version,
        /// Returns `true` if termination protection is enabled.
        is_protected: bool = termination_protection_enabled,
    }
}

/// A flex cluster: shared, billed by usage, cannot be paused.
///
/// Dereferences to [`FlexClusterData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FlexCluster {
    pub(crate) data: FlexClusterData,
    #[serde(skip)]
    pub(crate) handle: FlexClusterHandle,
}

impl Deref for FlexCluster {
    type Target = FlexClusterData;

    fn deref(&self) -> &FlexClusterData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for FlexCluster {
    type Api = types::FlexClusterDescription;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = FlexClusterData::from_record(project, record)?;
        let handle = project.flex_cluster(data.name());
        Ok(Self { data, handle })
    }
}

impl FlexClusterData {
    /// Returns the state.
    pub fn state(&self) -> ClusterState {
        ClusterState::new(false, self.state_name())
    }
}

impl FlexCluster {
    /// Returns the handle.
    pub fn handle(&self) -> FlexClusterHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the flex cluster.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (tags, termination protection). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the flex cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Upgrades to the dedicated cluster of a JSON document (`replicationSpecs`). Adds the name to
    /// the document if it is missing. Returns before the upgrade is complete.
    /// [`ProjectHandle::clusters`] lists the upgraded cluster.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::upgrade`].
    pub async fn upgrade(&self, document: &impl Serialize) -> Result<Self> {
        self.handle.upgrade(document).await
    }
}

/// A handle to a flex cluster, identified by its project and its name.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// let project = atlas.find_project("Storefront").await?.handle();
/// let cluster = project
///     .create_flex_cluster(&serde_json::json!({
///         "name": "Scratch",
///         "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
///     }))
///     .await?;
/// println!("{} is {}", cluster.name(), cluster.state());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct FlexClusterHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) name: String,
}

impl FlexClusterHandle {
    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project.operation(operation).with("name", &self.name)
    }
}

impl ProjectHandle {
    /// Returns a handle to the flex cluster with this name. Does not send a request.
    pub fn flex_cluster(&self, name: &str) -> FlexClusterHandle {
        FlexClusterHandle {
            project: self.clone(),
            name: name.to_owned(),
        }
    }

    /// Lists the flex clusters.
    pub fn flex_clusters(&self) -> Pager<FlexCluster> {
        self.operation(operation::LIST_GROUP_FLEX_CLUSTERS)
            .list(self)
    }

    /// Creates a flex cluster from a JSON document, sent verbatim.
    ///
    /// Returns before the cluster is available.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub async fn create_flex_cluster(&self, document: &impl Serialize) -> Result<FlexCluster> {
        let create = self.operation(operation::CREATE_GROUP_FLEX_CLUSTER);
        create.with_document(document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the flex clusters.
    ///
    /// See [`ProjectHandle::flex_clusters`].
    pub fn flex_clusters(&self) -> Pager<FlexCluster> {
        self.handle.flex_clusters()
    }
}

impl FlexClusterHandle {
    /// Fetches the flex cluster.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster or the project does not
    /// exist, or any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<FlexCluster> {
        self.get_call().fetch(&self.project).await
    }

    /// Fetches the flex cluster, bypassing the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<FlexCluster> {
        self.get_call().bypassing_cache().fetch(&self.project).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP_FLEX_CLUSTER)
    }

    /// Updates the fields that `changes` contains (tags, termination protection). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<FlexCluster> {
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        update.with_document(changes)?.fetch(&self.project).await
    }

    /// Deletes the flex cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if termination protection is enabled, or
    /// any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_FLEX_CLUSTER)
            .execute_delete()
            .await
    }

    /// Upgrades to the dedicated cluster of a JSON document (`replicationSpecs`). Adds the name to
    /// the document if it is missing. Returns before the upgrade is complete.
    /// [`ProjectHandle::clusters`] lists the upgraded cluster.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the document contains the name
    /// of another cluster, [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the
    /// document, or any [request error](crate::Error#request-errors).
    pub async fn upgrade(&self, document: &impl Serialize) -> Result<FlexCluster> {
        let upgrade = self
            .project
            .operation(operation::TENANT_GROUP_FLEX_CLUSTER_UPGRADE);
        let document = self.with_own_name(json_of(document)?)?;
        upgrade.with_body(document).fetch(&self.project).await
    }

    /// Adds the name of the cluster to the document, if it is missing.
    fn with_own_name(&self, mut document: Value) -> Result<Value> {
        if let Some(fields) = document.as_object_mut() {
            let name = fields
                .entry("name")
                .or_insert_with(|| self.name.clone().into());
            if *name != *self.name {
                let message = format!(
                    "the name {name} in the document is not the name of the cluster, `{}`",
                    self.name
                );
                return Err(Error::new(ErrorKind::InvalidInput, message)
                    .with_hint("omit the name from the document"));
            }
        }
        Ok(document)
    }
}
