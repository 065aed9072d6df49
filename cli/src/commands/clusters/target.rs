//! Shared definitions of commands that act on a cluster: argument, fallback for flex clusters, wait for state IDLE.

use mongodbatlas::operation;

use crate::engine::definition::{Input, WaitFor, argument, flag, path};

/// The argument of commands that act on one cluster.
pub(crate) const CLUSTER: Input =
    argument("cluster-name", path("clusterName"), "Name of the cluster").value_name("CLUSTER");

/// The cluster flag of commands that act on a resource of a cluster.
pub(crate) const CLUSTER_FLAG: Input =
    flag("cluster-name", path("clusterName"), "Name of the cluster")
        .required()
        .value_name("CLUSTER");

/// The path parameter whose name differs in operations on flex clusters: old and new name.
pub(crate) const RENAMED_PARAMETERS: &[(&str, &str)] = &[("clusterName", "name")];

/// The error code of dedicated-cluster operations for a flex cluster.
pub(crate) const FLEX_ERROR_CODES: &[&str] = &["CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"];

/// The wait condition of commands that leave the cluster in state IDLE.
pub(crate) const UNTIL_IDLE: WaitFor = WaitFor {
    operation: operation::GET_GROUP_CLUSTER,
    fallback: Some(operation::GET_GROUP_FLEX_CLUSTER),
    created: "name",
    field: "stateName",
    until: &["IDLE"],
    failed: &[],
    result: "Cluster available.",
    always: false,
};
