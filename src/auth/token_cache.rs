//! Tokens that the processes of one user share: a file, a lock beside it, and no trust in either.
//!
//! Reading takes no lock, since the file is replaced as a whole. Whatever is wrong with the file, be
//! it cut short, garbled, someone else's to read, or not there, it counts as empty, and the next
//! token replaces it. On Unix the file is for its owner alone (mode 0600, in a directory of mode
//! 0700); on Windows it lies in the user's profile, whose access list it inherits: the user,
//! administrators and the system. The lock is advisory, and the system frees it when its process
//! ends, however that happens; one that cannot be had in time costs a token more, and no call.

mod file;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::token::Token;

/// The format that this release writes, and the only one that it reads.
const FORMAT: u32 = 1;
/// How long to wait for the lock: a little longer than an exchange may take.
const PATIENCE: Duration = Duration::from_secs(40);
const INTERVAL: Duration = Duration::from_millis(50);
/// No token lives longer than this, in seconds; an entry that claims so is broken.
const LONGEST_LIFE: u64 = 24 * 3_600;

/// A file of tokens.
#[derive(Debug)]
pub(crate) struct TokenCache {
    path: PathBuf,
}

/// The right to write, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file frees the lock")] File);

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
    /// The cache in this file, which need not be there.
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The token that is kept under this key.
    pub(super) fn read(&self, key: &str, now: u64) -> Option<Token> {
        let entry = self
            .contents()
            .tokens
            .remove(key)
            .filter(|entry| entry.is_sound(now))?;
        Some(Token {
            secret: SecretString::from(entry.access_token),
            obtained_at: entry.obtained_at,
            expires_at: entry.expires_at,
        })
    }

    /// Keeps a token under this key. A file that cannot be written costs tokens, not calls.
    pub(super) fn write(&self, lock: &Lock, key: &str, token: &Token, now: u64) {
        let entry = Entry {
            access_token: token.secret.expose_secret().to_owned(),
            obtained_at: token.obtained_at,
            expires_at: token.expires_at,
        };
        let mut contents = self.contents();
        contents.tokens.retain(|_, entry| entry.is_sound(now));
        contents.tokens.insert(key.to_owned(), entry);
        self.replace(lock, &contents);
    }

    /// Forgets the token of this key.
    pub(super) fn remove(&self, lock: &Lock, key: &str) {
        let mut contents = self.contents();
        if contents.tokens.remove(key).is_some() {
            self.replace(lock, &contents);
        }
    }

    /// The right to write; nothing where the file cannot be locked, or not in time.
    pub(super) async fn lock(&self) -> Option<Lock> {
        let file = file::open_lock(&self.path.with_added_extension("lock"));
        let file = file.inspect_err(|error| self.report(error)).ok()?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Some(Lock(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    tokio::time::sleep(INTERVAL).await;
                }
                Err(TryLockError::WouldBlock) => return None,
                Err(TryLockError::Error(error)) => {
                    self.report(&error);
                    return None;
                }
            }
        }
    }

    /// What the file holds; a file that makes no sense holds nothing.
    fn contents(&self) -> Contents {
        let contents: Option<Contents> = file::read_private(&self.path)
            .and_then(|text| serde_json::from_slice(&text).ok())
            .filter(|contents: &Contents| contents.format == FORMAT);
        contents.unwrap_or(Contents {
            format: FORMAT,
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
        tracing::debug!(%path, %error, "tokens cannot be kept for other processes");
    }
}

impl Entry {
    /// Whether it can be a token that is still good.
    fn is_sound(&self, now: u64) -> bool {
        !self.access_token.is_empty()
            && self.access_token.chars().all(|c| c.is_ascii_graphic())
            && now < self.expires_at
            && self.expires_at.saturating_sub(self.obtained_at) <= LONGEST_LIFE
    }
}

#[cfg(test)]
mod tests;
