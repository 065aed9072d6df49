//! Formats the reasons of schedule decisions.

use jiff::{Timestamp, tz::TimeZone};
use mongodbatlas::{ScheduleAction, ScheduleDecision, ScheduleReason};

/// Returns the reason for a decision, such as `no schedule applies`.
pub(super) fn reason(decision: &ScheduleDecision, zone: &TimeZone) -> String {
    let at = |time: Timestamp| local_time(time, zone);
    match decision.reason {
        ScheduleReason::Unscheduled => "no schedule applies".to_owned(),
        ScheduleReason::AsScheduled => "the cluster is as scheduled".to_owned(),
        ScheduleReason::Enforced => "the schedule enforces its state".to_owned(),
        ScheduleReason::AtBoundary(boundary) => {
            format!(
                "the schedule {} at {}",
                verb(boundary.action),
                at(boundary.time)
            )
        }
        ScheduleReason::Overridden(time) => format!("an override until {}", at(time)),
        ScheduleReason::UnknownHistory => {
            "the events of the project cannot be read, so a change would go unnoticed".to_owned()
        }
        ScheduleReason::NoBoundary => "the schedule has no start or end in 31 days".to_owned(),
        ScheduleReason::Missed(boundary) => format!(
            "the {} at {} was missed by more than `catch-up`",
            boundary.action.name(),
            at(boundary.time)
        ),
        ScheduleReason::ChangedSince(time) => {
            format!(
                "the cluster was changed at {}, after the schedule",
                at(time)
            )
        }
        ScheduleReason::AppliedAhead(boundary) => format!(
            "the {} at {} was applied ahead of time",
            boundary.action.name(),
            at(boundary.time)
        ),
        ScheduleReason::Changing => "Atlas is changing the cluster".to_owned(),
        ScheduleReason::TooYoung(time) => {
            format!("the cluster is younger than `min-age` until {}", at(time))
        }
        ScheduleReason::KeptAwake(Some(time)) => {
            format!("the tag `keep-awake` prevents a pause until {}", at(time))
        }
        ScheduleReason::KeptAwake(None) => "the tag `keep-awake` prevents pauses".to_owned(),
        ScheduleReason::RecentlyResumed(time) => format!(
            "resumed less than 60 minutes ago; Atlas allows a pause at {}",
            at(time)
        ),
        ScheduleReason::Impossible(obstacle) => obstacle.description().to_owned(),
        _ => "unknown".to_owned(),
    }
}

/// Returns the verb of an action.
fn verb(action: ScheduleAction) -> &'static str {
    match action {
        ScheduleAction::Start => "starts it",
        _ => "pauses it",
    }
}

/// Returns a time such as `Fri 2026-11-27 19:00`, in the zone.
pub(super) fn local_time(time: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(time)
        .strftime("%a %Y-%m-%d %H:%M")
        .to_string()
}
