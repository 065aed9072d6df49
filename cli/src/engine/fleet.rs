//! Clusters across projects: inventory, targets and selection.

mod cluster;
mod flags;
mod inventory;
mod read;
mod resolve;
mod selection;
mod target;

pub(crate) use cluster::{ClusterTarget, Kind, state_of};
pub(crate) use flags::{SELECTION_FLAGS, SHORT_FILTERS};
pub(crate) use inventory::ProjectClusters;
pub(crate) use resolve::Resolved;
pub(crate) use selection::Selection;
