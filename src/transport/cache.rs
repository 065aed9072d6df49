//! Answers that are kept for a while, for clients that asked for it.
//!
//! A cache belongs to one transport, so to one place and one set of credentials. Every call that may
//! change something drops all of it, before it begins and once it has ended: what was read in between
//! may be from before the change. What is kept is bounded.

use std::{
    collections::HashMap,
    future::Future,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{Method, header::ACCEPT};
use reqwest::{Request, Response};
use tokio::time::Instant;

use super::{RequestLine, answer::Head};
use crate::{
    error::{Error, Result},
    operations::{Answer, Operation},
};

/// How many answers are kept at the most.
const ANSWERS: usize = 1000;

/// How many bytes are kept at the most.
const BYTES: usize = 32 * 1024 * 1024;

tokio::task_local! {
    static FRESH: ();
}

/// Runs calls that are answered by Atlas itself; what they bring is kept nevertheless.
pub(crate) fn fresh<F: Future>(calls: F) -> impl Future<Output = F::Output> {
    // boxed, so that the futures of callers stay small
    FRESH.scope((), Box::pin(calls))
}

/// Answers that are kept for a while.
pub(super) struct Cache {
    time_to_live: Duration,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    answers: HashMap<Key, Kept>,
    bytes: usize,
    /// How often everything was dropped.
    age: u64,
}

/// What an answer answers: the address with its query, and the accepted version.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key(String, Bytes);

struct Kept {
    head: Head,
    body: Bytes,
    until: Instant,
}

/// What a cache knows of a request.
pub(super) enum Look<'a> {
    /// It is answered already.
    Kept(Response),
    /// The answer should be kept.
    Missing(Room<'a>),
    /// It may change something; held until it has ended.
    Change(#[expect(dead_code, reason = "it acts when it is dropped")] Change<'a>),
    /// It is none of the cache's.
    Other,
}

/// Where an answer will be kept, unless everything is dropped before it has come.
pub(super) struct Room<'a> {
    cache: &'a Cache,
    key: Key,
    age: u64,
}

/// Drops what is kept once a change has ended, however it ends.
pub(super) struct Change<'a>(&'a Cache);

impl Cache {
    pub(super) fn new(time_to_live: Duration) -> Self {
        Self {
            time_to_live,
            held: Mutex::default(),
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&self) {
        let mut held = self.held();
        let age = held.age + 1;
        let dropped = mem::replace(
            &mut *held,
            Held {
                age,
                ..Held::default()
            },
        );
        // freeing takes longer than others should wait
        drop(held);
        drop(dropped);
    }

    /// What is known of a request.
    pub(super) fn look(
        &self,
        request: &Request,
        operation: &Operation,
        line: &RequestLine,
    ) -> Look<'_> {
        if request.method() != Method::GET {
            self.clear();
            return Look::Change(Change(self));
        }
        if operation.answer != Answer::Json {
            return Look::Other;
        }
        let accept = request.headers().get(ACCEPT);
        let accept = accept.map_or(Bytes::new(), |it| Bytes::copy_from_slice(it.as_bytes()));
        let key = Key(request.url().to_string(), accept);
        let held = self.held();
        let kept = held.answers.get(&key);
        let is_wanted =
            |kept: &&Kept| kept.until > Instant::now() && FRESH.try_with(|()| ()).is_err();
        match kept.filter(is_wanted) {
            Some(Kept { head, body, .. }) => {
                tracing::debug!("answered from the cache");
                head.record(line, body);
                Look::Kept(head.clone().rebuild(body.clone()))
            }
            None => Look::Missing(Room {
                cache: self,
                key,
                age: held.age,
            }),
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // what is kept is whole at every moment
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room<'_> {
    /// Keeps an answer, if it is a success, and gives it back.
    pub(super) async fn keep(self, answer: Response) -> Result<Response> {
        if !answer.status().is_success() {
            return Ok(answer);
        }
        let beginning = Head::of(&answer);
        let body = answer.bytes().await;
        let body = body.map_err(|error| Error::from_reqwest(error, None))?;
        let kept = Kept {
            head: beginning.clone(),
            body: body.clone(),
            until: Instant::now() + self.cache.time_to_live,
        };
        let mut held = self.cache.held();
        if held.age == self.age {
            held.insert(self.key, kept);
        }
        Ok(beginning.rebuild(body))
    }
}

impl Held {
    fn insert(&mut self, key: Key, kept: Kept) {
        self.bytes += kept.body.len();
        if let Some(old) = self.answers.insert(key, kept) {
            self.bytes -= old.body.len();
        }
        if self.is_full() {
            let now = Instant::now();
            self.retain(|kept| kept.until > now);
        }
        while self.is_full() {
            // the first to expire is the oldest
            let Some(oldest) = self.answers.values().map(|kept| kept.until).min() else {
                break;
            };
            self.retain(|kept| kept.until > oldest);
        }
    }

    fn retain(&mut self, is_kept: impl Fn(&Kept) -> bool) {
        self.answers.retain(|_, kept| is_kept(kept));
        self.bytes = self.answers.values().map(|kept| kept.body.len()).sum();
    }

    fn is_full(&self) -> bool {
        self.answers.len() > ANSWERS || self.bytes > BYTES
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests;
