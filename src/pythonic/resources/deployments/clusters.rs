//! Clusters: list (with their project), get, create (with their project), update, delete, pause,
//! resume.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::pythonic::{
    client::Atlas,
    ids::{ClusterId, ProjectId},
    paging::pager::Pager,
    resources::{
        carrier::{Carrier, WithClient},
        define::written,
        deployments::state::ClusterState,
        organization::projects::{Project, ProjectHandle},
    },
    responses::{document::Document, endpoint::View, record::Record},
};
use crate::{api::types, error::Result, operation, operations::Operation, request::Call};

/// Atlas's refusal to pause a cluster that is paused.
const ALREADY_PAUSED: &str = "CLUSTER_ALREADY_PAUSED";

/// A cluster, as the server described it.
#[derive(Clone, Debug)]
pub struct Cluster<C = Atlas> {
    atlas: C,
    project_id: ProjectId,
    record: Record<types::ClusterDescription>,
}

impl<C> Cluster<C> {
    /// The name, which is unique in its project; empty if the server sent none.
    pub fn name(&self) -> &str {
        self.record.value.name.as_deref().unwrap_or_default()
    }

    /// The id, if the server sent a valid one.
    pub fn id(&self) -> Option<ClusterId> {
        self.record.value.id.as_deref()?.parse().ok()
    }

    /// The id of its project.
    pub fn project_id(&self) -> &ProjectId {
        &self.project_id
    }

    /// What it is doing.
    pub fn state(&self) -> ClusterState {
        let name = self.record.value.state_name.as_ref().map(AsRef::as_ref);
        ClusterState::new(self.is_paused(), name.unwrap_or_default())
    }

    /// Whether it is paused or about to be; the server's own flag.
    pub fn is_paused(&self) -> bool {
        self.record.value.paused.unwrap_or_default()
    }

    /// When it was created, if the server sent a valid time.
    pub fn created(&self) -> Option<Timestamp> {
        self.record.value.create_date.as_deref()?.parse().ok()
    }

    /// The version of MongoDB that it runs, such as `8.0.4`; none while that is not known.
    pub fn mongodb_version(&self) -> Option<&str> {
        self.record.value.mongo_db_version.as_deref()
    }

    /// All fields, in the words of the generated layer.
    pub fn as_api(&self) -> &types::ClusterDescription {
        &self.record.value
    }

    /// Exactly what the server sent.
    pub fn document(&self) -> &Document {
        &self.record.document
    }
}

impl<C, D> WithClient<D> for Cluster<C> {
    type Output = Cluster<D>;

    fn with_client(self, atlas: D) -> Cluster<D> {
        Cluster {
            atlas,
            project_id: self.project_id,
            record: self.record,
        }
    }
}

written! { [C] Cluster<C>, types::ClusterDescription }

impl<C: Clone> Cluster<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ClusterHandle<C> {
        ClusterHandle {
            atlas: self.atlas.clone(),
            project_id: self.project_id.clone(),
            name: self.name().to_owned(),
        }
    }
}

impl View<ProjectHandle> for Cluster {
    type Api = types::ClusterDescription;

    fn new(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        Ok(Self {
            atlas: project.atlas.clone(),
            project_id: project.id.clone(),
            record,
        })
    }
}

/// What can be done with a cluster, which is known by its project's id and its name.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let project = atlas.find_project("Storefront").await?.handle();
/// let cluster = project.cluster("shop-staging");
/// let now = cluster.get().await?;
/// let id: Option<mongodbatlas::ClusterId> = now.id();
/// println!("{id:?} {} {:?}", now.project_id(), now.mongodb_version());
/// println!("{:?}", now.as_api().connection_strings);
///
/// let changes = serde_json::json!({"tags": [{"key": "env", "value": "dev"}]});
/// println!("{}", cluster.update(&changes).await?.document());
/// println!("{} of {} is {}", cluster.name(), cluster.project_id(), now.state());
///
/// cluster.pause().await?;
/// assert!(cluster.is_paused().await?);
/// cluster.resume().await?;
/// cluster.delete().await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ClusterHandle<C = Atlas> {
    pub(crate) atlas: C,
    pub(crate) project_id: ProjectId,
    pub(crate) name: String,
}

impl<C> ClusterHandle<C> {
    /// The id of its project.
    pub fn project_id(&self) -> &ProjectId {
        &self.project_id
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<C> Carrier for ClusterHandle<C> {
    type Client = C;

    fn client(&self) -> &C {
        &self.atlas
    }
}

impl<C, D> WithClient<D> for ClusterHandle<C> {
    type Output = ClusterHandle<D>;

    fn with_client(self, atlas: D) -> ClusterHandle<D> {
        ClusterHandle {
            atlas,
            project_id: self.project_id,
            name: self.name,
        }
    }
}

impl Atlas {
    /// The cluster of this name in a project; nothing is sent before something is asked of it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project_id = atlas.find_project("Storefront").await?.id().clone();
    /// let cluster = atlas.cluster(&project_id, "shop-staging").pause().await?;
    /// assert!(cluster.is_paused());
    /// # Ok(()) }) }
    /// ```
    pub fn cluster(&self, project_id: &ProjectId, name: &str) -> ClusterHandle {
        self.project(project_id).cluster(name)
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The cluster of this name; nothing is sent before something is asked of it.
    pub fn cluster(&self, name: &str) -> ClusterHandle<C> {
        ClusterHandle {
            atlas: self.atlas.clone(),
            project_id: self.id.clone(),
            name: name.to_owned(),
        }
    }
}

impl Project {
    /// Returns a pager over its clusters; see [`ProjectHandle::clusters`].
    pub fn clusters(&self) -> Pager<Cluster> {
        self.handle().clusters()
    }
}

impl ProjectHandle {
    /// Its dedicated and shared clusters; flex clusters have a list of their own in Atlas.
    pub fn clusters(&self) -> Pager<Cluster> {
        self.operation(operation::LIST_GROUP_CLUSTERS).list(self)
    }

    /// Creates a cluster from a JSON document, which is sent as it is.
    ///
    /// The answer comes before the cluster is ready; that takes minutes.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, a conflict if the name is taken, and what
    /// a call can end with.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
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
        create.with_document(document)?.one(self).await
    }
}

impl ClusterHandle {
    /// Fetches the cluster.
    ///
    /// # Errors
    ///
    /// Not found for an unknown name or project, and what a call can end with.
    pub async fn get(&self) -> Result<Cluster> {
        self.get_call().one(&self.project()).await
    }

    /// Fetches the cluster past the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<Cluster> {
        self.get_call().bypassing_cache().one(&self.project()).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP_CLUSTER)
    }

    /// Changes the fields that a JSON document holds; it is sent as it is, so that an explicit null
    /// clears a field.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, a conflict if the cluster's state does not
    /// allow the change, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<Cluster> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER);
        update.with_document(changes)?.one(&self.project()).await
    }

    /// Deletes the cluster with everything in it. The answer comes before it is gone.
    ///
    /// # Errors
    ///
    /// A conflict if termination protection is on, and what a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_CLUSTER)
            .deleted()
            .await
    }

    /// Pauses the cluster: it stops serving, and only its storage is billed.
    ///
    /// The answer comes at once with the state [`Pausing`](ClusterState::Pausing). Atlas resumes a
    /// paused cluster after 30 days.
    ///
    /// # Errors
    ///
    /// A conflict if it cannot be paused now (it is paused, was resumed less than 60 minutes ago or
    /// has changes pending) or has NVMe storage; rejected if it is an M0 or a flex cluster, which
    /// cannot be paused at all. The error's hint says what to do.
    pub async fn pause(&self) -> Result<Cluster> {
        match self.update(&json!({ "paused": true })).await {
            // the answer to an earlier try was lost, but perhaps not its effect
            Err(error) if error.is_repeated() && error.error_code() == Some(ALREADY_PAUSED) => {
                let cluster = self.get().await?;
                if cluster.is_paused() {
                    Ok(cluster)
                } else {
                    Err(error)
                }
            }
            outcome => outcome,
        }
    }

    /// Resumes the cluster. It then has to run for 60 minutes before it can be paused again.
    ///
    /// # Errors
    ///
    /// What a call can end with. Resuming a running cluster is not an error.
    pub async fn resume(&self) -> Result<Cluster> {
        self.update(&json!({ "paused": false })).await
    }

    /// Asks whether the cluster is paused or about to be.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub async fn is_paused(&self) -> Result<bool> {
        Ok(self.get().await?.is_paused())
    }

    /// Creates a call of an operation on the cluster.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        let call = self.project().operation(operation);
        call.with("clusterName", &self.name)
    }

    pub(crate) fn project(&self) -> ProjectHandle {
        self.atlas.project(&self.project_id)
    }
}
