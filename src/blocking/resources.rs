//! What can be done, in the order of the async facade; each verb waits for its async twin.

use std::path::Path;

use serde::Serialize;

use crate::blocking::{
    Atlas, Cluster, ClusterHandle, CreatedOrganization, FlexCluster, FlexClusterHandle, Items,
    Organization, OrganizationHandle, Project, ProjectHandle, twin::twins,
};
use crate::{
    error::Result,
    pythonic::{
        ids::{OrganizationId, ProjectId},
        resources::organization::rate_limits::RateLimitSet,
    },
    transport::RateLimit,
};

twins! {
    impl Atlas {
        /// The organizations that the key can see.
        fn organizations() -> Items<Organization>;

        /// The organization of the key.
        fn this_organization() -> Result<Organization>;

        /// Creates an organization from a JSON document, which is sent as it is.
        fn create_organization(document: &impl Serialize) -> Result<CreatedOrganization>;

        /// The projects that the key can see.
        fn projects() -> Items<Project>;

        /// The ids of the projects that the key can see.
        fn project_ids() -> Items<ProjectId>;

        /// The rate limits of Atlas.
        fn rate_limits() -> Items<RateLimitSet>;

        /// Fetches the rate limit of this id.
        fn rate_limit(id: &str) -> Result<RateLimitSet>;

        /// Asks Atlas for its rate limits, keeps to them from now on and gives them.
        fn learn_rate_limits() -> Result<Vec<RateLimit>>;
    }

    impl OrganizationHandle {
        /// Fetches the organization.
        fn get() -> Result<Organization>;

        /// Its projects, as far as the key can see them.
        fn projects() -> Items<Project>;

        /// Creates a project of this name.
        fn create_project(name: &str) -> Result<Project>;

        /// Changes what a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<Organization>;

        /// Deletes the organization, which must have no projects.
        fn delete() -> Result<()>;
    }

    impl ProjectHandle {
        /// Fetches the project.
        fn get() -> Result<Project>;

        /// Changes what a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<Project>;

        /// Deletes the project, which must have no clusters.
        fn delete() -> Result<()>;

        /// Its dedicated and shared clusters; flex clusters have a list of their own in Atlas.
        fn clusters() -> Items<Cluster>;

        /// Creates a cluster from a JSON document, which is sent as it is.
        fn create_cluster(document: &impl Serialize) -> Result<Cluster>;

        /// Creates a cluster from a file that holds its JSON document.
        fn create_cluster_from_file(file: impl AsRef<Path>) -> Result<Cluster>;

        /// Its flex clusters.
        fn flex_clusters() -> Items<FlexCluster>;

        /// Creates a flex cluster from a JSON document, which is sent as it is.
        fn create_flex_cluster(document: &impl Serialize) -> Result<FlexCluster>;
    }

    impl ClusterHandle {
        /// Fetches the cluster.
        fn get() -> Result<Cluster>;

        /// Changes the fields that a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<Cluster>;

        /// Deletes the cluster with everything in it.
        fn delete() -> Result<()>;

        /// Pauses the cluster: it stops serving, and only its storage is billed.
        fn pause() -> Result<Cluster>;

        /// Resumes the cluster.
        fn resume() -> Result<Cluster>;

        /// Asks whether the cluster is paused or about to be.
        fn is_paused() -> Result<bool>;
    }

    impl FlexClusterHandle {
        /// Fetches the flex cluster.
        fn get() -> Result<FlexCluster>;

        /// Changes what a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<FlexCluster>;

        /// Deletes the flex cluster with everything in it.
        fn delete() -> Result<()>;

        /// Makes a dedicated cluster of it, as a JSON document describes that.
        fn upgrade(document: &impl Serialize) -> Result<FlexCluster>;
    }
}

impl Atlas {
    /// The organization with this id; nothing is sent before something is asked of it.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        OrganizationHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
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
        self.project(project_id).cluster(name)
    }
}

impl Project {
    /// Its clusters; as [`ProjectHandle::clusters`].
    pub fn clusters(&self) -> Items<Cluster> {
        self.handle().clusters()
    }
}
