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
    /// Does not send fields that only Atlas sets or that `edit` leaves unchanged. Sends a changed list as a whole, with
    /// the fields in it that this version of the SDK does not know. Clears known fields that `edit` removes. Sends no
    /// update if nothing changed.
    ///
    /// # Errors
    ///
    /// Invalid input for an edit that changes what only Atlas sets, or removes fields that this version does not know;
    /// otherwise as [`update`](Self::update).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-staging").await?;
    /// let preview = cluster.preview_with(|document| document["backupEnabled"] = true.into()).await?;
    /// println!("{preview}");
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
        change.into_call().one(&self.project).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), except for errors of the update itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER);
        Change::new(update, cluster.document(), edit)
    }
}

impl Cluster {
    /// Edits the current document of the cluster, which is fetched again, and sends the changed fields.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl FlexClusterHandle {
    /// Edits the flex cluster's document, of which its tags and its termination protection can change; see
    /// [`ClusterHandle::update_with`].
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<FlexCluster> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        let change = Change::new(update, cluster.document(), edit)?;
        if change.is_empty() {
            return Ok(cluster);
        }
        change.into_call().one(&self.project).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), except for errors of the update itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let cluster = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP_FLEX_CLUSTER);
        Change::new(update, cluster.document(), edit)
    }
}

impl FlexCluster {
    /// Edits the current document of the flex cluster, which is fetched again, and sends the changed fields.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`FlexClusterHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl ProjectHandle {
    /// Edits the project's document, of which its name and its tags can change; see
    /// [`ClusterHandle::update_with`].
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Project> {
        let project = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP);
        let change = Change::new(update, project.document(), edit)?;
        if change.is_empty() {
            return Ok(project);
        }
        change.into_call().one(&self.atlas).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), except for errors of the update itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let project = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_GROUP);
        Change::new(update, project.document(), edit)
    }
}

impl Project {
    /// Edits the current document of the project, which is fetched again, and sends the changed fields.
    ///
    /// # Errors
    ///
    /// As [`ProjectHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`ProjectHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}

impl OrganizationHandle {
    /// Edits the organization's document, of which its name can change; see
    /// [`ClusterHandle::update_with`].
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Organization> {
        let organization = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_ORG);
        let change = Change::new(update, organization.document(), edit)?;
        if change.is_empty() {
            return Ok(organization);
        }
        change.into_call().one(&self.atlas).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), except for errors of the update itself.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let organization = self.get_uncached().await?;
        let update = self.operation(operation::UPDATE_ORG);
        Change::new(update, organization.document(), edit)
    }
}

impl Organization {
    /// Edits the current document of the organization, which is fetched again, and sends the changed fields.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::update_with`].
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit).await
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// As [`OrganizationHandle::preview_with`].
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit).await
    }
}
