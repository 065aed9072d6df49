//! Reads one cluster.

use mongodbatlas::operation;

use crate::engine::{
    fleet::{ClusterTarget, Kind},
    request::Request,
};

/// Returns the request that reads a cluster.
pub(crate) fn read_request(cluster: &ClusterTarget) -> Request {
    let (operation, name) = match cluster.kind {
        Some(Kind::Flex) => (operation::GET_GROUP_FLEX_CLUSTER, "name"),
        Some(Kind::Serverless) => (operation::GET_GROUP_SERVERLESS_INSTANCE, "name"),
        _ => (operation::GET_GROUP_CLUSTER, "clusterName"),
    };
    Request::new(operation)
        .with("groupId", &cluster.project.id)
        .with(name, &cluster.name)
}
