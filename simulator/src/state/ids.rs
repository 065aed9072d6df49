//! Ids of 24 hexadecimal digits. The same requests lead to the same ids in every run.

use jiff::Timestamp;
use md5::{Digest as _, Md5};

/// Generator of the ids of created resources.
#[derive(Debug)]
pub(crate) struct Ids {
    issued: u64,
}

impl Ids {
    pub(crate) const fn new() -> Self {
        Self { issued: 0 }
    }

    /// Returns the next id. As in Atlas, its first eight digits are the time.
    pub(crate) fn next(&mut self, now: Timestamp) -> String {
        self.issued += 1;
        let seconds = now.as_second() & 0xffff_ffff;
        let digits = derived_id(&format!("created {}", self.issued));
        format!("{seconds:08x}{}", digits.get(..16).unwrap_or_default())
    }
}

/// Formats bytes as lowercase hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .map(digit)
        .collect()
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}

/// Derives an id from a name.
pub(crate) fn derived_id(name: &str) -> String {
    let mut id = hexadecimal(&Md5::digest(name.as_bytes()));
    id.truncate(24);
    id
}

/// Returns decimal digits derived from a name, such as an account number.
pub(crate) fn derived_digits(name: &str, length: usize) -> String {
    let bytes = Md5::digest(name.as_bytes());
    let digits = bytes.iter().map(|byte| char::from(b'0' + byte % 10));
    digits.cycle().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_24_digits_and_are_unique() {
        let mut ids = Ids::new();
        let now = Timestamp::from_second(1_788_249_600).unwrap();

        let (first, second) = (ids.next(now), ids.next(now));

        assert_eq!(first.len(), 24);
        assert_ne!(first, second);
        assert_eq!(first[..8], second[..8]);
        assert_eq!(derived_id("a").len(), 24);
    }
}
