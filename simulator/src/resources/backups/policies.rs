//! Policy items of backup schedules and compliance policies.

use std::time::Duration;

use serde_json::Value;

const DAY: Duration = Duration::from_hours(24);
/// Maximum `retentionValue`; a larger value has the same effect.
const MAX_RETENTION: u64 = 100;

/// Returns the scheduled policy items of a schedule.
pub(super) fn effective_items(schedule: &Value) -> impl Iterator<Item = &Value> {
    let items = schedule["policies"][0]["policyItems"].as_array();
    let items = items.into_iter().flatten();
    items.filter(|item| item["frequencyType"] != "ondemand")
}

/// Returns the retention of a policy item.
pub(super) fn retention_of(item: &Value) -> Duration {
    let days = match item["retentionUnit"].as_str() {
        Some("weeks") => 7,
        Some("months") => 31,
        Some("years") => 366,
        _ => 1,
    };
    let value = item["retentionValue"].as_u64().unwrap_or(1);
    DAY * u32::try_from(days * value.min(MAX_RETENTION)).unwrap_or(1)
}

/// Returns the items of a compliance policy that a schedule does not meet.
pub(super) fn find_unmet<'a>(schedule: &Value, policy: &'a Value) -> Vec<&'a Value> {
    let required = policy["scheduledPolicyItems"].as_array();
    let required = required.into_iter().flatten();
    let is_unmet = |required: &&Value| !effective_items(schedule).any(|item| meets(item, required));
    required.filter(is_unmet).collect()
}

fn meets(item: &Value, required: &Value) -> bool {
    let interval = |item: &Value| item["frequencyInterval"].as_i64().unwrap_or(1);
    let is_often_enough = if item["frequencyType"] == "hourly" {
        interval(item) <= interval(required)
    } else {
        interval(item) == interval(required)
    };
    item["frequencyType"] == required["frequencyType"]
        && is_often_enough
        && retention_of(item) >= retention_of(required)
}
