//! The maintenance window of a project.
//!
//! A window that somebody chose always has the next maintenance ahead of it. It can be deferred
//! twice, by a week each time, and when it is over the count starts again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupMaintenanceWindow", get),
    ("updateGroupMaintenanceWindow", update),
    ("deferGroupMaintenanceWindow", defer),
    ("toggleGroupMaintenanceWindowAutoDefer", toggle_auto_defer),
    ("resetGroupMaintenanceWindow", reset),
];

const MOST_DEFERRALS: u64 = 2;
const WEEK: Duration = Duration::from_hours(7 * 24);
/// How soon maintenance starts that is to start as soon as possible.
const SOON: Duration = Duration::from_mins(10);
/// When the next maintenance is, in seconds.
const DUE: &str = "due";

/// `GET /groups/{groupId}/maintenanceWindow`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    advance(state, &context);
    let chosen = state.store.single(&context.collection);
    Ok(Reply::ok(
        chosen.map_or_else(unchosen, |it| it.document.clone()),
    ))
}

/// The window of a project that chose none.
fn unchosen() -> Value {
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
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    check_bounds(call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    advance(state, &context);
    let existing = state.store.single(&context.collection).cloned();
    let is_new = existing.is_none();
    if is_new && body["dayOfWeek"].is_null() && body["startASAP"] != true {
        return Err(ApiError::missing_attribute("dayOfWeek"));
    }
    let mut window = existing.unwrap_or_else(|| Record::new("", unchosen(), call.now));
    let change = requests::without_secrets(&context, &body);
    window.merge(&change, call.now);
    if let Some(document) = window.document.as_object_mut() {
        document.retain(|_, value| !value.is_null());
    }
    let is_moved = ["dayOfWeek", "hourOfDay"]
        .iter()
        .any(|it| body.get(it).is_some());
    if body["startASAP"] == true {
        plan(&mut window, after(call.now, SOON));
    } else if is_new || is_moved {
        let next = next(&window.document, call.now);
        plan(&mut window, next);
    }
    state.store.put_single(&context.collection, window);
    Ok(generic::answers::reply(&context, Value::Null))
}

/// Refuses days and hours there are none of, by the codes they have.
fn check_bounds(call: &Call) -> Result<(), ApiError> {
    let body = call.object().unwrap_or_default();
    let is_within = |field: &str, least: i64, most: i64| {
        let value = body.get(field).and_then(Value::as_i64);
        value.is_none_or(|value| (least..=most).contains(&value))
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
pub(crate) fn defer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = window_context(state, call)?;
    let window = chosen(state, &context)?;
    let deferrals = window.document["numberOfDeferrals"].as_u64().unwrap_or(0);
    if deferrals >= MOST_DEFERRALS {
        let detail = "Scheduled maintenance for a group cannot be deferred more than twice.";
        let code = "ATLAS_NUM_MAINTENANCE_DEFERRALS_EXCEEDED";
        return Err(ApiError::rejected(400, code, detail, Vec::new()));
    }
    window.document["numberOfDeferrals"] = json!(deferrals + 1);
    window.document["startASAP"] = json!(false);
    let due = due(window).unwrap_or(call.now);
    plan(window, after(due, WEEK));
    Ok(generic::answers::reply(&context, Value::Null))
}

/// `POST /groups/{groupId}/maintenanceWindow/autoDefer`
pub(crate) fn toggle_auto_defer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = window_context(state, call)?;
    let window = chosen(state, &context)?;
    let is_on = window.document["autoDeferOnceEnabled"] == true;
    window.document["autoDeferOnceEnabled"] = json!(!is_on);
    Ok(generic::answers::reply(&context, Value::Null))
}

/// `DELETE /groups/{groupId}/maintenanceWindow`
pub(crate) fn reset(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    state.store.remove_single(&context.collection);
    Ok(Reply::no_content())
}

/// The context of an action on a window, about the window itself.
fn window_context<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let mut context = Context::prepared(state, call)?;
    context.collection = format!("/groups/{}/maintenanceWindow", call.path("groupId"));
    advance(state, &context);
    Ok(context)
}

fn chosen<'a>(state: &'a mut State, context: &Context<'_>) -> Result<&'a mut Record, ApiError> {
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

/// Completes maintenance that is due, and schedules the next one.
fn advance(state: &mut State, context: &Context<'_>) {
    let now = context.call.now;
    let Some(window) = state.store.single_mut(&context.collection) else {
        return;
    };
    if due(window).is_some_and(|due| due <= now) {
        window.document["numberOfDeferrals"] = json!(0);
        window.document["startASAP"] = json!(false);
        let next = next(&window.document, now);
        plan(window, next);
    }
}

fn due(window: &Record) -> Option<Timestamp> {
    Timestamp::from_second(window.hidden.get(DUE)?.as_i64()?).ok()
}

fn plan(window: &mut Record, due: Timestamp) {
    window.hidden.insert(DUE.to_owned(), json!(due.as_second()));
}

/// The first hour of a window after some moment; Sunday is day 1.
fn next(window: &Value, now: Timestamp) -> Timestamp {
    let day = window["dayOfWeek"].as_i64().unwrap_or(1) - 1;
    let hour = window["hourOfDay"].as_i64().unwrap_or(0);
    let today = TimeZone::UTC.to_datetime(now);
    let weekday = i64::from(today.weekday().to_sunday_zero_offset());
    let elapsed = (weekday * 24 * 3600) + now.as_second().rem_euclid(24 * 3600);
    let wanted = (day * 24 + hour) * 3600;
    let wait = (wanted - elapsed).rem_euclid(7 * 24 * 3600);
    let wait = if wait == 0 { 7 * 24 * 3600 } else { wait };
    after(now, Duration::from_secs(wait.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_window_is_within_a_week() {
        // A Tuesday.
        let now: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
        let next =
            |day, hour| next(&json!({ "dayOfWeek": day, "hourOfDay": hour }), now).to_string();

        assert_eq!(next(3, 9), "2026-09-01T09:00:00Z");
        assert_eq!(next(3, 8), "2026-09-08T08:00:00Z");
        assert_eq!(next(1, 0), "2026-09-06T00:00:00Z");
        assert_eq!(next(2, 23), "2026-09-07T23:00:00Z");
    }
}
