//! The nonces in circulation, their ages and the counts already used.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Nonces older than the lifetime are swept when this many are in circulation.
const SWEEP_AT: usize = 4096;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The nonces a server has issued.
#[derive(Debug)]
pub(crate) struct Nonces {
    lifetime: Duration,
    /// The latest age of the clock this was told.
    now: Duration,
    issued: HashMap<String, Nonce>,
    sequence: u64,
}

#[derive(Debug)]
struct Nonce {
    issued_at: Duration,
    used: HashSet<u32>,
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

    /// Moves to a later time.
    pub(crate) fn set_now(&mut self, now: Duration) {
        self.now = now;
    }

    /// A new nonce: 32 base64 characters.
    pub(crate) fn issue(&mut self, now: Duration) -> String {
        self.now = now;
        if self.issued.len() >= SWEEP_AT {
            let lifetime = self.lifetime;
            self.issued
                .retain(|_, nonce| now.saturating_sub(nonce.issued_at) < lifetime);
        }
        self.sequence += 1;
        let text = random_text(self.sequence);
        self.issued.insert(
            text.clone(),
            Nonce {
                issued_at: now,
                used: HashSet::new(),
            },
        );
        text
    }

    /// Takes a count of a nonce; false when either is no longer, or never was, acceptable.
    pub(crate) fn accept(&mut self, nonce: &str, count: u32) -> bool {
        let Some(found) = self.issued.get_mut(nonce) else {
            return false;
        };
        if self.now.saturating_sub(found.issued_at) >= self.lifetime {
            self.issued.remove(nonce);
            return false;
        }
        found.used.insert(count)
    }

    /// Forgets every nonce, so that whoever holds one is told it is stale.
    pub(crate) fn expire_all(&mut self) {
        self.issued.clear();
    }
}

/// 24 bytes of the hasher's random keys as base64, which needs no padding.
fn random_text(sequence: u64) -> String {
    let mut text = String::with_capacity(32);
    for _ in 0..3 {
        let number = RandomState::new().hash_one(sequence);
        let bytes = number.to_be_bytes();
        // Eight bytes are ten full characters; the eleventh takes the last four bits.
        let mut bits = 0_u32;
        let mut held = 0;
        for byte in bytes {
            bits = (bits << 8) | u32::from(byte);
            held += 8;
            while held >= 6 {
                held -= 6;
                text.push(character(bits >> held));
            }
        }
        text.push(character(bits));
    }
    text.truncate(32);
    text
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
    fn a_nonce_is_32_base64_characters() {
        let mut nonces = Nonces::new(Duration::from_secs(1));

        let nonce = nonces.issue(Duration::ZERO);

        assert_eq!(nonce.len(), 32);
        assert!(nonce.bytes().all(|byte| ALPHABET.contains(&byte)));
        assert_ne!(nonce, nonces.issue(Duration::ZERO));
    }

    #[test]
    fn a_nonce_is_stale_after_its_lifetime() {
        let mut nonces = Nonces::new(Duration::from_secs(10));
        let nonce = nonces.issue(Duration::from_secs(1));

        nonces.set_now(Duration::from_secs(10));
        assert!(nonces.accept(&nonce, 1));
        nonces.set_now(Duration::from_secs(11));
        assert!(!nonces.accept(&nonce, 2));
    }
}
