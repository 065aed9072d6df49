//! Rate limits, as Atlas lists them: list, get, learn.

use std::time::Duration;

use crate::pythonic::{client::Atlas, paging::pager::Pager, resources::define::view};
use crate::{api::types, error::Result, operation, transport::RateLimit};

view! {
    /// A rate limit with the operations that share it, as the server described it.
    pub struct RateLimitSet(types::RateLimitEndpointSetResponse) {
        /// The id, which is a word.
        id: &str = endpoint_set_id,
        /// The name, which a reader may understand.
        name: &str = endpoint_set_name,
        /// Who shares it, as the server calls them: `GROUP`, `ORGANIZATION`, `USER` or `IP`.
        scope: &str = scope,
    }
}

impl RateLimitSet {
    /// The limit as the client keeps to it; none if the server did not describe it completely.
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
    /// The rate limits of Atlas.
    pub fn rate_limits(&self) -> Pager<RateLimitSet> {
        self.operation(operation::LIST_RATE_LIMITS).list(&())
    }

    /// Fetches the rate limit of this id.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn rate_limit(&self, id: &str) -> Result<RateLimitSet> {
        let get = self.operation(operation::GET_RATE_LIMIT);
        get.with("endpointSetId", id).one(&()).await
    }

    /// Asks Atlas for its rate limits, keeps to them from now on and gives them.
    ///
    /// Without this the client learns the limits from the answers to its calls, one operation at a
    /// time. With it, operations that share a limit are known to share it, and how fast the limits
    /// recover is known before the first refusal. Worth a call before some hundred others.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let limits: Vec<mongodbatlas::RateLimit> = atlas.learn_rate_limits().await?;
    /// for limit in limits {
    ///     println!("{}: {} at once", limit.id, limit.capacity);
    /// }
    ///
    /// let sets = atlas.rate_limits().collect().await?;
    /// let set = atlas.rate_limit(sets[0].id()).await?;
    /// println!("{} for each {}: {:?}", set.name(), set.scope(), set.limit());
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

crate::pythonic::resources::carrier::carries_none! { RateLimit }
