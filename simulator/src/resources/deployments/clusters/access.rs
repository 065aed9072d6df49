//! Access of MongoDB employees to a cluster, and its pinned feature compatibility version.

use std::time::Duration;

use jiff::Timestamp;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{EmployeeAccess, PinnedVersion, Settings, State};

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[
    ("grantGroupClusterMongoDbEmployeeAccess", grant),
    ("revokeGroupClusterMongoDbEmployeeAccess", revoke),
    ("pinGroupClusterFeatureCompatibilityVersion", pin),
    ("unpinGroupClusterFeatureCompatibilityVersion", unpin),
];

/// Default duration of a pinned version.
const PIN_TIME: Duration = Duration::from_hours(28 * 24);

/// `POST …/clusters/{clusterName}:grantMongoDBEmployeeAccess`
pub(crate) fn grant(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let expires = parse_time(body["expirationTime"].as_str());
    let access = EmployeeAccess {
        expires: expires.unwrap_or(call.now),
        kind: body["grantType"].as_str().unwrap_or_default().to_owned(),
    };
    change_settings(state, &context, |settings| {
        settings.employee_access = Some(access);
    })
}

/// `POST …/clusters/{clusterName}:revokeMongoDBEmployeeAccess`
pub(crate) fn revoke(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    change_settings(state, &context, |settings| settings.employee_access = None)
}

/// `POST …/clusters/{clusterName}:pinFeatureCompatibilityVersion`
pub(crate) fn pin(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let expires = parse_time(body["expirationDate"].as_str());
    let now = call.now;
    change_settings(state, &context, |settings| {
        settings.pinned_version = Some(PinnedVersion {
            version: settings.compatibility_version(now).to_owned(),
            expires: expires.unwrap_or_else(|| after(now, PIN_TIME)),
        });
    })
}

/// `POST …/clusters/{clusterName}:unpinFeatureCompatibilityVersion`
pub(crate) fn unpin(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    change_settings(state, &context, |settings| settings.pinned_version = None)
}

fn change_settings(
    state: &mut State,
    context: &Context<'_>,
    apply: impl FnOnce(&mut Settings),
) -> Result<ApiResponse, ApiError> {
    let call = context.call;
    let (project, _) = state.project_mut(call.path("groupId"))?;
    apply(&mut project.cluster_mut(call.path("clusterName"))?.settings);
    let document = serde_json::json!({});
    Ok(generic::responses::build(context, document))
}

fn parse_time(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}
