//! Windows of a schedule, such as `mon-fri 07:30-19:00`.

use std::str::FromStr;

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Weekday},
};

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// The names of the days, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The days of the week on which a window starts; the first item is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Days([bool; 7]);

/// A range of times in a day. It ends on the next day if the end is not after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hours {
    /// The start in minutes after midnight.
    start: i32,
    /// The end in minutes after midnight of the first day.
    end: i32,
}

/// Days of the week and a range of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    days: Days,
    hours: Hours,
}

impl Window {
    /// Returns the range of times if the window starts on this date.
    pub(super) fn hours_on(&self, date: Date) -> Option<Hours> {
        self.days.contains(date.weekday()).then_some(self.hours)
    }
}

impl Days {
    fn contains(self, day: Weekday) -> bool {
        self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }
}

impl Hours {
    /// Returns the start and the end for a window that starts on this date.
    pub(super) fn on(self, date: Date) -> (DateTime, DateTime) {
        let midnight = date.at(0, 0, 0, 0);
        let time = |minutes: i32| midnight.saturating_add(minutes.minutes());
        (time(self.start), time(self.end))
    }
}

impl FromStr for Window {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((days, hours)) = text.trim().split_once(char::is_whitespace) else {
            return Err(format!(
                "`{text}` is not a window: write days and times, such as `mon-fri 07:30-19:00`"
            ));
        };
        Ok(Self {
            days: days.parse()?,
            hours: hours.trim().parse()?,
        })
    }
}

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut days = [false; 7];
        for part in text.split(',') {
            match part.to_lowercase().as_str() {
                "daily" => days = [true; 7],
                "weekdays" => days[..5].fill(true),
                "weekends" => days[5..].fill(true),
                part => {
                    let (first, last) = part.split_once('-').unwrap_or((part, part));
                    let (mut day, last) = (day_number(first)?, day_number(last)?);
                    days[day] = true;
                    while day != last {
                        day = (day + 1) % days.len();
                        days[day] = true;
                    }
                }
            }
        }
        Ok(Self(days))
    }
}

/// Returns the number of a day; Monday is 0.
fn day_number(name: &str) -> Result<usize, String> {
    DAYS.iter().position(|day| *day == name).ok_or_else(|| {
        format!(
            "`{name}` is not a day: write one of {}, a range such as `mon-fri`, `weekdays`, `weekends` or `daily`",
            DAYS.join(", ")
        )
    })
}

impl FromStr for Hours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((start, end)) = text.split_once('-') else {
            return Err(format!(
                "`{text}` is not a range of times: write HH:MM-HH:MM, such as `07:30-19:00`"
            ));
        };
        let (start, end) = (minutes(start)?, minutes(end)?);
        if start == DAY {
            return Err(format!("`{text}` starts at 24:00: write 00:00"));
        }
        if start == end {
            return Err(format!(
                "`{text}` is empty: write `00:00-24:00` for the whole day"
            ));
        }
        let end = if end < start { end + DAY } else { end };
        Ok(Self { start, end })
    }
}

/// Parses `HH:MM` into minutes after midnight.
fn minutes(text: &str) -> Result<i32, String> {
    let text = text.trim();
    let parts = text.split_once(':').and_then(|(hours, minutes)| {
        let is_number = |part: &str| part.len() == 2 && part.bytes().all(|c| c.is_ascii_digit());
        if !is_number(hours) || !is_number(minutes) {
            return None;
        }
        Some((hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?))
    });
    match parts {
        Some((hours @ 0..=23, minutes @ 0..=59)) => Ok(hours * 60 + minutes),
        Some((24, 0)) => Ok(DAY),
        _ => Err(format!(
            "`{text}` is not a time: write HH:MM from 00:00 to 24:00"
        )),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    fn window(text: &str) -> Window {
        text.parse().unwrap()
    }

    #[test]
    fn days_can_be_ranges_lists_and_groups() {
        for (days, expected) in [
            ("mon", "x......"),
            ("mon-fri", "xxxxx.."),
            ("fri-mon", "x...xxx"),
            ("tue,Thu,sat-sun", ".x.x.xx"),
            ("weekdays", "xxxxx.."),
            ("weekends", ".....xx"),
            ("daily", "xxxxxxx"),
            ("weekends,mon", "x....xx"),
        ] {
            let Days(days_set) = days.parse().unwrap();
            let text: String = days_set
                .iter()
                .map(|day| if *day { 'x' } else { '.' })
                .collect();
            assert_eq!(text, expected, "{days}");
        }
    }

    #[test]
    fn window_across_midnight_belongs_to_the_day_it_starts() {
        let window = window("fri 22:00-06:00");
        let friday = date(2026, 11, 27);

        let hours = window.hours_on(friday).unwrap();
        assert_eq!(
            hours.on(friday),
            (
                datetime(2026, 11, 27, 22, 0, 0, 0),
                datetime(2026, 11, 28, 6, 0, 0, 0)
            )
        );
        assert_eq!(window.hours_on(date(2026, 11, 28)), None);
    }

    #[test]
    fn end_of_24_00_is_midnight() {
        let day = date(2026, 12, 31);
        let hours = window("daily 00:00-24:00").hours_on(day).unwrap();

        assert_eq!(
            hours.on(day),
            (
                datetime(2026, 12, 31, 0, 0, 0, 0),
                datetime(2027, 1, 1, 0, 0, 0, 0)
            )
        );
    }

    #[test]
    fn invalid_windows_name_the_invalid_part() {
        for (text, part) in [
            ("", "``"),
            ("mon-fri", "`mon-fri`"),
            ("mo-fri 07:30-19:00", "`mo`"),
            ("mon- 07:30-19:00", "``"),
            ("mon 7:30-19:00", "`7:30`"),
            ("mon 07:30", "`07:30`"),
            ("mon 07:30-25:00", "`25:00`"),
            ("mon 07:30-24:01", "`24:01`"),
            ("mon 07:60-08:00", "`07:60`"),
            ("mon +7:30-08:00", "`+7:30`"),
            ("mon 08:00-08:00", "`08:00-08:00`"),
            ("mon 24:00-08:00", "`24:00-08:00`"),
        ] {
            let error = text.parse::<Window>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
