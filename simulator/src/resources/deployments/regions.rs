//! The regions in which clusters can be created.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("listGroupClusterProviderRegions", list)];

const PROVIDERS: [(&str, &[&str]); 3] = [
    (
        "AWS",
        &[
            "US_EAST_1",
            "US_WEST_2",
            "EU_WEST_1",
            "EU_NORTH_1",
            "EU_CENTRAL_1",
            "AP_NORTHEAST_1",
        ],
    ),
    ("AZURE", &["US_EAST_2", "EUROPE_WEST", "EUROPE_NORTH"]),
    (
        "GCP",
        &["CENTRAL_US", "WESTERN_EUROPE", "EASTERN_ASIA_PACIFIC"],
    ),
];

const LISTED_SIZES: [&str; 6] = ["M10", "M20", "M30", "M40", "M50", "M60"];

/// `GET /groups/{groupId}/clusters/provider/regions`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    state.project(call.path("groupId"))?;
    let providers = call.query.all("providers");
    let tier = call.query.get("tier");
    let matching: Vec<_> = PROVIDERS
        .iter()
        .filter(|(name, _)| providers.is_empty() || providers.contains(name))
        .collect();
    page::respond(call, &[], &matching, |(provider, regions)| {
        let sizes = LISTED_SIZES
            .iter()
            .filter(|size| tier.is_none_or(|tier| tier == **size));
        json!({
            "instanceSizes": sizes.map(|size| instance_size(size, regions)).collect::<Value>(),
            "provider": provider,
        })
    })
}

fn instance_size(size: &str, regions: &[&str]) -> Value {
    let regions = regions.iter().enumerate();
    let regions = regions.map(|(index, name)| json!({ "default": index == 0, "name": name }));
    json!({ "availableRegions": regions.collect::<Value>(), "name": size })
}
