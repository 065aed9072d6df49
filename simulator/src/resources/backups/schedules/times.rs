//! When an item of a backup policy asks for snapshots.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

/// The day of a monthly item that stands for the last one.
const LAST_DAY: i64 = 40;
/// How far ahead is looked: more than a year, for what happens once in one.
const DAYS_AHEAD: usize = 800;

/// The moments an item asks for after `from`, in order; `reference` is in seconds of the day.
pub(super) fn of(item: &Value, reference: i64, from: Timestamp) -> impl Iterator<Item = Timestamp> {
    let frequency = item["frequencyType"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let interval = item["frequencyInterval"].as_i64().unwrap_or(1);
    let first = TimeZone::UTC.to_datetime(from).date();
    let days = first.series(jiff::Span::new().days(1)).take(DAYS_AHEAD);
    days.filter({
        let frequency = frequency.clone();
        move |day| is_on(&frequency, interval, *day)
    })
    .flat_map(move |day| {
        let every = if frequency == "hourly" {
            interval.clamp(1, 24) * 3600
        } else {
            24 * 3600
        };
        let times = (reference.rem_euclid(every)..24 * 3600).step_by(step(every));
        times.filter_map(move |second| moment(day, second))
    })
    .filter(move |at| *at > from)
}

fn step(seconds: i64) -> usize {
    usize::try_from(seconds).unwrap_or(usize::MAX)
}

/// Whether an item asks for anything on a day; weeks begin on Monday.
fn is_on(frequency: &str, interval: i64, day: Date) -> bool {
    match frequency {
        "weekly" => i64::from(day.weekday().to_monday_one_offset()) == interval,
        "monthly" if interval == LAST_DAY => day == day.last_of_month(),
        "monthly" => i64::from(day.day()) == interval,
        "yearly" => day.day() == 1 && i64::from(day.month()) == interval,
        _ => true,
    }
}

fn moment(day: Date, second: i64) -> Option<Timestamp> {
    let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Timestamp::from_second(midnight.as_second() + second).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The first moments after a Tuesday morning, of items taken at 03:30.
    fn first(frequency: &str, interval: u64, count: usize) -> Vec<String> {
        let item = json!({ "frequencyType": frequency, "frequencyInterval": interval });
        let from = "2026-09-01T08:00:00Z".parse().unwrap();
        let times = of(&item, 3 * 3600 + 30 * 60, from);
        times.take(count).map(|it| it.to_string()).collect()
    }

    #[test]
    fn hours_are_counted_from_the_reference() {
        let expected = ["2026-09-01T09:30:00Z", "2026-09-01T15:30:00Z"];

        assert_eq!(first("hourly", 6, 2), expected);
    }

    #[test]
    fn the_longer_frequencies_have_their_day() {
        assert_eq!(first("daily", 1, 1), ["2026-09-02T03:30:00Z"]);
        assert_eq!(first("weekly", 6, 1), ["2026-09-05T03:30:00Z"]);
        assert_eq!(first("monthly", 15, 1), ["2026-09-15T03:30:00Z"]);
        assert_eq!(first("monthly", 40, 2)[1], "2026-10-31T03:30:00Z");
        assert_eq!(first("yearly", 12, 1), ["2026-12-01T03:30:00Z"]);
    }
}
