//! The virtual clock, which determines cluster states, dates and sunsets.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::state::lock;

/// Start of the frozen and the per-request clock: 2026-09-01T08:00:00Z.
const FROZEN_AT: i64 = 1_788_249_600;

/// The virtual clock of a simulator.
///
/// Every clock can also be moved by [`Simulator::advance`](crate::Simulator::advance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    pace: Pace,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Pace {
    Frozen,
    Running { speed: f64 },
    PerRequest { step: Duration },
}

impl Clock {
    /// Runs with the wall clock.
    pub const fn real() -> Self {
        Self {
            pace: Pace::Running { speed: 1.0 },
        }
    }

    /// Stops at 2026-09-01, 08:00 UTC, so that every run returns the same dates.
    pub const fn frozen() -> Self {
        Self { pace: Pace::Frozen }
    }

    /// Starts at the wall clock's time and runs `speed` times as fast.
    ///
    /// A speed that is not a positive finite number is replaced by 1.
    pub fn fast(speed: f64) -> Self {
        let speed = if speed.is_finite() && speed > 0.0 {
            speed
        } else {
            1.0
        };
        Self {
            pace: Pace::Running { speed },
        }
    }

    /// Starts at the time of the frozen clock (2026-09-01, 08:00 UTC) and moves by `step` with each request.
    ///
    /// Requests under `/_simulator` do not move it. Virtual time is a function of the number of requests and
    /// does not depend on the speed of the machine, so clients that poll see the same states in every run.
    pub const fn per_request(step: Duration) -> Self {
        Self {
            pace: Pace::PerRequest { step },
        }
    }

    pub(crate) fn start(self) -> RunningClock {
        let start = match self.pace {
            Pace::Frozen | Pace::PerRequest { .. } => {
                Timestamp::from_second(FROZEN_AT).unwrap_or(Timestamp::UNIX_EPOCH)
            }
            Pace::Running { .. } => Timestamp::now(),
        };
        RunningClock {
            pace: self.pace,
            start,
            began: Instant::now(),
            stepped: Mutex::default(),
            advanced: Mutex::default(),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::real()
    }
}

/// A started clock.
#[derive(Debug)]
pub(crate) struct RunningClock {
    pace: Pace,
    start: Timestamp,
    began: Instant,
    /// The total of the steps of all requests.
    stepped: Mutex<Duration>,
    advanced: Mutex<Duration>,
}

impl RunningClock {
    /// Returns the virtual time.
    pub(crate) fn now(&self) -> Timestamp {
        let elapsed = match self.pace {
            Pace::Frozen => Duration::ZERO,
            Pace::PerRequest { .. } => *lock(&self.stepped),
            Pace::Running { speed } => {
                Duration::try_from_secs_f64(self.began.elapsed().as_secs_f64() * speed)
                    .unwrap_or(Duration::MAX)
            }
        };
        after(self.start, elapsed.saturating_add(*lock(&self.advanced)))
    }

    /// Returns the virtual time since the start.
    pub(crate) fn passed(&self) -> Duration {
        let elapsed = self.now().duration_since(self.start);
        Duration::try_from(elapsed).unwrap_or_default()
    }

    /// Returns the age of a nonce that was issued at the start: the advanced time, plus real time
    /// if the clock runs.
    pub(crate) fn age(&self) -> Duration {
        let elapsed = match self.pace {
            Pace::Frozen | Pace::PerRequest { .. } => Duration::ZERO,
            Pace::Running { .. } => self.began.elapsed(),
        };
        elapsed.saturating_add(*lock(&self.advanced))
    }

    /// Returns the number of virtual seconds per real second, or 1 for a clock that does not run.
    pub(crate) fn speed(&self) -> f64 {
        match self.pace {
            Pace::Running { speed } => speed,
            Pace::Frozen | Pace::PerRequest { .. } => 1.0,
        }
    }

    /// Moves a per-request clock by one step.
    pub(crate) fn on_request(&self) {
        if let Pace::PerRequest { step } = self.pace {
            let mut stepped = lock(&self.stepped);
            *stepped = stepped.saturating_add(step);
        }
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        let mut advanced = lock(&self.advanced);
        *advanced = advanced.saturating_add(by);
    }
}

/// Returns the time `wait` after `moment`, at most [`Timestamp::MAX`].
pub(crate) fn after(moment: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| moment.checked_add(wait).ok())
        .unwrap_or(Timestamp::MAX)
}

/// Returns the time `wait` before `moment`, at least [`Timestamp::MIN`].
pub(crate) fn before(moment: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| moment.checked_sub(wait).ok())
        .unwrap_or(Timestamp::MIN)
}

/// Formats a time as Atlas does: whole seconds, UTC.
pub(crate) fn format_time(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second())
        .unwrap_or(moment)
        .to_string()
}

/// Parses a time in the formats that Atlas accepts: RFC 3339, or a date with an optional time in UTC.
///
/// Accepts a space for the `+` of an offset, since clients forget to encode it in a query.
pub(crate) fn parse_time(text: &str) -> Option<Timestamp> {
    let in_utc = || {
        let time: DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(time).ok()
    };
    let with_plus = || text.replace(' ', "+").parse().ok();
    text.parse().ok().or_else(in_utc).or_else(with_plus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_times_without_a_zone_and_dates_as_utc() {
        let parse = |text: &str| parse_time(text).map(|time| time.to_string());

        for (text, expected) in [
            ("2026-09-01T08:00:00Z", "2026-09-01T08:00:00Z"),
            ("2026-09-01T10:00:00+02:00", "2026-09-01T08:00:00Z"),
            ("2026-09-01T10:00:00 02:00", "2026-09-01T08:00:00Z"),
            ("2026-09-01T08:00:00", "2026-09-01T08:00:00Z"),
            ("2026-09-01T08:00:00.123456", "2026-09-01T08:00:00.123456Z"),
            ("2026-09-01 08:00:00", "2026-09-01T08:00:00Z"),
            ("2026-09-01", "2026-09-01T00:00:00Z"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "2026-13-01", "1788249600"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn frozen_clock_moves_only_when_advanced() {
        let clock = Clock::frozen().start();
        let start = clock.now();

        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(90));

        assert_eq!(format_time(start), "2026-09-01T08:00:00Z");
        assert_eq!(format_time(clock.now()), "2026-09-01T08:01:30Z");
    }

    #[test]
    fn per_request_clock_moves_with_requests_only() {
        let clock = Clock::per_request(Duration::from_mins(1)).start();
        let start = clock.now();

        assert_eq!(clock.now(), start);
        clock.on_request();
        clock.on_request();
        assert_eq!(clock.passed(), Duration::from_mins(2));
        assert_eq!(clock.age(), Duration::ZERO);
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.passed(), Duration::from_secs(125));
        assert_eq!(clock.age(), Duration::from_secs(5));
    }

    #[test]
    fn advance_saturates_at_the_last_date() {
        let clock = Clock::frozen().start();

        clock.advance(Duration::MAX);

        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[test]
    fn invalid_speed_counts_as_one() {
        assert_eq!(Clock::fast(f64::NAN), Clock::real());
        assert_eq!(Clock::fast(-3.0), Clock::real());
    }
}
