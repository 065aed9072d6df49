//! Virtual time, which determines cluster states, dates and sunsets.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use crate::state::lock;

/// Where a frozen clock stands until it is advanced: 2026-09-01T08:00:00Z.
const FROZEN_AT: i64 = 1_788_249_600;

/// The clock a simulator runs on.
///
/// Every clock also moves by [`Simulator::advance`](crate::Simulator::advance).
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

    /// Stands still at a fixed date, so that two runs answer the same dates.
    pub const fn frozen() -> Self {
        Self { pace: Pace::Frozen }
    }

    /// Starts at the wall clock's time and runs `speed` times as fast.
    ///
    /// A speed that is not a positive number counts as 1.
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
    /// The time by which requests moved it.
    stepped: Mutex<Duration>,
    advanced: Mutex<Duration>,
}

impl RunningClock {
    /// The virtual time.
    pub(crate) fn now(&self) -> Timestamp {
        let ran = match self.pace {
            Pace::Frozen => Duration::ZERO,
            Pace::PerRequest { .. } => *lock(&self.stepped),
            Pace::Running { speed } => {
                Duration::try_from_secs_f64(self.began.elapsed().as_secs_f64() * speed)
                    .unwrap_or(Duration::MAX)
            }
        };
        after(self.start, ran.saturating_add(*lock(&self.advanced)))
    }

    /// Virtual time since the start.
    pub(crate) fn passed(&self) -> Duration {
        let passed = self.now().duration_since(self.start);
        Duration::try_from(passed).unwrap_or_default()
    }

    /// Returns the age of a nonce from the start: the advanced time, plus real time on a running clock.
    pub(crate) fn age(&self) -> Duration {
        let ran = match self.pace {
            Pace::Frozen | Pace::PerRequest { .. } => Duration::ZERO,
            Pace::Running { .. } => self.began.elapsed(),
        };
        ran.saturating_add(*lock(&self.advanced))
    }

    /// Moves a clock that moves with each request.
    pub(crate) fn note_request(&self) {
        if let Pace::PerRequest { step } = self.pace {
            let mut stepped = lock(&self.stepped);
            *stepped = stepped.saturating_add(step);
        }
    }

    pub(crate) fn advance(&self, by: Duration) {
        let mut advanced = lock(&self.advanced);
        *advanced = advanced.saturating_add(by);
    }
}

/// The moment `wait` after `moment`, at most the last one there is.
pub(crate) fn after(moment: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| moment.checked_add(wait).ok())
        .unwrap_or(Timestamp::MAX)
}

/// The moment `wait` before `moment`, at least the first one there is.
pub(crate) fn before(moment: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| moment.checked_sub(wait).ok())
        .unwrap_or(Timestamp::MIN)
}

/// A moment as Atlas writes it: whole seconds, UTC.
pub(crate) fn written(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second())
        .unwrap_or(moment)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_advanced() {
        let clock = Clock::frozen().start();
        let start = clock.now();

        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(90));

        assert_eq!(written(start), "2026-09-01T08:00:00Z");
        assert_eq!(written(clock.now()), "2026-09-01T08:01:30Z");
    }

    #[test]
    fn per_request_clock_moves_with_requests_only() {
        let clock = Clock::per_request(Duration::from_mins(1)).start();
        let start = clock.now();

        assert_eq!(clock.now(), start);
        clock.note_request();
        clock.note_request();
        assert_eq!(clock.passed(), Duration::from_mins(2));
        assert_eq!(clock.age(), Duration::ZERO);
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.passed(), Duration::from_secs(125));
        assert_eq!(clock.age(), Duration::from_secs(5));
    }

    #[test]
    fn an_advance_beyond_all_dates_stops_at_the_last_one() {
        let clock = Clock::frozen().start();

        clock.advance(Duration::MAX);

        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[test]
    fn a_senseless_speed_is_the_real_one() {
        assert_eq!(Clock::fast(f64::NAN), Clock::real());
        assert_eq!(Clock::fast(-3.0), Clock::real());
    }
}
