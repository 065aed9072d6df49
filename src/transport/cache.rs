//! Opt-in response cache with a TTL.
//!
//! A cache belongs to one transport, and so to one host and one set of credentials. Every request other
//! than GET clears the cache before it is sent and after it has ended, because a response that was read
//! in between may be older than the change. The numbers of entries and bytes are bounded.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header::ACCEPT};
use reqwest::Request;
use tokio::time::Instant;

use super::{
    RequestInfo,
    response::{Body, Received},
    trace,
    versions::VersionFallback,
};
use crate::operations::{Operation, ResponseKind};

/// The maximum number of entries.
const MAX_ENTRIES: usize = 1000;

/// The maximum size of all cached bodies together.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A response cache.
pub(super) struct Cache {
    time_to_live: Duration,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    by_key: HashMap<Key, Entry>,
    bytes: usize,
    /// The number of times the cache was cleared.
    epoch: u64,
}

/// The URL with its query, and the accepted version.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key(String, Bytes);

struct Entry {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    fallback: Option<VersionFallback>,
    expiry: Instant,
}

/// The result of a cache lookup.
pub(super) enum Lookup<'a> {
    /// The cached response.
    Hit(Received),
    /// No cached response; the vacancy stores the new one.
    Miss(Vacancy<'a>),
    /// The request may be a write; the guard clears the cache when the request has ended.
    Invalidate(#[expect(dead_code, reason = "clears the cache when dropped")] Invalidation<'a>),
    /// The request is not cacheable.
    Bypass,
}

/// A reserved entry for a response that has not arrived yet. Clearing the cache discards it.
pub(super) struct Vacancy<'a> {
    cache: &'a Cache,
    key: Key,
    epoch: u64,
}

/// Clears the cache on drop, after a write has succeeded or failed.
pub(super) struct Invalidation<'a>(&'a Cache);

impl Cache {
    pub(super) fn new(time_to_live: Duration) -> Self {
        Self {
            time_to_live,
            entries: Mutex::default(),
        }
    }

    /// Removes all entries.
    pub(super) fn clear(&self) {
        let mut entries = self.lock();
        let epoch = entries.epoch + 1;
        let dropped = mem::replace(
            &mut *entries,
            Entries {
                epoch,
                ..Entries::default()
            },
        );
        // release the lock before the memory
        drop(entries);
        drop(dropped);
    }

    /// Looks up a request. With `bypass` a cached response is ignored, but the new one is stored.
    pub(super) fn lookup(
        &self,
        request: &Request,
        operation: &Operation,
        info: &RequestInfo,
        bypass: bool,
    ) -> Lookup<'_> {
        if request.method() != Method::GET {
            self.clear();
            return Lookup::Invalidate(Invalidation(self));
        }
        if operation.response_kind != ResponseKind::Json {
            return Lookup::Bypass;
        }
        let accept = request.headers().get(ACCEPT);
        let accept = accept.map_or(Bytes::new(), |value| {
            Bytes::copy_from_slice(value.as_bytes())
        });
        let key = Key(request.url().to_string(), accept);
        let entries = self.lock();
        let entry = entries.by_key.get(&key).filter(|_| !bypass);
        match entry.filter(|entry| entry.expiry > Instant::now()) {
            Some(entry) => {
                tracing::debug!(target: "mongodbatlas", "cache hit");
                trace::log_body(entry.status, &entry.headers, &entry.body, &info.redactor);
                Lookup::Hit(entry.to_received(info))
            }
            None => Lookup::Miss(Vacancy {
                cache: self,
                key,
                epoch: entries.epoch,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        // the entries are valid between any two statements, so a panic does not corrupt them
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn to_received(&self, info: &RequestInfo) -> Received {
        Received {
            method: info.method.clone(),
            path: info.path.clone(),
            status: self.status,
            headers: self.headers.clone(),
            body: Body::Bytes(self.body.clone()),
            fallback: self.fallback,
        }
    }
}

impl Vacancy<'_> {
    /// Stores a response, unless the cache was cleared since the lookup.
    pub(super) fn store(self, received: &Received) {
        let Body::Bytes(body) = &received.body else {
            return;
        };
        let entry = Entry {
            status: received.status,
            headers: received.headers.clone(),
            body: body.clone(),
            fallback: received.fallback,
            expiry: Instant::now() + self.cache.time_to_live,
        };
        let mut entries = self.cache.lock();
        if entries.epoch == self.epoch {
            entries.insert(self.key, entry);
        }
    }
}

impl Entries {
    fn insert(&mut self, key: Key, entry: Entry) {
        self.bytes += entry.body.len();
        if let Some(old) = self.by_key.insert(key, entry) {
            self.bytes -= old.body.len();
        }
        if self.is_full() {
            let now = Instant::now();
            self.retain(|entry| entry.expiry > now);
        }
        while self.is_full() {
            // the oldest entry expires first
            let Some(oldest) = self.by_key.values().map(|entry| entry.expiry).min() else {
                break;
            };
            self.retain(|entry| entry.expiry > oldest);
        }
    }

    fn retain(&mut self, keep: impl Fn(&Entry) -> bool) {
        self.by_key.retain(|_, entry| keep(entry));
        self.bytes = self.by_key.values().map(|entry| entry.body.len()).sum();
    }

    fn is_full(&self) -> bool {
        self.by_key.len() > MAX_ENTRIES || self.bytes > MAX_BYTES
    }
}

impl Drop for Invalidation<'_> {
    fn drop(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests;
