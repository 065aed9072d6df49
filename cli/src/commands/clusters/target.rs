//! The cluster of a command: argument, flex clusters, and the wait for the state IDLE.

use mongodbatlas::operation;

use crate::engine::definition::{Input, WaitFor, argument, flag, path};

/// The argument of commands on one cluster.
pub(crate) const CLUSTER: Input =
    argument("cluster-name", path("clusterName"), "Name of the cluster").value_name("CLUSTER");

/// The flag of commands on something that belongs to a cluster.
pub(crate) const CLUSTER_FLAG: Input =
    flag("cluster-name", path("clusterName"), "Name of the cluster")
        .required()
        .value_name("CLUSTER");

/// The parameter that has another name in operations on flex clusters.
pub(crate) const RENAMED_PARAMETERS: &[(&str, &str)] = &[("clusterName", "name")];

/// The error code for a flex cluster in an operation on other clusters.
pub(crate) const FLEX_ERROR_CODES: &[&str] = &["CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"];

/// The wait of commands after which the cluster is ready.
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
