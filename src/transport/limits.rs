//! Client-side limits: concurrent requests and rate limits.
//!
//! Atlas has a token bucket for each endpoint set and scope (a project, an organization) and sends its
//! level in response headers. The client tracks the same buckets (`limits/bucket.rs`), so that requests
//! wait before Atlas rejects them. Responses do not say which operations share a bucket: each operation
//! has its own bucket unless [`Limits::register`] was called.

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

/// Default for concurrent requests.
pub(super) const CONCURRENT_REQUESTS: usize = 32;

/// Number of buckets above which idle ones are removed.
const MAX_BUCKETS: usize = 4096;

/// The key of a bucket: an endpoint set and a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    set: Arc<str>,
    scope: Box<str>,
}

/// The limits that all clones of a client share.
#[derive(Debug)]
pub(super) struct Limits {
    slots: Arc<Semaphore>,
    /// `None` if the client ignores rate limits.
    state: Option<Mutex<State>>,
    /// Wakes waiting requests after a bucket changed.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The registered endpoint sets, by method and path.
    sets: HashMap<(String, String), Arc<RateLimit>>,
    buckets: HashMap<Key, Bucket>,
}

/// A permit to send a request; releases its slot on drop.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    limits: &'a Limits,
    key: Option<Key>,
    /// The slot among the concurrent requests, released on drop.
    slot: Option<OwnedSemaphorePermit>,
}

impl Limits {
    pub(super) fn new(concurrent_requests: usize, follows_rate_limits: bool) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(
                concurrent_requests.clamp(1, Semaphore::MAX_PERMITS),
            )),
            state: follows_rate_limits.then(Mutex::default),
            changed: Notify::new(),
        }
    }

    /// Waits until a request can be sent.
    pub(super) async fn acquire_permit(
        &self,
        request: &Request,
        operation: &Operation,
    ) -> Permit<'_> {
        // the bucket comes first: a request that waits for it must not occupy a slot
        let key = self.bucket_key(request, operation);
        if let Some(key) = &key {
            self.take_token(key).await;
        }
        let mut permit = Permit {
            limits: self,
            key,
            slot: None,
        };
        // succeeds, because the semaphore is never closed
        permit.slot = Arc::clone(&self.slots).acquire_owned().await.ok();
        permit
    }

    /// Registers a rate limit with the operations that share its bucket.
    pub(super) fn register(&self, set: RateLimit) {
        let Some(mut state) = self.state() else {
            return;
        };
        let set = Arc::new(set);
        for (method, path) in &set.endpoints {
            let endpoint = (method.clone(), normalize_path(path));
            state.sets.insert(endpoint, Arc::clone(&set));
        }
    }

    /// Waits for a token of a bucket and takes it.
    async fn take_token(&self, key: &Key) {
        loop {
            let changed = self.changed.notified();
            let Err(later) = self.try_take_token(key) else {
                return;
            };
            trace::log_wait(later.saturating_duration_since(Instant::now()));
            // check again after a change or when a token is expected
            let _ = timeout_at(later, changed).await;
        }
    }

    /// Takes a token, or returns the time of the next attempt.
    fn try_take_token(&self, key: &Key) -> Result<(), Instant> {
        let now = Instant::now();
        let Some(mut state) = self.state() else {
            return Ok(());
        };
        state.bucket(key, now).take_token(now)
    }

    /// Returns the key of the bucket of a request; `None` if the client ignores rate limits.
    fn bucket_key(&self, request: &Request, operation: &Operation) -> Option<Key> {
        let state = self.state()?;
        let endpoint = (operation.method.to_owned(), normalize_path(operation.path));
        let limit = state.sets.get(&endpoint);
        let parameter = |name| path::parameter(request.url(), operation, name);
        let scope = match limit.map(|set| set.scope.as_str()) {
            Some("GROUP") => parameter("groupId"),
            Some("ORGANIZATION") => parameter("orgId"),
            Some("IP" | "USER") => None,
            _ => parameter("groupId").or_else(|| parameter("orgId")),
        };
        Some(Key {
            set: limit.map_or_else(|| operation.id.into(), |set| set.id.as_str().into()),
            scope: scope.unwrap_or_default().into(),
        })
    }

    fn state(&self) -> Option<MutexGuard<'_, State>> {
        let state = self.state.as_ref()?;
        // the state is valid between any two statements, so a panic elsewhere does not corrupt it
        Some(state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn bucket(&mut self, key: &Key, now: Instant) -> &mut Bucket {
        if self.buckets.len() >= MAX_BUCKETS {
            self.buckets.retain(|_, bucket| !bucket.is_idle(now));
        }
        let sets = &self.sets;
        self.buckets.entry(key.clone()).or_insert_with(|| {
            let limit = sets.values().find(|set| *set.id == *key.set);
            Bucket::new(limit.map(Arc::as_ref), now)
        })
    }
}

impl Permit<'_> {
    /// Updates the bucket from the headers of a response.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
        self.change_bucket(|bucket, now| {
            bucket.learn(
                number("ratelimit-limit"),
                number("ratelimit-remaining"),
                now,
            );
        });
    }

    /// Updates the bucket after a rejection.
    pub(super) fn record_rejection(&self, error: &Error) {
        if error.is_rate_limited() {
            self.change_bucket(|bucket, now| {
                bucket.record_rejection(error.retry_after(), bucket_parameters(error), now);
            });
        }
    }

    fn change_bucket(&self, change: impl FnOnce(&mut Bucket, Instant)) {
        let now = Instant::now();
        if let (Some(key), Some(mut state)) = (&self.key, self.limits.state()) {
            change(state.bucket(key, now), now);
            drop(state);
            self.limits.changed.notify_waiters();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.change_bucket(|bucket, _| bucket.finish_request());
    }
}

/// Returns the capacity, the refill and the refill time from a rejection.
fn bucket_parameters(error: &Error) -> Option<(u32, u32, Duration)> {
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

/// Removes the names of path parameters, which differ in the list of rate limits.
fn normalize_path(path: &str) -> String {
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
