//! Flex clusters: list, get, create (with their project), update, delete, upgrade.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    define::{handle, view},
    id::ClusterId,
    pager::Pager,
    projects::ProjectHandle,
};
use crate::{api::types, error::Result};

view! {
    /// A flex cluster, as the server described it: shared, small, billed by use, and never paused.
    pub struct FlexCluster(types::FlexClusterDescription20241113) in ProjectHandle {
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

impl<C: Clone> FlexCluster<C> {
    /// What can be done with it.
    pub fn handle(&self) -> FlexClusterHandle<C> {
        self.parent.flex_cluster(self.name())
    }
}

handle! {
    /// What can be done with a flex cluster, which is known by its project and its name.
    ///
    /// ```no_run
    /// # async fn example(project: mongodbatlas::ProjectHandle) -> mongodbatlas::Result<()> {
    /// let cluster = project
    ///     .create_flex_cluster(&serde_json::json!({
    ///         "name": "Scratch",
    ///         "providerSettings": {"backingProviderName": "AWS", "regionName": "EU_WEST_1"},
    ///     }))
    ///     .await?;
    /// println!("{} is {}", cluster.name(), cluster.state_name());
    ///
    /// let protect = serde_json::json!({"terminationProtectionEnabled": true});
    /// cluster.handle().update(&protect).await?;
    /// # Ok(())
    /// # }
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
        self.endpoint("listGroupFlexClusters").list(self)
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
        let create = self.endpoint("createGroupFlexCluster");
        create.with_body(document)?.one(self).await
    }
}

impl FlexClusterHandle {
    /// Fetches the flex cluster.
    ///
    /// # Errors
    ///
    /// Not found for an unknown name or project, and what a call can end with.
    pub async fn get(&self) -> Result<FlexCluster> {
        self.endpoint("getGroupFlexCluster").one(&self.parent).await
    }

    /// Changes what a JSON document holds (tags, termination protection); it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<FlexCluster> {
        let update = self.endpoint("updateGroupFlexCluster");
        update.with_body(changes)?.one(&self.parent).await
    }

    /// Deletes the flex cluster with everything in it. The answer comes before it is gone.
    ///
    /// # Errors
    ///
    /// A conflict if termination protection is on, and what a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.endpoint("deleteGroupFlexCluster").deleted().await
    }
}
