//! The token cache that all processes of a user share: a file and a lock file, both untrusted.
//!
//! Reads take no lock because the file is replaced atomically. A file that is truncated, malformed,
//! readable by others or missing counts as empty, and the next token replaces it. On Unix only the
//! owner can read the file (mode 0600, in a directory of mode 0700). On Windows it is in the user's
//! profile and inherits its access list: the user, administrators and the system. The lock is
//! advisory, and the system releases it when the process ends. A lock that cannot be acquired in time
//! is not an error: the process fetches a token of its own.

mod file;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::token::Token;

/// The format version that this release reads and writes.
const FORMAT_VERSION: u32 = 1;
/// Timeout for the lock, longer than that of a token request.
const LOCK_TIMEOUT: Duration = Duration::from_secs(40);
const LOCK_INTERVAL: Duration = Duration::from_millis(50);
/// Maximum lifetime in seconds; an entry with a longer one is invalid.
const MAX_LIFETIME: u64 = 24 * 3_600;

/// A cache file.
#[derive(Debug)]
pub(crate) struct TokenCache {
    path: PathBuf,
}

/// The lock for writing, released on drop.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file releases the lock")] File);

#[derive(Serialize, Deserialize)]
struct Contents {
    format: u32,
    #[serde(default)]
    tokens: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    access_token: String,
    obtained_at: u64,
    expires_at: u64,
}

impl TokenCache {
    /// Creates a cache in a file, which need not exist.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Returns the token stored for a key.
    pub(super) fn read(&self, key: &str, now: u64) -> Option<Token> {
        let entry = self
            .read_contents()
            .tokens
            .remove(key)
            .filter(|entry| entry.is_valid(now))?;
        Some(Token {
            secret: SecretString::from(entry.access_token),
            obtained_at: entry.obtained_at,
            expires_at: entry.expires_at,
        })
    }

    /// Stores a token. Reports a file that cannot be written, which is not an error.
    pub(super) fn write(&self, lock: &Lock, key: &str, token: &Token, now: u64) {
        let entry = Entry {
            access_token: token.secret.expose_secret().to_owned(),
            obtained_at: token.obtained_at,
            expires_at: token.expires_at,
        };
        let mut contents = self.read_contents();
        contents.tokens.retain(|_, entry| entry.is_valid(now));
        contents.tokens.insert(key.to_owned(), entry);
        self.replace(lock, &contents);
    }

    /// Removes the token of a key.
    pub(super) fn remove(&self, lock: &Lock, key: &str) {
        let mut contents = self.read_contents();
        if contents.tokens.remove(key).is_some() {
            self.replace(lock, &contents);
        }
    }

    /// Locks the cache, or returns `None` if that fails or takes too long.
    pub(super) async fn lock(&self) -> Option<Lock> {
        let file = file::open_lock(&self.path.with_added_extension("lock"));
        let file = file.inspect_err(|error| self.report(error)).ok()?;
        let deadline = Instant::now() + LOCK_TIMEOUT;
        loop {
            match file.try_lock() {
                Ok(()) => return Some(Lock(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    tokio::time::sleep(LOCK_INTERVAL).await;
                }
                Err(TryLockError::WouldBlock) => return None,
                Err(TryLockError::Error(error)) => {
                    self.report(&error);
                    return None;
                }
            }
        }
    }

    /// Reads the file; an invalid file counts as empty.
    fn read_contents(&self) -> Contents {
        let contents: Option<Contents> = file::read_private(&self.path)
            .and_then(|text| serde_json::from_slice(&text).ok())
            .filter(|contents: &Contents| contents.format == FORMAT_VERSION);
        contents.unwrap_or(Contents {
            format: FORMAT_VERSION,
            tokens: BTreeMap::new(),
        })
    }

    fn replace(&self, _lock: &Lock, contents: &Contents) {
        let written = serde_json::to_vec(contents)
            .map_err(std::io::Error::from)
            .and_then(|text| file::replace(&self.path, &text));
        if let Err(error) = written {
            self.report(&error);
        }
    }

    fn report(&self, error: &std::io::Error) {
        let path = self.path.display();
        tracing::debug!(%path, %error, "cannot write the token cache");
    }
}

impl Entry {
    /// Returns `true` if the entry can contain a valid token.
    fn is_valid(&self, now: u64) -> bool {
        !self.access_token.is_empty()
            && self.access_token.chars().all(|c| c.is_ascii_graphic())
            && now < self.expires_at
            && self.expires_at.saturating_sub(self.obtained_at) <= MAX_LIFETIME
    }
}

#[cfg(test)]
mod tests;
