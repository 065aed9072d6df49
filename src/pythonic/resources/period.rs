//! Time ranges of queries.

use std::fmt;

use jiff::Timestamp;

use crate::request::Call;

/// A time range; either end may be open.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Period {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Period {
    /// Adds the start and the end, if set, as parameters with these names and in this form.
    pub(crate) fn apply<V: fmt::Display>(
        self,
        call: Call,
        [since, until]: [&'static str; 2],
        form: fn(Timestamp) -> V,
    ) -> Call {
        call.with_each(since, self.since.map(form))
            .with_each(until, self.until.map(form))
    }
}
