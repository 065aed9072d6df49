//! Formats times as `repr` of Python's `datetime`.

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    fmt::temporal::Pieces,
    tz::TimeZone,
};

/// The local time zone. Python's `dateutil` represents UTC as `tzlocal()` if it is the local zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalZone {
    /// UTC.
    Utc,
    /// Any other time zone.
    Other,
}

impl LocalZone {
    /// Returns the system's time zone. Default: UTC.
    pub(crate) fn of_system() -> Self {
        let zone = TimeZone::system();
        let is_utc =
            zone.is_unknown() || zone.to_offset_info(Timestamp::now()).abbreviation() == "UTC";
        if is_utc { Self::Utc } else { Self::Other }
    }
}

/// Returns the Python expression for a time in ISO 8601. `None` for other text.
pub(crate) fn expression(text: &str, local: LocalZone) -> Option<String> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time().unwrap_or(Time::midnight());
    let mut parts = components(pieces.date().to_datetime(time));
    if let Some(offset) = pieces.to_numeric_offset() {
        let zone = match (offset.seconds(), local) {
            (0, LocalZone::Utc) => "tzlocal()".to_owned(),
            (0, LocalZone::Other) => "tzutc()".to_owned(),
            (seconds, _) => format!("tzoffset(None, {seconds})"),
        };
        parts.push(format!("tzinfo={zone}"));
    }
    Some(format!("datetime.datetime({})", parts.join(", ")))
}

/// Returns the components that Python prints. It omits microseconds and seconds that are zero.
fn components(time: DateTime) -> Vec<String> {
    let microseconds = time.subsec_nanosecond() / 1000;
    let mut parts = vec![
        time.year().to_string(),
        time.month().to_string(),
        time.day().to_string(),
        time.hour().to_string(),
        time.minute().to_string(),
    ];
    if time.second() != 0 || microseconds != 0 {
        parts.push(time.second().to_string());
    }
    if microseconds != 0 {
        parts.push(microseconds.to_string());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_times_as_python_datetime() {
        let cases = [
            (
                "2020-01-01T10:11:12Z",
                "datetime.datetime(2020, 1, 1, 10, 11, 12, tzinfo=tzutc())",
            ),
            (
                "2020-01-01T10:11:00Z",
                "datetime.datetime(2020, 1, 1, 10, 11, tzinfo=tzutc())",
            ),
            (
                "2020-01-01T10:11:00.120Z",
                "datetime.datetime(2020, 1, 1, 10, 11, 0, 120000, tzinfo=tzutc())",
            ),
            (
                "2020-01-01T10:11:12+02:00",
                "datetime.datetime(2020, 1, 1, 10, 11, 12, tzinfo=tzoffset(None, 7200))",
            ),
            (
                "2020-01-01T10:11:12",
                "datetime.datetime(2020, 1, 1, 10, 11, 12)",
            ),
        ];

        for (text, expected) in cases {
            assert_eq!(
                expression(text, LocalZone::Other).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(expression("yesterday", LocalZone::Utc), None);
    }

    #[test]
    fn utc_time_is_tzlocal_on_utc_machine() {
        assert_eq!(
            expression("2020-01-01T10:11:12Z", LocalZone::Utc).as_deref(),
            Some("datetime.datetime(2020, 1, 1, 10, 11, 12, tzinfo=tzlocal())")
        );
    }
}
