//! From when until when something is wanted.

use jiff::Timestamp;

use super::endpoint::Endpoint;

/// A time with a beginning and an end, of which each may be left open.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Period {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Period {
    /// Gives an endpoint the beginning and the end, as far as they are known, in parameters of these
    /// names and in this form.
    pub(crate) fn apply<V: ToString>(
        self,
        endpoint: Endpoint,
        [since, until]: [&'static str; 2],
        form: fn(Timestamp) -> V,
    ) -> Endpoint {
        endpoint
            .with_each(since, &self.since.map(form))
            .with_each(until, &self.until.map(form))
    }
}
