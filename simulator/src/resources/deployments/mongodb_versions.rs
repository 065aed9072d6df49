//! The MongoDB versions that clusters can run, by cloud provider and instance size.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::resources::cloud_providers::CLOUD_PROVIDERS;
use crate::resources::deployments::clusters::MONGODB_VERSIONS;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("getGroupMongoDbVersions", list)];

/// Instance sizes that every cloud provider supports.
const COMMON_SIZES: [&str; 7] = ["M10", "M20", "M30", "M40", "M50", "M60", "M80"];

/// `GET /groups/{groupId}/mongoDBVersions`
///
/// Lists every version for each instance size. The newest version is the default.
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let dedicated = CLOUD_PROVIDERS
        .iter()
        .flat_map(|provider| COMMON_SIZES.iter().map(move |size| (*provider, *size)));
    let sizes = dedicated.chain([("TENANT", "M0")]);
    let newest = MONGODB_VERSIONS.last();
    let versions = sizes.flat_map(|(provider, size)| {
        MONGODB_VERSIONS.iter().map(move |version| {
            let is_default = newest == Some(version);
            let document = json!({
                "cloudProvider": provider,
                "defaultStatus": if is_default { "DEFAULT" } else { "NOT_DEFAULT" },
                "instanceSize": size,
                "version": version,
            });
            Record::new(format!("{provider} {size} {version}"), document, call.now)
        })
    });
    let versions: Vec<_> = versions.collect();
    generic::list_response(&context, &versions)
}
