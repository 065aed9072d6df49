//! Clusters over projects: inventory, targets and selection.

mod cluster;
mod inventory;
mod read;
mod resolve;
mod selection;
mod target;

pub(crate) use cluster::{ClusterTarget, Kind, state_of};
pub(crate) use inventory::ProjectClusters;
pub(crate) use resolve::{Resolved, SELECTION_FLAGS, SHORT_FILTERS};
pub(crate) use selection::Selection;
