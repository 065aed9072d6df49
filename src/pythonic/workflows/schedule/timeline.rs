//! The times at which a cluster has to run.

use jiff::{
    SignedDuration, Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

/// A change of state that schedules make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ScheduleAction {
    /// Pause the cluster.
    Pause,
    /// Start (resume) the cluster.
    Start,
}

impl ScheduleAction {
    /// Returns the name: `pause` or `start`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Start => "start",
        }
    }
}

/// A time at which the scheduled state of a cluster changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Boundary {
    /// The time of the change.
    pub time: Timestamp,
    /// The change.
    pub action: ScheduleAction,
}

/// A time span in which a cluster has to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
}

/// The time spans in which a cluster has to run, in order and disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Timeline(Vec<Interval>);

impl Timeline {
    /// Merges time spans that touch or overlap.
    pub(super) fn new(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut sorted: Vec<_> = intervals.into_iter().collect();
        sorted.sort_by_key(|interval| interval.start);
        let mut merged: Vec<Interval> = Vec::with_capacity(sorted.len());
        for interval in sorted {
            match merged.last_mut() {
                Some(last) if interval.start <= last.end => last.end = last.end.max(interval.end),
                _ => merged.push(interval),
            }
        }
        Self(merged)
    }

    /// Returns the time spans.
    pub(super) fn into_intervals(self) -> Vec<Interval> {
        self.0
    }

    /// Returns the timeline with a further time span, from the beginning of time to `end`.
    pub(super) fn with_running_until(&self, end: Timestamp) -> Self {
        let start = Timestamp::MIN;
        Self::new(self.0.iter().copied().chain([Interval { start, end }]))
    }

    /// Returns `true` if the cluster has to run at this time.
    pub(super) fn is_running_at(&self, time: Timestamp) -> bool {
        self.0
            .iter()
            .any(|interval| interval.start <= time && time < interval.end)
    }

    /// Returns all boundaries in order.
    pub(super) fn boundaries(&self) -> impl Iterator<Item = Boundary> {
        self.0.iter().flat_map(|interval| {
            let start = Boundary {
                time: interval.start,
                action: ScheduleAction::Start,
            };
            let end = Boundary {
                time: interval.end,
                action: ScheduleAction::Pause,
            };
            [start, end]
        })
    }

    /// Returns the last boundary at or before this time.
    pub(super) fn last_boundary(&self, time: Timestamp) -> Option<Boundary> {
        let boundaries = self
            .boundaries()
            .take_while(|boundary| boundary.time <= time);
        boundaries.last()
    }

    /// Returns the first boundary after this time.
    pub(super) fn next_boundary(&self, time: Timestamp) -> Option<Boundary> {
        self.boundaries().find(|boundary| boundary.time > time)
    }
}

/// Returns the instant of a start. A time that the clocks skip moves to the next existing minute; of a time that
/// the clocks repeat, the earlier one counts.
pub(super) fn start_instant(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(time);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => after_gap(time, zone),
        _ => ambiguous.earlier().ok(),
    }
}

/// Returns the instant of an end. A time that the clocks skip moves to the next existing minute; of a time that the
/// clocks repeat, the later one counts.
pub(super) fn end_instant(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(time);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => after_gap(time, zone),
        _ => ambiguous.later().ok(),
    }
}

/// Returns the first instant after the gap that contains a time.
fn after_gap(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    // The earlier of the two interpretations of a skipped time lies before the gap.
    let before_gap = zone.to_ambiguous_timestamp(time).earlier().ok()?;
    let before_gap = before_gap.checked_sub(SignedDuration::from_secs(1)).ok()?;
    Some(zone.following(before_gap).next()?.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn interval(start: &str, end: &str) -> Interval {
        Interval {
            start: time(start),
            end: time(end),
        }
    }

    #[test]
    fn touching_and_overlapping_intervals_are_merged() {
        let timeline = Timeline::new([
            interval("2026-11-28T00:00:00Z", "2026-11-28T10:00:00Z"),
            interval("2026-11-27T08:00:00Z", "2026-11-28T00:00:00Z"),
            interval("2026-11-28T09:00:00Z", "2026-11-28T12:00:00Z"),
            interval("2026-11-29T08:00:00Z", "2026-11-29T09:00:00Z"),
        ]);

        let boundaries: Vec<_> = timeline
            .boundaries()
            .map(|boundary| format!("{} {}", boundary.action.name(), boundary.time))
            .collect();
        assert_eq!(
            boundaries,
            [
                "start 2026-11-27T08:00:00Z",
                "pause 2026-11-28T12:00:00Z",
                "start 2026-11-29T08:00:00Z",
                "pause 2026-11-29T09:00:00Z",
            ]
        );
    }

    #[test]
    fn start_belongs_to_an_interval_and_its_end_does_not() {
        let timeline = Timeline::new([interval("2026-11-27T08:00:00Z", "2026-11-27T18:00:00Z")]);

        for (moment, is_running) in [
            ("2026-11-27T07:59:59Z", false),
            ("2026-11-27T08:00:00Z", true),
            ("2026-11-27T17:59:59Z", true),
            ("2026-11-27T18:00:00Z", false),
        ] {
            assert_eq!(timeline.is_running_at(time(moment)), is_running, "{moment}");
        }
        assert_eq!(timeline.last_boundary(time("2026-11-27T07:00:00Z")), None);
        assert_eq!(timeline.next_boundary(time("2026-11-27T18:00:00Z")), None);
    }

    #[test]
    fn times_that_the_clocks_skip_move_to_the_end_of_the_gap() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let skipped = datetime(2026, 3, 29, 2, 30, 0, 0);

        // 02:00 to 03:00 does not exist; 03:00 is 01:00 UTC.
        assert_eq!(
            start_instant(skipped, &berlin),
            Some(time("2026-03-29T01:00:00Z"))
        );
        assert_eq!(
            end_instant(skipped, &berlin),
            Some(time("2026-03-29T01:00:00Z"))
        );
        let first_skipped = datetime(2026, 3, 29, 2, 0, 0, 0);
        assert_eq!(
            start_instant(first_skipped, &berlin),
            Some(time("2026-03-29T01:00:00Z"))
        );
    }

    #[test]
    fn repeated_times_start_early_and_end_late() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let repeated = datetime(2026, 10, 25, 2, 30, 0, 0);

        assert_eq!(
            start_instant(repeated, &berlin),
            Some(time("2026-10-25T00:30:00Z"))
        );
        assert_eq!(
            end_instant(repeated, &berlin),
            Some(time("2026-10-25T01:30:00Z"))
        );
    }
}
