//! Time ranges of queries.

use std::fmt;

use jiff::Timestamp;

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
    /// A start without an end has the current time as its end.
    pub(crate) fn apply<V: fmt::Display>(
        self,
        call: Call,
        [since, until]: [&'static str; 2],
        format: fn(Timestamp) -> V,
    ) -> Call {
        let until_now = self.since.map(|since| since.max(Timestamp::now()));
        call.with_each(since, self.since.map(format))
            .with_each(until, self.until.or(until_now).map(format))
    }
}
