//! Search nodes and search indexes of clusters.

pub(crate) mod deployments;
pub(crate) mod fts_indexes;
pub(crate) mod indexes;
