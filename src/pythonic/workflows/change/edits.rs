//! Edits of clusters, projects and organizations.

use serde_json::Value;

use crate::pythonic::workflows::change::Change;
use crate::{
    error::Result,
    operation,
    pythonic::resources::{
        deployments::{
            clusters::{Cluster, ClusterHandle},
            flex_clusters::{FlexCluster, FlexClusterHandle},
        },
        organization::{
            organizations::{Organization, OrganizationHandle},
            projects::{Project, ProjectHandle},
        },
    },
};

impl ClusterHandle {
    /// Fetches the cluster's document, applies `edit` to it and sends the changed fields; returns the updated cluster.
    ///
    /// Does not send unchanged fields or fields that only Atlas sets. Sends a changed list as a whole, including the
    /// fields of its items that this version of the SDK does not know. Clears known fields that `edit` removes. Sends no
    /// update if no field changed.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the edit changes fields that only Atlas sets or
    /// removes fields that this version of the SDK does not know, or the errors of [`update`](Self::update).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-staging").await?.handle();
    /// let cluster = cluster
    ///     .update_with(|document| {
    ///         document["backupEnabled"] = true.into();
    ///         document["tags"] = serde_json::json!([{"key": "env", "value": "dev"}]);
    ///     })
    ///     .await?;
    /// println!("{}", cluster.document());
    /// # Ok(()) }) }
    /// ```
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Cluster> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER);
        let change = Change::new(update, cluster.document(), edit)?;
        if change.is_empty() {
            return Ok(cluster);
        }
        change.into_call().fetch(&self.project).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update_with`](Self::update_with), except for those of the update
    /// itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER);
        Change::new(update, cluster.document(), edit)
    }
}

impl Cluster {
    /// Fetches the cluster's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl FlexClusterHandle {
    /// Edits the flex cluster's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the tags and the termination protection.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<FlexCluster> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        let change = Change::new(update, cluster.document(), edit)?;
        if change.is_empty() {
            return Ok(cluster);
        }
        change.into_call().fetch(&self.project).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update_with`](Self::update_with), except for those of the update
    /// itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        Change::new(update, cluster.document(), edit)
    }
}

impl FlexCluster {
    /// Fetches the flex cluster's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl ProjectHandle {
    /// Edits the project's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the name and the tags.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Project> {
        let project = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP);
        let change = Change::new(update, project.document(), edit)?;
        if change.is_empty() {
            return Ok(project);
        }
        change.into_call().fetch(&self.atlas).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update_with`](Self::update_with), except for those of the update
    /// itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let project = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP);
        Change::new(update, project.document(), edit)
    }
}

impl Project {
    /// Fetches the project's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ProjectHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ProjectHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl OrganizationHandle {
    /// Edits the organization's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the name.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Organization> {
        let organization = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_ORG);
        let change = Change::new(update, organization.document(), edit)?;
        if change.is_empty() {
            return Ok(organization);
        }
        change.into_call().fetch(&self.atlas).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update_with`](Self::update_with), except for those of the update
    /// itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let organization = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_ORG);
        Change::new(update, organization.document(), edit)
    }
}

impl Organization {
    /// Fetches the organization's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`OrganizationHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`OrganizationHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}
