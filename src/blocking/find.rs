//! Finding projects and clusters by what people call them.

use crate::blocking::{Atlas, Cluster, Project, twin::twins};
use crate::{error::Result, pythonic::workflows::filter::Filter};

twins! {
    impl Atlas {
        /// The project of this name or id.
        fn find_project(name_or_id: &str) -> Result<Project>;

        /// The cluster of this name or `PROJECT:NAME`.
        fn find_cluster(name: &str) -> Result<Cluster>;

        /// The projects that a filter means.
        fn find_projects(filter: &Filter) -> Result<Vec<Project>>;

        /// The clusters that a filter means, of all projects.
        fn find_clusters(filter: &Filter) -> Result<Vec<Cluster>>;
    }
}
