//! Online archives: immutable fields and pausing.

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, progress, requests, writes};
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("updateGroupClusterOnlineArchive", update)];

/// Fields that an update cannot change.
const IMMUTABLE: [&str; 3] = ["collName", "collectionType", "dbName"];

/// `PATCH …/clusters/{clusterName}/onlineArchives/{archiveId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let archives = generic::find_records(state, &context);
    let archive = archives.first().ok_or_else(|| context.not_found())?;
    let current = progress::advance(&context, archive);
    let is_changed = |field: &str| {
        body.get(field)
            .is_some_and(|value| *value != current[field])
    };
    if IMMUTABLE.iter().any(|field| is_changed(field)) {
        return Err(ApiError::rejected(
            400,
            "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD",
            "The request contained modifications to immutable fields.",
            Vec::new(),
        ));
    }
    let is_active = matches!(current["state"].as_str(), Some("IDLE" | "ACTIVE"));
    if body["paused"] == true && current["paused"] != true && !is_active {
        return Err(ApiError::rejected(
            409,
            "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE",
            "An online archive has to be active to be paused.",
            Vec::new(),
        ));
    }
    writes::update(state, &context)
}
