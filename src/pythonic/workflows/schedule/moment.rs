//! Points in time that people write: in tags and in schedule files.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{target::ScheduleTarget, timeline::end_instant};

/// The key of the tag that keeps a cluster awake.
pub(super) const KEEP_AWAKE_TAG: &str = "keep-awake";

/// The value of the tag `keep-awake` of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeepAwake {
    /// Never pause the cluster.
    Forever,
    /// Do not pause the cluster before this time.
    Until(Timestamp),
    /// The value cannot be parsed. Counts as [`Forever`](Self::Forever).
    Invalid,
}

impl KeepAwake {
    /// Reads the tag of a cluster; `None` without the tag.
    pub(super) fn from_tag(cluster: &ScheduleTarget, zone: &TimeZone) -> Option<Self> {
        let value = cluster.tag(KEEP_AWAKE_TAG)?;
        if value.eq_ignore_ascii_case("forever") {
            return Some(Self::Forever);
        }
        Some(parse_moment(value, zone).map_or(Self::Invalid, Self::Until))
    }

    /// Returns the end.
    pub(super) fn end(self) -> Timestamp {
        match self {
            Self::Until(time) => time,
            Self::Forever | Self::Invalid => Timestamp::MAX,
        }
    }
}

/// Parses a date, a date and time in the zone, or a timestamp with an offset. A date means its end.
pub(super) fn parse_moment(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let has_time = text.contains(':');
    let moment = if has_time {
        text.parse::<DateTime>().ok()
    } else {
        let date = text.parse::<Date>().ok();
        date.and_then(|date| date.tomorrow().ok())
            .map(|date| date.at(0, 0, 0, 0))
    };
    moment
        .and_then(|moment| end_instant(moment, zone))
        .ok_or_else(|| {
            format!(
                "`{text}` is not a time: write a date (`2026-12-24`), or a date and a time (`2026-12-24 18:00`)"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_the_zone_unless_they_have_an_offset() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (text, expected) in [
            ("2026-12-24", "2026-12-24T23:00:00Z"),
            ("2026-12-24 18:00", "2026-12-24T17:00:00Z"),
            ("2026-12-24T18:00", "2026-12-24T17:00:00Z"),
            ("2026-12-24T18:00:00Z", "2026-12-24T18:00:00Z"),
            ("2026-12-24T18:00:00-05:00", "2026-12-24T23:00:00Z"),
        ] {
            let moment = parse_moment(text, &berlin).map(|time| time.to_string());
            assert_eq!(moment.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn invalid_moment_is_named() {
        for text in ["", "tomorrow", "24.12.2026", "2026-12-24 25:00", "18:00"] {
            let error = parse_moment(text, &TimeZone::UTC).unwrap_err();
            assert!(error.contains(&format!("`{text}`")), "{error}");
        }
    }
}
