//! Durations as parameters.

use jiff::SignedDuration;

use crate::error::{Error, ErrorKind, Result};

#[cfg(feature = "monitoring-and-logs")]
const SECONDS_IN_MINUTE: i64 = 60;
const SECONDS_IN_HOUR: i64 = 60 * 60;
#[cfg(feature = "monitoring-and-logs")]
const SECONDS_IN_DAY: i64 = 24 * SECONDS_IN_HOUR;

/// Returns a positive duration in whole seconds in the format of ISO 8601, such as `P1DT12H`.
///
/// Atlas recognizes `P1D`, but not `PT24H`: days are a separate unit.
#[cfg(feature = "monitoring-and-logs")]
pub(crate) fn format_iso_8601(name: &str, duration: SignedDuration) -> Result<String> {
    let total = require_positive(name, duration)?;
    let part = |count: i64, unit: char| match count {
        0 => String::new(),
        _ => format!("{count}{unit}"),
    };
    let (days, rest) = (total / SECONDS_IN_DAY, total % SECONDS_IN_DAY);
    let days = part(days, 'D');
    let time = [
        part(rest / SECONDS_IN_HOUR, 'H'),
        part(rest % SECONDS_IN_HOUR / SECONDS_IN_MINUTE, 'M'),
        part(rest % SECONDS_IN_MINUTE, 'S'),
    ]
    .concat();
    let separator = if time.is_empty() { "" } else { "T" };
    Ok(format!("P{days}{separator}{time}"))
}

/// Returns a positive duration of whole hours as their number.
#[cfg(feature = "service-accounts")]
pub(crate) fn to_whole_hours(name: &str, duration: SignedDuration) -> Result<i64> {
    let seconds = require_positive(name, duration)?;
    if seconds % SECONDS_IN_HOUR != 0 {
        return Err(invalid_duration_error(name, duration, "use whole hours"));
    }
    Ok(seconds / SECONDS_IN_HOUR)
}

/// Returns the seconds of a positive duration of whole seconds.
fn require_positive(name: &str, duration: SignedDuration) -> Result<i64> {
    if duration.as_secs() <= 0 || duration.subsec_nanos() != 0 {
        return Err(invalid_duration_error(
            name,
            duration,
            "use a positive number of whole seconds",
        ));
    }
    Ok(duration.as_secs())
}

fn invalid_duration_error(name: &str, duration: SignedDuration, hint: &'static str) -> Error {
    let message = format!("invalid {name} `{duration}`");
    Error::new(ErrorKind::InvalidInput, message).with_hint(hint)
}

#[cfg(all(test, feature = "monitoring-and-logs", feature = "service-accounts"))]
mod tests {
    use super::*;

    #[test]
    fn iso_8601_has_days_hours_minutes_and_seconds() {
        for (duration, expected) in [
            (SignedDuration::from_secs(10), "PT10S"),
            (SignedDuration::from_mins(1), "PT1M"),
            (SignedDuration::from_mins(90), "PT1H30M"),
            (SignedDuration::from_hours(24), "P1D"),
            (SignedDuration::from_hours(36), "P1DT12H"),
            (SignedDuration::from_secs(86_401), "P1DT1S"),
        ] {
            assert_eq!(format_iso_8601("period", duration).unwrap(), expected);
        }
    }

    #[test]
    fn durations_must_be_positive_and_whole() {
        for duration in [
            SignedDuration::ZERO,
            SignedDuration::from_secs(-60),
            SignedDuration::from_millis(1500),
        ] {
            let error = format_iso_8601("period", duration).unwrap_err();
            assert!(
                error.is_invalid_input() && error.hint().is_some(),
                "{error}"
            );
            assert!(to_whole_hours("lifetime", duration).is_err());
        }
        let error = to_whole_hours("lifetime", SignedDuration::from_mins(90)).unwrap_err();
        assert_eq!(error.to_string(), "invalid lifetime `PT1H30M`");
        let day = SignedDuration::from_hours(24);
        assert_eq!(to_whole_hours("lifetime", day).unwrap(), 24);
    }
}
