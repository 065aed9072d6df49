//! Times of the snapshots of a policy item.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Value of `frequencyInterval` for the last day of a month.
const LAST_DAY: i64 = 40;
/// Number of days to search; more than a year, for yearly items.
const DAYS_AHEAD: usize = 800;

/// Returns the snapshot times of a policy item after `from`, in order. `reference` is in seconds
/// since midnight.
pub(super) fn snapshot_times(
    item: &Value,
    reference: i64,
    from: Timestamp,
) -> impl Iterator<Item = Timestamp> {
    let frequency = item["frequencyType"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let interval = item["frequencyInterval"].as_i64().unwrap_or(1);
    let first = TimeZone::UTC.to_datetime(from).date();
    let days = first.series(jiff::Span::new().days(1)).take(DAYS_AHEAD);
    days.filter({
        let frequency = frequency.clone();
        move |day| has_snapshots_on(&frequency, interval, *day)
    })
    .flat_map(move |day| {
        let every = if frequency == "hourly" {
            interval.clamp(1, 24) * 3600
        } else {
            24 * 3600
        };
        let times = (reference.rem_euclid(every)..24 * 3600).step_by(step(every));
        times.filter_map(move |second| time_of_day(day, second))
    })
    .filter(move |at| *at > from)
}

fn step(seconds: i64) -> usize {
    usize::try_from(seconds).unwrap_or(usize::MAX)
}

/// Returns `true` if an item has snapshots on a day; weeks start on Monday.
fn has_snapshots_on(frequency: &str, interval: i64, day: Date) -> bool {
    match frequency {
        "weekly" => i64::from(day.weekday().to_monday_one_offset()) == interval,
        "monthly" if interval == LAST_DAY => day == day.last_of_month(),
        "monthly" => i64::from(day.day()) == interval,
        "yearly" => day.day() == 1 && i64::from(day.month()) == interval,
        _ => true,
    }
}

fn time_of_day(day: Date, second: i64) -> Option<Timestamp> {
    let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Timestamp::from_second(midnight.as_second() + second).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns the first snapshot times after 2026-09-01, 08:00, for the reference time 03:30.
    fn first_times(frequency: &str, interval: u64, count: usize) -> Vec<String> {
        let item = json!({ "frequencyType": frequency, "frequencyInterval": interval });
        let from = "2026-09-01T08:00:00Z".parse().unwrap();
        let times = snapshot_times(&item, 3 * 3600 + 30 * 60, from);
        times.take(count).map(|time| time.to_string()).collect()
    }

    #[test]
    fn hourly_snapshots_start_at_the_reference_time() {
        let expected = ["2026-09-01T09:30:00Z", "2026-09-01T15:30:00Z"];

        assert_eq!(first_times("hourly", 6, 2), expected);
    }

    #[test]
    fn longer_frequencies_have_one_day() {
        assert_eq!(first_times("daily", 1, 1), ["2026-09-02T03:30:00Z"]);
        assert_eq!(first_times("weekly", 6, 1), ["2026-09-05T03:30:00Z"]);
        assert_eq!(first_times("monthly", 15, 1), ["2026-09-15T03:30:00Z"]);
        assert_eq!(first_times("monthly", 40, 2)[1], "2026-10-31T03:30:00Z");
        assert_eq!(first_times("yearly", 12, 1), ["2026-12-01T03:30:00Z"]);
    }
}
