//! Flex clusters: list, get, create (with their project), update, delete, upgrade.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::pythonic::{
    ids::ClusterId,
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        deployments::state::ClusterState,
        organization::projects::ProjectHandle,
    },
};
use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    operation,
    request::{Call, json_of},
};

view! {
    /// A flex cluster, as the server described it: shared, small, billed by use, and never paused.
    pub struct FlexCluster(types::FlexClusterDescription) in ProjectHandle {
        /// The name, which is unique in its project; empty if the server sent none.
        name: &str = name,
        /// The id, if the server sent a valid one.
        cluster_id: Option<ClusterId> = id,
        /// What it is doing, as the server calls it, such as `IDLE` or `CREATING`.
        state_name: &str = state_name,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = create_date,
        /// The version of MongoDB that it runs, such as `8.0.4`; none while that is not known.
        mongodb_version: Option<&str> = mongo_db_version,
        /// Whether it cannot be deleted before that is changed.
        is_protected: bool = termination_protection_enabled,
    }
}

impl<C> FlexCluster<C> {
    /// What it is doing.
    pub fn state(&self) -> ClusterState {
        ClusterState::new(false, self.state_name())
    }
}

impl<C: Clone> FlexCluster<C> {
    /// What can be done with it.
    pub fn handle(&self) -> FlexClusterHandle<C> {
        self.parent.flex_cluster(self.name())
    }
}

handle! {
    /// What can be done with a flex cluster, which is known by its project and its name.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::{ClusterState, Wait};
    /// use serde_json::json;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let created = project
    ///     .create_flex_cluster(&json!({
    ///         "name": "Scratch",
    ///         "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    ///     }))
    ///     .await?;
    /// let cluster = project.flex_cluster(created.handle().name());
    /// # let quick = std::time::Duration::from_millis(5);
    /// # let wait = || Wait::new().with_intervals(quick, quick);
    /// # cluster.wait_until(ClusterState::Running, wait()).await?;
    /// let running = cluster.wait_until(ClusterState::Running, Wait::new()).await?;
    /// println!("{} is {}", running.name(), running.state_name());
    ///
    /// let protected = cluster.update(&json!({"terminationProtectionEnabled": true})).await?;
    /// assert!(protected.is_protected());
    /// cluster.update(&json!({"terminationProtectionEnabled": false})).await?;
    /// for cluster in project.flex_clusters().collect().await? {
    ///     println!("{:?} {:?} {:?}", cluster.cluster_id(), cluster.created(), cluster.mongodb_version());
    /// }
    ///
    /// // or, when it has to grow, a dedicated one
    /// let grown = cluster.get().await?.handle().upgrade(&json!({
    ///     "clusterType": "REPLICASET",
    ///     "replicationSpecs": [{"regionConfigs": [{
    ///         "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
    ///         "electableSpecs": {"instanceSize": "M10", "nodeCount": 3},
    ///     }]}],
    /// })).await?;
    /// println!("{} is {}", grown.name(), grown.state());
    /// # project.create_flex_cluster(&json!({
    /// #     "name": "Other",
    /// #     "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    /// # })).await?;
    /// let other = project.flex_cluster("Other");
    /// other.delete().await?;
    /// # other.wait_until_deleted(wait()).await?;
    /// other.wait_until_deleted(Wait::new()).await?;
    /// # Ok(()) }) }
    /// ```
    pub struct FlexClusterHandle in ProjectHandle {
        /// The name.
        name: String => "name",
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The flex cluster of this name; nothing is sent before something is asked of it.
    pub fn flex_cluster(&self, name: &str) -> FlexClusterHandle<C> {
        FlexClusterHandle {
            parent: self.clone(),
            name: name.to_owned(),
        }
    }
}

impl ProjectHandle {
    /// Its flex clusters.
    pub fn flex_clusters(&self) -> Pager<FlexCluster> {
        self.operation(operation::LIST_GROUP_FLEX_CLUSTERS)
            .list(self)
    }

    /// Creates a flex cluster from a JSON document, which is sent as it is.
    ///
    /// The answer comes before the cluster is ready.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, a conflict if the name is taken, and what
    /// a call can end with.
    pub async fn create_flex_cluster(&self, document: &impl Serialize) -> Result<FlexCluster> {
        let create = self.operation(operation::CREATE_GROUP_FLEX_CLUSTER);
        create.with_document(document)?.one(self).await
    }
}

impl FlexClusterHandle {
    /// Fetches the flex cluster.
    ///
    /// # Errors
    ///
    /// Not found for an unknown name or project, and what a call can end with.
    pub async fn get(&self) -> Result<FlexCluster> {
        self.get_call().one(&self.parent).await
    }

    /// Fetches the flex cluster past the response cache.
    pub(crate) async fn get_uncached(&self) -> Result<FlexCluster> {
        self.get_call().bypassing_cache().one(&self.parent).await
    }

    fn get_call(&self) -> Call {
        self.operation(operation::GET_GROUP_FLEX_CLUSTER)
    }

    /// Changes what a JSON document holds (tags, termination protection); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<FlexCluster> {
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Deletes the flex cluster with everything in it. The answer comes before it is gone.
    ///
    /// # Errors
    ///
    /// A conflict if termination protection is on, and what a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_FLEX_CLUSTER)
            .deleted()
            .await
    }

    /// Makes a dedicated cluster of it, as a JSON document describes that (`replicationSpecs`); the name is
    /// added if it is not there. The answer comes before it is done; the cluster then is one of
    /// [`ProjectHandle::clusters`].
    ///
    /// # Errors
    ///
    /// Invalid input for a document with another cluster's name, rejected for one that Atlas does not take,
    /// and what a call can end with.
    pub async fn upgrade(&self, document: &impl Serialize) -> Result<FlexCluster> {
        let upgrade = self
            .parent
            .operation(operation::TENANT_GROUP_FLEX_CLUSTER_UPGRADE);
        let document = self.named(json_of(document)?)?;
        upgrade.with_body(document).one(&self.parent).await
    }

    /// A document with this cluster's name.
    fn named(&self, mut document: Value) -> Result<Value> {
        if let Some(fields) = document.as_object_mut() {
            let name = fields
                .entry("name")
                .or_insert_with(|| self.name.clone().into());
            if *name != *self.name {
                let message = format!(
                    "the document names {name}, and the cluster to upgrade is `{}`",
                    self.name
                );
                return Err(Error::new(ErrorKind::InvalidInput, message)
                    .with_hint("leave the name out of the document"));
            }
        }
        Ok(document)
    }
}
