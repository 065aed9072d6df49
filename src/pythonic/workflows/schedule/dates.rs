//! Dates with other windows: holidays and exceptions.

use std::str::FromStr;

use jiff::civil::Date;
use serde_json::Value;

use super::{
    reader::{ScheduleFault, Table, report},
    window::Hours,
};

/// A range of dates, both included, such as `2026-12-24..2026-12-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateRange {
    first: Date,
    last: Date,
}

impl DateRange {
    /// Returns `true` if the date is in the range.
    pub(super) fn contains(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

impl FromStr for DateRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (parse_date(first)?, parse_date(last)?);
        if last < first {
            return Err(format!("`{text}` ends before it starts"));
        }
        Ok(Self { first, last })
    }
}

/// The windows of one date, in place of the schedule's windows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateException {
    pub(super) date: Date,
    pub(super) running: Vec<Hours>,
}

impl DateException {
    /// Reads `{ date = "2026-12-05", running = ["10:00-16:00"] }`.
    pub(super) fn read(path: &str, value: &Value, faults: &mut Vec<ScheduleFault>) -> Option<Self> {
        let table = Table::read(path, value, &["date", "running"], faults)?;
        let running = table.parse_items("running", faults);
        let Some(date) = table.string("date", faults) else {
            report(faults, path, "no `date`".to_owned());
            return None;
        };
        match parse_date(date) {
            Ok(date) => Some(Self { date, running }),
            Err(message) => {
                report(faults, &table.key_path("date"), message);
                None
            }
        }
    }
}

/// Parses a date such as `2026-12-24`.
fn parse_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    // Jiff also accepts a date with a time.
    let date = (text.len() == "2026-12-24".len()).then(|| text.parse().ok());
    date.flatten()
        .ok_or_else(|| format!("`{text}` is not a date: write YYYY-MM-DD"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn range_contains_its_first_and_last_date() {
        let range: DateRange = "2026-12-24..2026-12-26".parse().unwrap();

        for (day, is_inside) in [(23, false), (24, true), (26, true), (27, false)] {
            assert_eq!(range.contains(date(2026, 12, day)), is_inside, "{day}");
        }
        let single: DateRange = "2027-01-01".parse().unwrap();
        assert!(single.contains(date(2027, 1, 1)));
    }

    #[test]
    fn invalid_dates_are_named() {
        for (text, part) in [
            ("2026-12-24..2026-12-20", "`2026-12-24..2026-12-20`"),
            ("2026-13-01", "`2026-13-01`"),
            ("24.12.2026", "`24.12.2026`"),
            ("2026-12-24T10:00", "`2026-12-24T10:00`"),
            ("2026-12-24..", "``"),
        ] {
            let error = text.parse::<DateRange>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn exception_without_windows_is_a_day_off() {
        let mut faults = Vec::new();
        let value = json!({ "date": "2026-12-05" });
        let exception = DateException::read("exceptions[0]", &value, &mut faults).unwrap();

        assert_eq!(exception.running, []);
        assert_eq!(faults, []);
        assert_eq!(
            DateException::read("exceptions[1]", &json!({ "running": [] }), &mut faults),
            None
        );
        assert_eq!(faults[0].to_string(), "`exceptions[1]`: no `date`");
    }
}
