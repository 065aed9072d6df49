//! Time ranges of queries.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::request::Call;

/// A time range; either end may be open.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TimeRange {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl TimeRange {
    /// Adds the start and the end, if set, as query parameters with these names and in this format.
    ///
    /// A start without an end has the current time as its end. An end without a start has the start `length`
    /// before it, for operations that require both.
    pub(crate) fn apply<V: fmt::Display>(
        self,
        call: Call,
        [since, until]: [&'static str; 2],
        format: fn(Timestamp) -> V,
        length: Option<SignedDuration>,
    ) -> Call {
        let default_start = || self.until?.checked_sub(length?).ok();
        let start = self.since.or_else(default_start);
        let until_now = self.since.map(|since| since.max(Timestamp::now()));
        call.with_each(since, start.map(format))
            .with_each(until, self.until.or(until_now).map(format))
    }
}
