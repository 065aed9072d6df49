//! The cloud provider account and network of stream processing in a region.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::Context;
use crate::resources::Route;
use crate::schema::unique;
use crate::state::{State, derived_digits, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[("getGroupStreamAccountDetails", get)];

/// CIDR block of the network.
const CIDR_BLOCK: &str = "192.168.240.0/20";

/// `GET /groups/{groupId}/streams/accountDetails`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let provider = call.query.get("cloudProvider").unwrap_or_default();
    let region = call.query.get("regionName").unwrap_or_default();
    let seed = format!(
        "stream account {} {provider} {region}",
        call.path("groupId")
    );
    let id = derived_id(&seed);
    let short = |length: usize| id.get(..length).unwrap_or_default();
    let mut details = match provider.to_lowercase().as_str() {
        "aws" => json!({
            "awsAccountId": derived_digits(&seed, 12),
            "vpcId": format!("vpc-{}", short(17)),
        }),
        "azure" => json!({
            "azureSubscriptionId": unique(&seed),
            "virtualNetworkName": format!("vnet_{id}_{}", short(8)),
        }),
        "gcp" => json!({
            "gcpProjectId": format!("p-{id}"),
            "vpcNetworkName": format!("nt-{id}-{}", short(8)),
        }),
        _ => return Err(ApiError::invalid_query_parameter("cloudProvider")),
    };
    details["cidrBlock"] = json!(CIDR_BLOCK);
    details["cloudProvider"] = Value::from(provider);
    Ok(ApiResponse::ok(details))
}
