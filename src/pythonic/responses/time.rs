//! Times in responses.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    fmt::rfc2822::DateTimeParser,
    tz::TimeZone,
};

static RFC_2822: DateTimeParser = DateTimeParser::new();

/// Parses a time in a response: RFC 3339, the format of Java's `Date.toString()`, such as
/// `Wed Apr 26 02:03:57 GMT 2023`, a time without a zone, which is in UTC, or a date, which stands for its start
/// in UTC.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    text.parse()
        .ok()
        .or_else(|| parse_java_date(text))
        .or_else(|| parse_civil_time(text))
        .or_else(|| parse_date(text))
}

/// Parses `Wed Apr 26 02:03:57 GMT 2023`.
fn parse_java_date(text: &str) -> Option<Timestamp> {
    let parts: Vec<_> = text.split_whitespace().collect();
    let &[weekday, month, day, time, zone, year] = parts.as_slice() else {
        return None;
    };
    let date = format!(
        "{weekday}, {day} {month} {year} {time} {}",
        format_offset(zone)
    );
    RFC_2822.parse_timestamp(&date).ok()
}

/// Returns a zone of Java in the format of RFC 2822.
fn format_offset(zone: &str) -> String {
    match zone.strip_prefix("GMT").or(zone.strip_prefix("UTC")) {
        Some("") => "GMT".to_owned(),
        Some(offset) => offset.replace(':', ""),
        None => match zone {
            "WET" | "Z" => "GMT".to_owned(),
            "CET" | "BST" | "WEST" => "+0100".to_owned(),
            "CEST" | "EET" => "+0200".to_owned(),
            "EEST" | "MSK" => "+0300".to_owned(),
            "JST" | "KST" => "+0900".to_owned(),
            "AEST" => "+1000".to_owned(),
            "AEDT" => "+1100".to_owned(),
            _ => zone.to_owned(),
        },
    }
}

/// Parses `2023-04-26T02:03:57`, which has no zone.
fn parse_civil_time(text: &str) -> Option<Timestamp> {
    let time: DateTime = text.contains(':').then(|| text.parse().ok()).flatten()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

fn parse_date(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    let start = day.to_datetime(Time::midnight());
    TimeZone::UTC.to_timestamp(start).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_rfc_3339_java_dates_and_dates() {
        let time: Timestamp = "2023-04-26T02:03:57Z".parse().unwrap();

        for text in [
            "2023-04-26T02:03:57Z",
            "2023-04-26T02:03:57.000+00:00",
            "2023-04-26T04:03:57+02:00",
            "Wed Apr 26 02:03:57 GMT 2023",
            "Wed Apr 26 02:03:57 UTC 2023",
            "Wed Apr 26 04:03:57 GMT+02:00 2023",
            "Tue Apr 25 22:03:57 EDT 2023",
            "Wed Apr 26 04:03:57 CEST 2023",
            "Wed Apr 26 11:03:57 JST 2023",
            "Wed Apr 26 04:03:57 +0200 2023",
            "2023-04-26T02:03:57+0000",
            "2023-04-26T02:03:57",
            "2023-04-26 02:03:57.000",
        ] {
            assert_eq!(parse(text), Some(time), "{text}");
        }
        assert_eq!(parse("Mon Jan 01 00:00:00 GMT 2024"), parse("2024-01-01"));
        assert_eq!(parse("2024-01-01"), parse("2024-01-01T00:00:00Z"));
    }

    #[test]
    fn rejects_other_text() {
        for text in [
            "",
            "yesterday",
            "Wed Apr 26 02:03:57 2023",
            "Wed Apr 31 02:03:57 GMT 2023",
            "Wed Foo 26 02:03:57 GMT 2023",
            "26 Apr 2023",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
