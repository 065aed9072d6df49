//! What can be edited: each thing by the operation that reads it and the one that changes it.

use serde_json::Value;

use super::Change;
use crate::{
    error::Result,
    pythonic::{
        Call, Cluster, ClusterHandle, Organization, OrganizationHandle, Project, ProjectHandle,
        call::with_document,
    },
    transport::fresh,
};

impl ClusterHandle {
    /// Fetches the cluster's document, lets `edit` change it, and sends what is then different; gives the
    /// cluster with its new document.
    ///
    /// Nothing else is sent: not what only Atlas sets, nor what stays as it is. Lists are sent whole, with the
    /// fields in them that this version does not know. A known field that `edit` removes is cleared.
    /// Where nothing is different nothing is sent.
    ///
    /// # Errors
    ///
    /// Invalid input for an edit that changes what only Atlas sets, or drops fields that this version does
    /// not know; as [`modify`](Self::modify) for what Atlas does not take.
    ///
    /// ```no_run
    /// # async fn example(cluster: mongodbatlas::ClusterHandle) -> mongodbatlas::Result<()> {
    /// let cluster = cluster
    ///     .update_with(|document| {
    ///         document["backupEnabled"] = true.into();
    ///         document["tags"] = serde_json::json!([{"key": "env", "value": "dev"}]);
    ///     })
    ///     .await?;
    /// println!("{}", cluster.document());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Cluster> {
        let cluster = self.get_fresh().await?;
        let change = Change::new(self.update()?, cluster.document(), edit)?;
        if change.is_empty() {
            return Ok(cluster);
        }
        let project = self.atlas.project(self.project_id());
        Ok(Cluster::new(&project, with_document(change.call).await?))
    }

    /// What [`update_with`](Self::update_with) would change, without changing it.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), but for what only Atlas knows.
    ///
    /// ```no_run
    /// # async fn example(cluster: mongodbatlas::ClusterHandle) -> mongodbatlas::Result<()> {
    /// let edit = |document: &mut serde_json::Value| document["backupEnabled"] = true.into();
    /// let change = cluster.preview_with(edit).await?;
    /// println!("{change}"); // ~ backupEnabled: false -> true
    /// change.apply().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let cluster = self.get_fresh().await?;
        Change::new(self.update()?, cluster.document(), edit)
    }

    fn update(&self) -> Result<Call> {
        let update = self.atlas.call("updateGroupCluster")?;
        let update = update.with("groupId", self.project_id());
        Ok(update.with("clusterName", self.name()))
    }
}

impl ProjectHandle {
    /// Edits the project's document, which is its name and its tags; as
    /// [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Project> {
        let project = fresh(self.get()).await?;
        let change = Change::new(self.update()?, project.document(), edit)?;
        if change.is_empty() {
            return Ok(project);
        }
        Project::new(&self.atlas, with_document(change.call).await?)
    }

    /// What [`update_with`](Self::update_with) would change, without changing it.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), but for what only Atlas knows.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let project = fresh(self.get()).await?;
        Change::new(self.update()?, project.document(), edit)
    }

    fn update(&self) -> Result<Call> {
        Ok(self.atlas.call("updateGroup")?.with("groupId", self.id()))
    }
}

impl OrganizationHandle {
    /// Edits the organization's document; as
    /// [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Organization> {
        let organization = fresh(self.get()).await?;
        let change = Change::new(self.update()?, organization.document(), edit)?;
        if change.is_empty() {
            return Ok(organization);
        }
        Organization::new(&self.atlas, with_document(change.call).await?)
    }

    /// What [`update_with`](Self::update_with) would change, without changing it.
    ///
    /// # Errors
    ///
    /// As [`update_with`](Self::update_with), but for what only Atlas knows.
    pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let organization = fresh(self.get()).await?;
        Change::new(self.update()?, organization.document(), edit)
    }

    fn update(&self) -> Result<Call> {
        Ok(self.atlas.call("updateOrg")?.with("orgId", self.id()))
    }
}
