//! Client-side limits: how many requests are under way at once, and how fast they follow each other.
//!
//! Atlas keeps a token bucket for each endpoint set and scope (a project, an organization) and says in
//! the headers of its answers how full it is. The same buckets are kept here
//! (`limits/bucket.rs`), so that requests wait before Atlas has to refuse them. Which operations share
//! a bucket is not in the answers: unless [`Limits::learn_set`] was told, each has one of its own.

mod bucket;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use reqwest::Request;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::{path, trace};
use crate::error::Error;
use crate::operations::Operation;
use bucket::Bucket;

pub use bucket::RateLimit;

/// How many requests are under way at once unless told otherwise.
pub(super) const CONCURRENT_REQUESTS: usize = 32;

/// How many buckets are kept before those that nobody uses are forgotten.
const BUCKETS: usize = 4096;

/// Which requests share a bucket: those of an endpoint set within a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    set: Arc<str>,
    scope: Box<str>,
}

/// The limits that all clones of a client keep together.
#[derive(Debug)]
pub(super) struct Limits {
    slots: Arc<Semaphore>,
    /// None if the client does not limit itself.
    state: Option<Mutex<State>>,
    /// Wakes those who wait when an answer says that there is more than was thought.
    news: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The endpoint sets that were told, by method and path.
    sets: HashMap<(String, String), Arc<RateLimit>>,
    buckets: HashMap<Key, Bucket>,
}

/// A request's leave to be sent; dropping it ends its being under way.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    limits: &'a Limits,
    key: Option<Key>,
    /// The place among the requests that are under way at once; held, not read.
    slot: Option<OwnedSemaphorePermit>,
}

impl Limits {
    pub(super) fn new(concurrent_requests: usize, follows_rate_limits: bool) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(
                concurrent_requests.clamp(1, Semaphore::MAX_PERMITS),
            )),
            state: follows_rate_limits.then(Mutex::default),
            news: Notify::new(),
        }
    }

    /// Waits until a request may be sent.
    pub(super) async fn permit(&self, request: &Request, operation: &Operation) -> Permit<'_> {
        // the bucket comes first: a request that waits for it must not keep others from their place
        let key = self.key(request, operation);
        if let Some(key) = &key {
            self.take(key).await;
        }
        let mut permit = Permit {
            limits: self,
            key,
            slot: None,
        };
        // nobody closes the semaphore, so there always is a place in the end
        permit.slot = Arc::clone(&self.slots).acquire_owned().await.ok();
        permit
    }

    /// Learns which operations share a bucket, how much it holds and how fast it fills.
    pub(super) fn learn_set(&self, set: RateLimit) {
        let Some(mut state) = self.state() else {
            return;
        };
        let set = Arc::new(set);
        for (method, path) in &set.endpoints {
            let endpoint = (method.clone(), unified(path));
            state.sets.insert(endpoint, Arc::clone(&set));
        }
    }

    /// Takes a token out of a bucket, as soon as it may hold one.
    async fn take(&self, key: &Key) {
        loop {
            let news = self.news.notified();
            let Err(later) = self.try_take(key) else {
                return;
            };
            trace::wait(later.saturating_duration_since(Instant::now()));
            // news or time, whichever comes first, make it worth another look
            let _ = timeout_at(later, news).await;
        }
    }

    /// Takes a token, or says when to look again.
    fn try_take(&self, key: &Key) -> Result<(), Instant> {
        let now = Instant::now();
        let Some(mut state) = self.state() else {
            return Ok(());
        };
        state.bucket(key, now).take(now)
    }

    /// The bucket of a request, unless the client does not limit itself.
    fn key(&self, request: &Request, operation: &Operation) -> Option<Key> {
        let state = self.state()?;
        let endpoint = (operation.method.to_owned(), unified(operation.path));
        let known = state.sets.get(&endpoint);
        let parameter = |name| path::parameter(request.url(), operation, name);
        let scope = match known.map(|set| set.scope.as_str()) {
            Some("GROUP") => parameter("groupId"),
            Some("ORGANIZATION") => parameter("orgId"),
            Some("IP" | "USER") => None,
            _ => parameter("groupId").or_else(|| parameter("orgId")),
        };
        Some(Key {
            set: known.map_or_else(|| operation.id.into(), |set| set.id.as_str().into()),
            scope: scope.unwrap_or_default().into(),
        })
    }

    fn state(&self) -> Option<MutexGuard<'_, State>> {
        let state = self.state.as_ref()?;
        // every statement leaves it whole, so a panic elsewhere cannot spoil it
        Some(state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn bucket(&mut self, key: &Key, now: Instant) -> &mut Bucket {
        if self.buckets.len() >= BUCKETS {
            self.buckets.retain(|_, bucket| !bucket.is_idle(now));
        }
        let sets = &self.sets;
        self.buckets.entry(key.clone()).or_insert_with(|| {
            let told = sets.values().find(|set| *set.id == *key.set);
            Bucket::new(told.map(Arc::as_ref), now)
        })
    }
}

impl Permit<'_> {
    /// Learns from the headers of an answer.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
        self.change(|bucket, now| {
            bucket.learn(
                number("ratelimit-limit"),
                number("ratelimit-remaining"),
                now,
            );
        });
    }

    /// Learns from a refusal that the bucket is empty, and until when.
    pub(super) fn refused(&self, error: &Error) {
        if error.is_rate_limited() {
            self.change(|bucket, now| {
                bucket.refused(error.retry_after(), figures(error), now);
            });
        }
    }

    fn change(&self, change: impl FnOnce(&mut Bucket, Instant)) {
        let now = Instant::now();
        if let (Some(key), Some(mut state)) = (&self.key, self.limits.state()) {
            change(state.bucket(key, now), now);
            drop(state);
            self.limits.news.notify_waiters();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.change(|bucket, _| bucket.done());
    }
}

/// Capacity, refill and the time of a refill that a refusal names.
fn figures(error: &Error) -> Option<(u32, u32, Duration)> {
    if error.error_code() != Some("RATE_LIMITED_TOKEN_BUCKET") {
        return None;
    }
    // endpoint, seconds to wait, capacity, refill, seconds of a refill
    let number = |index: usize| error.parameters().get(index)?.as_u64()?.try_into().ok();
    Some((
        number(2)?,
        number(3)?,
        Duration::from_secs(number(4)?.into()),
    ))
}

/// A path without the names of its parameters, which the table of rate limits spells otherwise.
fn unified(path: &str) -> String {
    let segments = path.trim_matches('/').split('/');
    let segments = segments.map(|segment| {
        if segment.starts_with('{') {
            "{}"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
