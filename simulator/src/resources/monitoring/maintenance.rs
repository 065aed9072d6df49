//! The maintenance window of a project.
//!
//! A configured window always has a next maintenance. A client can defer it twice, each time by a
//! week. After the maintenance, the number of deferrals is 0 again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupMaintenanceWindow", get),
    ("updateGroupMaintenanceWindow", update),
    ("deferGroupMaintenanceWindow", defer),
    ("toggleGroupMaintenanceWindowAutoDefer", toggle_auto_defer),
    ("resetGroupMaintenanceWindow", reset),
];

const MAX_DEFERRALS: u64 = 2;
const WEEK: Duration = Duration::from_hours(7 * 24);
/// Delay of maintenance with `startASAP`.
const ASAP_DELAY: Duration = Duration::from_mins(10);
/// Hidden field with the time of the next maintenance, in seconds.
const DUE_FIELD: &str = "due";

/// `GET /groups/{groupId}/maintenanceWindow`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    advance(state, &context);
    let window = state.store.single(&context.collection);
    Ok(ApiResponse::ok(
        window.map_or_else(default_window, |window| window.document.clone()),
    ))
}

/// Returns the maintenance window of a project that has not configured one.
fn default_window() -> Value {
    json!({
        "autoDeferOnceEnabled": false,
        "dayOfWeek": 1,
        "hourOfDay": 0,
        "numberOfDeferrals": 0,
        "startASAP": false,
        "timeZoneId": "UTC",
    })
}

/// `PATCH /groups/{groupId}/maintenanceWindow`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    check_bounds(call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    advance(state, &context);
    let existing = state.store.single(&context.collection).cloned();
    let is_new = existing.is_none();
    if is_new && body["dayOfWeek"].is_null() && body["startASAP"] != true {
        return Err(ApiError::missing_attribute("dayOfWeek"));
    }
    let mut window = existing.unwrap_or_else(|| Record::new("", default_window(), call.now));
    let change = requests::remove_secrets(&context, &body);
    window.merge(&change, call.now);
    if let Some(document) = window.document.as_object_mut() {
        // An empty object removes the protected hours.
        document.retain(|_, value| !value.is_null() && *value != json!({}));
    }
    let is_moved = ["dayOfWeek", "hourOfDay"]
        .iter()
        .any(|field| body.get(field).is_some());
    if body["startASAP"] == true {
        schedule(&mut window, after(call.now, ASAP_DELAY));
    } else if is_new || is_moved {
        let next = next_start(&window.document, call.now);
        schedule(&mut window, next);
    }
    state.store.put_single(&context.collection, window);
    Ok(ApiResponse::without_body())
}

/// Rejects invalid days and hours with the error codes of maintenance windows.
fn check_bounds(call: &Call) -> Result<(), ApiError> {
    let body = call.object().unwrap_or_default();
    let is_within = |field: &str, minimum: i64, maximum: i64| {
        let value = body.get(field).and_then(Value::as_i64);
        value.is_none_or(|value| (minimum..=maximum).contains(&value))
    };
    if !is_within("dayOfWeek", 1, 7) {
        let detail = "Invalid Day of Week. Value should be between 1 and 7 (Sunday = 1).";
        let code = "ATLAS_INVALID_MAINTENANCE_WINDOW_DAY_OF_WEEK";
        return Err(ApiError::rejected(400, code, detail, Vec::new()));
    }
    if !is_within("hourOfDay", 0, 23) {
        let detail = "Invalid Hour of Day. Value should be between 0 and 23.";
        let code = "ATLAS_INVALID_MAINTENANCE_WINDOW_HOUR_OF_DAY";
        return Err(ApiError::rejected(400, code, detail, Vec::new()));
    }
    Ok(())
}

/// `POST /groups/{groupId}/maintenanceWindow/defer`
pub(crate) fn defer(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = window_context(state, call)?;
    let window = find_configured(state, &context)?;
    let deferrals = window.document["numberOfDeferrals"].as_u64().unwrap_or(0);
    if deferrals >= MAX_DEFERRALS {
        let detail = "Scheduled maintenance for a group cannot be deferred more than twice.";
        let code = "ATLAS_NUM_MAINTENANCE_DEFERRALS_EXCEEDED";
        return Err(ApiError::rejected(400, code, detail, Vec::new()));
    }
    window.document["numberOfDeferrals"] = json!(deferrals + 1);
    window.document["startASAP"] = json!(false);
    let due = due_time(window).unwrap_or(call.now);
    schedule(window, after(due, WEEK));
    Ok(generic::responses::build(&context, Value::Null))
}

/// `POST /groups/{groupId}/maintenanceWindow/autoDefer`
pub(crate) fn toggle_auto_defer(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = window_context(state, call)?;
    let window = find_configured(state, &context)?;
    let is_on = window.document["autoDeferOnceEnabled"] == true;
    window.document["autoDeferOnceEnabled"] = json!(!is_on);
    Ok(generic::responses::build(&context, Value::Null))
}

/// `DELETE /groups/{groupId}/maintenanceWindow`
pub(crate) fn reset(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    state.store.remove_single(&context.collection);
    Ok(ApiResponse::no_content())
}

/// Returns the context of an action. Its collection is the maintenance window.
fn window_context<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let mut context = Context::prepare(state, call)?;
    context.collection = format!("/groups/{}/maintenanceWindow", call.path("groupId"));
    advance(state, &context);
    Ok(context)
}

/// Returns the configured window, or an error if no window is configured.
fn find_configured<'a>(
    state: &'a mut State,
    context: &Context<'_>,
) -> Result<&'a mut Record, ApiError> {
    state.store.single_mut(&context.collection).ok_or_else(|| {
        let detail = "No maintenance window defined for project. This action is only supported \
            for projects with user defined maintenance windows.";
        ApiError::rejected(
            400,
            "ATLAS_MAINTENANCE_WINDOW_NOT_DEFINED",
            detail,
            Vec::new(),
        )
    })
}

/// Completes due maintenance and schedules the next maintenance.
fn advance(state: &mut State, context: &Context<'_>) {
    let now = context.call.now;
    let Some(window) = state.store.single_mut(&context.collection) else {
        return;
    };
    if due_time(window).is_some_and(|due| due <= now) {
        window.document["numberOfDeferrals"] = json!(0);
        window.document["startASAP"] = json!(false);
        let next = next_start(&window.document, now);
        schedule(window, next);
    }
}

fn due_time(window: &Record) -> Option<Timestamp> {
    Timestamp::from_second(window.hidden.get(DUE_FIELD)?.as_i64()?).ok()
}

fn schedule(window: &mut Record, due: Timestamp) {
    window
        .hidden
        .insert(DUE_FIELD.to_owned(), json!(due.as_second()));
}

/// Returns the first start of a window after `now`. Sunday is day 1.
fn next_start(window: &Value, now: Timestamp) -> Timestamp {
    let day = window["dayOfWeek"].as_i64().unwrap_or(1) - 1;
    let hour = window["hourOfDay"].as_i64().unwrap_or(0);
    let today = TimeZone::UTC.to_datetime(now);
    let weekday = i64::from(today.weekday().to_sunday_zero_offset());
    let elapsed = (weekday * 24 * 3600) + now.as_second().rem_euclid(24 * 3600);
    let start = (day * 24 + hour) * 3600;
    let wait = (start - elapsed).rem_euclid(7 * 24 * 3600);
    let wait = if wait == 0 { 7 * 24 * 3600 } else { wait };
    after(now, Duration::from_secs(wait.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_start_is_within_a_week() {
        // A Tuesday.
        let now: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
        let next = |day, hour| {
            next_start(&json!({ "dayOfWeek": day, "hourOfDay": hour }), now).to_string()
        };

        assert_eq!(next(3, 9), "2026-09-01T09:00:00Z");
        assert_eq!(next(3, 8), "2026-09-08T08:00:00Z");
        assert_eq!(next(1, 0), "2026-09-06T00:00:00Z");
        assert_eq!(next(2, 23), "2026-09-07T23:00:00Z");
    }
}
