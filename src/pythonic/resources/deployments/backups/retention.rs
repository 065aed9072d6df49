//! The retention of snapshots.

use std::fmt;

/// A number of days for which Atlas retains a snapshot.
///
/// ```
/// use mongodbatlas::Retention;
///
/// assert_eq!(Retention::from_weeks(2), Retention::from_days(14));
/// assert_eq!(Retention::from_days(7).to_string(), "7 days");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Retention {
    days: u32,
}

impl Retention {
    /// Creates a retention of this number of days.
    pub const fn from_days(days: u32) -> Self {
        Self { days }
    }

    /// Creates a retention of this number of weeks of seven days.
    pub const fn from_weeks(weeks: u32) -> Self {
        Self {
            days: weeks.saturating_mul(7),
        }
    }

    /// Returns the number of days.
    pub const fn days(self) -> u32 {
        self.days
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.days == 1 { "day" } else { "days" };
        write!(f, "{} {unit}", self.days)
    }
}
