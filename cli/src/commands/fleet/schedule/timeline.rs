//! Draws the days of a plan as a timeline with one character for each half hour.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use mongodbatlas::{Boundary, ScheduleAction, ScheduleTarget};

use crate::terminal::printable;

/// The duration that one character represents.
const STEP: SignedDuration = SignedDuration::from_mins(30);
/// The maximum number of days in a timeline.
const MAX_DAYS: usize = 31;

/// A cluster and its boundaries within the planned time range.
pub(super) struct ClusterTimeline {
    pub(super) target: ScheduleTarget,
    pub(super) boundaries: Vec<Boundary>,
    pub(super) is_running_at_start: bool,
}

/// Returns a timeline of each group of clusters with the same days: one line a day.
pub(super) fn draw(
    clusters: &[ClusterTimeline],
    (start, end): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> String {
    let mut drawn = String::new();
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for cluster in clusters {
        let days = days(cluster, (start, end), zone);
        let path = printable(&cluster.target.path()).into_owned();
        match groups.iter_mut().find(|(other, _)| *other == days) {
            Some((_, paths)) => paths.push(path),
            None => groups.push((days, vec![path])),
        }
    }
    for (days, paths) in groups {
        // Writing to a string cannot fail.
        let _ = write!(drawn, "\n{}\n{days}", paths.join(", "));
    }
    if !drawn.is_empty() {
        let _ = write!(
            drawn,
            "\n# running  . paused  (times in {})\n",
            zone.iana_name().unwrap_or("the chosen zone")
        );
    }
    drawn
}

/// Returns the lines of one cluster, with a heading.
fn days(
    cluster: &ClusterTimeline,
    (start, end): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> String {
    let mut lines = format!("{:16}00    03    06    09    12    15    18    21\n", "");
    let mut date = zone.to_datetime(start).date();
    for _ in 0..MAX_DAYS {
        let Ok(tomorrow) = date.tomorrow() else { break };
        if midnight(date, zone) >= end {
            break;
        }
        let _ = writeln!(
            lines,
            "{}  {}{}",
            date.strftime("%a %Y-%m-%d"),
            day(cluster, (start, end), date, zone),
            clock_change(date, tomorrow, zone),
        );
        date = tomorrow;
    }
    lines
}

/// Returns the start of a day.
fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let midnight = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
    midnight.compatible().unwrap_or(Timestamp::MAX)
}

/// Returns one character for each half hour of a day in local time. Hours that a clock change skips are blank.
fn day(
    cluster: &ClusterTimeline,
    (start, end): (Timestamp, Timestamp),
    date: Date,
    zone: &TimeZone,
) -> String {
    let mut line = String::new();
    for number in 0..48_i8 {
        let clock = date.at(number / 2, number % 2 * 30, 0, 0);
        let time = zone.to_ambiguous_timestamp(clock).earlier();
        let time = time.unwrap_or(Timestamp::MAX);
        let is_skipped = zone.to_datetime(time) != clock;
        line.push(if is_skipped || time < start || time >= end {
            ' '
        } else if is_running(cluster, time) {
            '#'
        } else {
            '.'
        });
    }
    line.trim_end().to_owned()
}

/// Returns `true` if the cluster runs for the larger part of the half hour that starts at a time.
fn is_running(cluster: &ClusterTimeline, time: Timestamp) -> bool {
    let middle = time.checked_add(STEP / 2).unwrap_or(time);
    let mut past = cluster.boundaries.iter().rev();
    let last = past.find(|boundary| boundary.time <= middle);
    last.map_or(cluster.is_running_at_start, |boundary| {
        boundary.action == ScheduleAction::Start
    })
}

/// Returns a mark for a day on which the clocks change, such as `  clocks +1h`.
fn clock_change(date: Date, tomorrow: Date, zone: &TimeZone) -> String {
    let offset = |date| zone.to_offset(midnight(date, zone)).seconds();
    let change = offset(tomorrow) - offset(date);
    if change == 0 {
        return String::new();
    }
    let sign = if change > 0 { '+' } else { '-' };
    let duration = SignedDuration::from_secs(change.abs().into());
    format!("  clocks {sign}{duration:#}")
}
