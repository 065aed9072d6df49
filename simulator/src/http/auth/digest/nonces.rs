//! Issued nonces, each with its issue time and the nonce counts that clients have used.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The number of issued nonces at which expired ones are evicted.
const EVICTION_THRESHOLD: usize = 4096;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The issued nonces.
#[derive(Debug)]
pub(crate) struct Nonces {
    lifetime: Duration,
    /// The time of the latest request, since the start of the clock.
    now: Duration,
    issued: HashMap<String, Nonce>,
    sequence: u64,
}

#[derive(Debug)]
struct Nonce {
    issued_at: Duration,
    used_counts: HashSet<u32>,
}

impl Nonces {
    pub(crate) fn new(lifetime: Duration) -> Self {
        Self {
            lifetime,
            now: Duration::ZERO,
            issued: HashMap::new(),
            sequence: 0,
        }
    }

    /// Sets the current time, since the start of the clock.
    pub(crate) fn set_now(&mut self, now: Duration) {
        self.now = now;
    }

    /// Issues a nonce of 32 base64 characters.
    pub(crate) fn issue(&mut self, now: Duration) -> String {
        self.now = now;
        if self.issued.len() >= EVICTION_THRESHOLD {
            let lifetime = self.lifetime;
            self.issued
                .retain(|_, nonce| now.saturating_sub(nonce.issued_at) < lifetime);
        }
        self.sequence += 1;
        let nonce = generate_nonce(self.sequence);
        self.issued.insert(
            nonce.clone(),
            Nonce {
                issued_at: now,
                used_counts: HashSet::new(),
            },
        );
        nonce
    }

    /// Marks a nonce count as used. Returns `false` if the nonce is unknown or expired, or if the count was
    /// already used.
    pub(crate) fn accept(&mut self, nonce: &str, count: u32) -> bool {
        let Some(found) = self.issued.get_mut(nonce) else {
            return false;
        };
        if self.now.saturating_sub(found.issued_at) >= self.lifetime {
            self.issued.remove(nonce);
            return false;
        }
        found.used_counts.insert(count)
    }

    /// Evicts every nonce, so that requests with an old nonce are rejected as stale.
    pub(crate) fn expire_all(&mut self) {
        self.issued.clear();
    }
}

/// Returns 32 base64 characters derived from the random keys of the standard hasher.
fn generate_nonce(sequence: u64) -> String {
    let mut nonce = String::with_capacity(32);
    for _ in 0..3 {
        let number = RandomState::new().hash_one(sequence);
        let bytes = number.to_be_bytes();
        // Eight bytes fill ten characters; the eleventh encodes the last four bits.
        let mut bits = 0_u32;
        let mut bit_count = 0;
        for byte in bytes {
            bits = (bits << 8) | u32::from(byte);
            bit_count += 8;
            while bit_count >= 6 {
                bit_count -= 6;
                nonce.push(character(bits >> bit_count));
            }
        }
        nonce.push(character(bits));
    }
    nonce.truncate(32);
    nonce
}

fn character(bits: u32) -> char {
    ALPHABET
        .get((bits & 0x3f) as usize)
        .copied()
        .map_or('A', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonce_is_32_base64_characters() {
        let mut nonces = Nonces::new(Duration::from_secs(1));

        let nonce = nonces.issue(Duration::ZERO);

        assert_eq!(nonce.len(), 32);
        assert!(nonce.bytes().all(|byte| ALPHABET.contains(&byte)));
        assert_ne!(nonce, nonces.issue(Duration::ZERO));
    }

    #[test]
    fn nonce_expires_after_its_lifetime() {
        let mut nonces = Nonces::new(Duration::from_secs(10));
        let nonce = nonces.issue(Duration::from_secs(1));

        nonces.set_now(Duration::from_secs(10));
        assert!(nonces.accept(&nonce, 1));
        nonces.set_now(Duration::from_secs(11));
        assert!(!nonces.accept(&nonce, 2));
    }
}
