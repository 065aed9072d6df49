//! The rate limits of the Atlas API.

use std::time::Duration;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::{client::Atlas, paging::pager::Pager, resources::define::resource},
    transport::RateLimit,
};

resource! {
    /// A rate limit and the operations that share it.
    pub struct RateLimitSet(types::RateLimitEndpointSetResponse) {
        /// Returns the id, a short name.
        id: &str = endpoint_set_id,
        /// Returns the display name.
        name: &str = endpoint_set_name,
        /// Returns the scope: `GROUP`, `ORGANIZATION`, `USER` or `IP`.
        scope: &str = scope,
    }
}

impl RateLimitSet {
    /// Returns the limit as the type that the client enforces; `None` if fields are missing.
    pub fn limit(&self) -> Option<RateLimit> {
        let set = self.as_api();
        let endpoints = set.endpoints.iter().flatten().filter_map(|endpoint| {
            let method = endpoint.method.as_ref()?.as_ref().to_owned();
            Some((method, endpoint.path.clone()?))
        });
        let seconds = set.refill_duration_seconds.as_ref()?.value?;
        Some(RateLimit {
            id: set.endpoint_set_id.clone()?,
            scope: set.scope.as_ref()?.as_ref().to_owned(),
            endpoints: endpoints.collect(),
            capacity: set.capacity.as_ref()?.value?.try_into().ok()?,
            refill: set.refill_rate.as_ref()?.value?.try_into().ok()?,
            refill_time: Duration::from_secs(seconds.try_into().ok()?),
        })
    }
}

impl Atlas {
    /// Lists the rate limits.
    pub fn rate_limits(&self) -> Pager<RateLimitSet> {
        self.operation(operation::LIST_RATE_LIMITS).list(&())
    }

    /// Fetches the rate limit with this id.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the rate limit does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn rate_limit(&self, id: &str) -> Result<RateLimitSet> {
        let get = self.operation(operation::GET_RATE_LIMIT);
        get.with("endpointSetId", id).fetch(&()).await
    }

    /// Fetches the rate limits, applies them to this client and returns them.
    ///
    /// Without this call, the client derives the limits from the headers of responses, one
    /// operation at a time. Call it before sending hundreds of requests: the client then respects
    /// limits that operations share, and their refill rates, before the first rejection.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// for limit in atlas.learn_rate_limits().await? {
    ///     println!("{}: {} requests", limit.id, limit.capacity);
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn learn_rate_limits(&self) -> Result<Vec<RateLimit>> {
        let sets = self.rate_limits().collect().await?;
        let limits: Vec<_> = sets.iter().filter_map(RateLimitSet::limit).collect();
        for limit in &limits {
            self.api().transport().learn_rate_limit(limit.clone());
        }
        Ok(limits)
    }
}
