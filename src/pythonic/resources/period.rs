//! From when until when something is wanted.

use std::fmt;

use jiff::Timestamp;

use crate::request::Call;

/// A time with a beginning and an end, of which each may be left open.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Period {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Period {
    /// Sets the start and the end, if known, as parameters of these names and in this form.
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
