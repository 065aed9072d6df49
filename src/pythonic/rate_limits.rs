//! Rate limits, as Atlas lists them.

use std::time::Duration;

use super::Atlas;
use super::call::captured;
use crate::api::types;
use crate::error::Result;
use crate::transport::RateLimit;

/// How many limits are asked for at a time, which is the most that Atlas gives.
const PAGE_SIZE: i64 = 500;

impl Atlas {
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
    /// ```no_run
    /// # async fn example(atlas: mongodbatlas::Atlas) -> mongodbatlas::Result<()> {
    /// for limit in atlas.learn_rate_limits().await? {
    ///     println!("{}: {} at once", limit.id, limit.capacity);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn learn_rate_limits(&self) -> Result<Vec<RateLimit>> {
        let call = self
            .api()
            .list_rate_limits()
            .items_per_page(PAGE_SIZE)
            .page_num(1);
        let (page, _) = captured(call.send()).await?;
        let sets = page.results.unwrap_or_default();
        let limits: Vec<_> = sets.into_iter().filter_map(limit).collect();
        for limit in &limits {
            self.api().transport().learn_rate_limit(limit.clone());
        }
        Ok(limits)
    }
}

/// A limit out of Atlas's words, if it has all parts.
fn limit(set: types::RateLimitEndpointSetResponse) -> Option<RateLimit> {
    let endpoints = set.endpoints.unwrap_or_default().into_iter();
    let endpoints = endpoints.filter_map(|endpoint| {
        let method = endpoint.method.as_ref()?.as_ref().to_owned();
        Some((method, endpoint.path?))
    });
    Some(RateLimit {
        id: set.endpoint_set_id?,
        scope: set.scope.as_ref()?.as_ref().to_owned(),
        endpoints: endpoints.collect(),
        capacity: set.capacity?.value?.try_into().ok()?,
        refill: set.refill_rate?.value?.try_into().ok()?,
        refill_time: Duration::from_secs(set.refill_duration_seconds?.value?.try_into().ok()?),
    })
}
