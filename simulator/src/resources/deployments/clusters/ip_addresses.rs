//! The IP addresses of the clusters of a project.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::resources::deployments::clusters;
use crate::state::{Cluster, State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[("getGroupIpAddresses", get)];

/// `GET /groups/{groupId}/ipAddresses`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let project = state.project(call.path("groupId"))?;
    let dedicated = project
        .clusters
        .iter()
        .filter(|cluster| !cluster.is_tenant());
    let clusters: Vec<Value> = dedicated.map(render_cluster).collect();
    let document = json!({ "groupId": project.id, "services": { "clusters": clusters } });
    Ok(generic::responses::build(&context, document))
}

fn render_cluster(cluster: &Cluster) -> Value {
    let hosts = clusters::list_hosts(cluster);
    let addresses: Vec<String> = hosts.iter().map(|(host, _)| derive_address(host)).collect();
    json!({
        "clusterName": cluster.name,
        "futureInbound": [],
        "futureOutbound": [],
        "inbound": addresses,
        "outbound": addresses,
    })
}

/// Derives the address of a host from a block that is reserved for benchmarks.
fn derive_address(host: &str) -> String {
    let id = derived_id(&format!("address {host}"));
    let part = |start: usize| {
        let digits = id.get(start..start + 2).unwrap_or_default();
        u8::from_str_radix(digits, 16).unwrap_or_default()
    };
    format!("198.18.{}.{}", part(0), part(2).max(1))
}
