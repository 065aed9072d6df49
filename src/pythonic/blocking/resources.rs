//! What can be done, in the order of the async facade; each verb waits for its async twin.

use std::path::Path;

use serde_json::Value;

use super::{
    Atlas, Cluster, ClusterHandle, FlexCluster, Items, Organization, OrganizationHandle, Project,
    ProjectHandle,
};
use crate::{
    error::Result,
    pythonic::{self, OrganizationId, ProjectId},
};

impl Atlas {
    /// The organizations that the key can see.
    pub fn organizations(&self) -> Items<pythonic::Organization, Organization> {
        self.items(
            self.inner.organizations(),
            pythonic::Organization::with_client,
        )
    }

    /// The organization of the key; as the async
    /// [`this_organization`](pythonic::Atlas::this_organization).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn this_organization(&self) -> Result<Organization> {
        let organization = self.wait(self.inner.this_organization())?;
        Ok(organization.with_client(self.clone()))
    }

    /// The organization with this id; nothing is sent before something is asked of it.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        OrganizationHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }

    /// The projects that the key can see.
    pub fn projects(&self) -> Items<pythonic::Project, Project> {
        self.items(self.inner.projects(), pythonic::Project::with_client)
    }

    /// The ids of the projects that the key can see.
    pub fn project_ids(&self) -> Items<ProjectId> {
        self.items(self.inner.project_ids(), |id, _| id)
    }

    /// The project with this id; nothing is sent before something is asked of it.
    pub fn project(&self, id: &ProjectId) -> ProjectHandle {
        ProjectHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }

    /// The cluster of this name in a project; nothing is sent before something is asked of it.
    pub fn cluster(&self, project_id: &ProjectId, name: &str) -> ClusterHandle {
        ClusterHandle {
            atlas: self.clone(),
            project_id: project_id.clone(),
            name: name.to_owned(),
        }
    }
}

impl OrganizationHandle {
    /// Fetches the organization.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn get(&self) -> Result<Organization> {
        let organization = self.atlas.wait(self.twin().get())?;
        Ok(organization.with_client(self.atlas.clone()))
    }

    /// Its projects, as far as the key can see them.
    pub fn projects(&self) -> Items<pythonic::Project, Project> {
        self.atlas
            .items(self.twin().projects(), pythonic::Project::with_client)
    }

    /// Creates a project of this name.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn create_project(&self, name: &str) -> Result<Project> {
        let project = self.atlas.wait(self.twin().create_project(name))?;
        Ok(project.with_client(self.atlas.clone()))
    }

    pub(super) fn twin(&self) -> pythonic::OrganizationHandle {
        self.atlas.inner.organization(&self.id)
    }
}

impl Project {
    /// Its clusters; as [`ProjectHandle::clusters`].
    pub fn clusters(&self) -> Items<pythonic::Cluster, Cluster> {
        self.handle().clusters()
    }
}

impl ProjectHandle {
    /// Fetches the project.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn get(&self) -> Result<Project> {
        let project = self.atlas.wait(self.twin().get())?;
        Ok(project.with_client(self.atlas.clone()))
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.twin().delete())
    }

    /// Its dedicated and shared clusters; flex clusters have a list of their own in Atlas.
    pub fn clusters(&self) -> Items<pythonic::Cluster, Cluster> {
        self.atlas
            .items(self.twin().clusters(), pythonic::Cluster::with_client)
    }

    /// Its flex clusters.
    pub fn flex_clusters(&self) -> Items<pythonic::FlexCluster, FlexCluster> {
        self.atlas.items(
            self.twin().flex_clusters(),
            pythonic::FlexCluster::with_client,
        )
    }

    /// Creates a cluster from a JSON document, which is sent as it is.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn create_cluster(&self, document: &Value) -> Result<Cluster> {
        let cluster = self.atlas.wait(self.twin().create_cluster(document))?;
        Ok(cluster.with_client(self.atlas.clone()))
    }

    /// Creates a cluster from a file that holds its JSON document.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn create_cluster_from_file(&self, file: impl AsRef<Path>) -> Result<Cluster> {
        let cluster = self
            .atlas
            .wait(self.twin().create_cluster_from_file(file))?;
        Ok(cluster.with_client(self.atlas.clone()))
    }

    pub(super) fn twin(&self) -> pythonic::ProjectHandle {
        self.atlas.inner.project(&self.id)
    }
}

impl ClusterHandle {
    /// Fetches the cluster.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn get(&self) -> Result<Cluster> {
        self.answered(self.twin().get())
    }

    /// Changes the fields that a JSON document holds; it is sent as it is.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn modify(&self, changes: &Value) -> Result<Cluster> {
        self.answered(self.twin().modify(changes))
    }

    /// Deletes the cluster with everything in it.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.twin().delete())
    }

    /// Pauses the cluster: it stops serving, and only its storage is billed.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn pause(&self) -> Result<Cluster> {
        self.answered(self.twin().pause())
    }

    /// Resumes the cluster.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn resume(&self) -> Result<Cluster> {
        self.answered(self.twin().resume())
    }

    /// Asks whether the cluster is paused or about to be.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn is_paused(&self) -> Result<bool> {
        self.atlas.wait(self.twin().is_paused())
    }

    /// Waits for a cluster and hands it on with this client.
    pub(super) fn answered(
        &self,
        call: impl Future<Output = Result<pythonic::Cluster>>,
    ) -> Result<Cluster> {
        Ok(self.atlas.wait(call)?.with_client(self.atlas.clone()))
    }

    pub(super) fn twin(&self) -> pythonic::ClusterHandle {
        self.atlas.inner.cluster(&self.project_id, &self.name)
    }
}
