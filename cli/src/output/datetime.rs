//! Times as Python's `datetime` shows them.

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    fmt::temporal::Pieces,
    tz::TimeZone,
};

/// The time zone of this machine, as far as it changes what a time looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Machine {
    /// It is UTC, so that a time in UTC is said to be local.
    Utc,
    /// It is anything else.
    Elsewhere,
}

impl Machine {
    /// What this machine is set to; where nothing is set, that is UTC.
    pub(crate) fn here() -> Self {
        let zone = TimeZone::system();
        let is_utc =
            zone.is_unknown() || zone.to_offset_info(Timestamp::now()).abbreviation() == "UTC";
        if is_utc { Self::Utc } else { Self::Elsewhere }
    }
}

/// The expression that Python shows for a time in ISO 8601; none if it is no time.
pub(crate) fn expression(text: &str, machine: Machine) -> Option<String> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time().unwrap_or(Time::midnight());
    let mut parts = numbers(pieces.date().to_datetime(time));
    if let Some(offset) = pieces.to_numeric_offset() {
        let zone = match (offset.seconds(), machine) {
            (0, Machine::Utc) => "tzlocal()".to_owned(),
            (0, Machine::Elsewhere) => "tzutc()".to_owned(),
            (seconds, _) => format!("tzoffset(None, {seconds})"),
        };
        parts.push(format!("tzinfo={zone}"));
    }
    Some(format!("datetime.datetime({})", parts.join(", ")))
}

/// The numbers that Python shows: the microseconds and then the seconds only if they are not zero.
fn numbers(time: DateTime) -> Vec<String> {
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
    fn times_look_like_python() {
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
                expression(text, Machine::Elsewhere).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(expression("yesterday", Machine::Utc), None);
    }

    #[test]
    fn utc_is_local_on_a_machine_in_utc() {
        assert_eq!(
            expression("2020-01-01T10:11:12Z", Machine::Utc).as_deref(),
            Some("datetime.datetime(2020, 1, 1, 10, 11, 12, tzinfo=tzlocal())")
        );
    }
}
