//! Blocks of IP addresses of containers.

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::call::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::Record;

static DEFAULTS: LazyLock<Vec<Defaults>> =
    LazyLock::new(|| parse::<Containers>(behaviour!("containers.toml")).containers);

#[derive(Default, Deserialize)]
struct Containers {
    #[serde(rename = "container")]
    containers: Vec<Defaults>,
}

/// The defaults and limits of the address blocks of a cloud provider.
#[derive(Deserialize)]
struct Defaults {
    provider: String,
    first_block: String,
    /// Smallest and largest prefix length of a requested block.
    sizes: (u8, u8),
}

/// A block of IPv4 addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Block {
    address: u32,
    length: u8,
}

/// Checks the block of a requested container.
pub(super) fn check_block(body: &Value) -> Result<(), ApiError> {
    let Some(text) = body["atlasCidrBlock"].as_str() else {
        return Ok(());
    };
    let block = Block::parse(text);
    let block = block.ok_or_else(|| ApiError::from_code("INVALID_CIDR_BLOCK", [text]))?;
    if !block.is_private() {
        return Err(ApiError::from_code("ATLAS_INVALID_CIDR_RANGE", [text]));
    }
    if block.canonical() != block {
        let parameters = [text.to_owned(), block.canonical().format()];
        let code = "ATLAS_NON_CANONICAL_CIDR_BLOCK";
        return Err(ApiError::from_code(code, parameters));
    }
    let provider = body["providerName"].as_str().unwrap_or("AWS");
    let has_regions = body["regions"]
        .as_array()
        .is_some_and(|all| !all.is_empty());
    if provider == "GCP" && has_regions {
        return if (21..=24).contains(&block.length) {
            Ok(())
        } else {
            let code = "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER";
            Err(ApiError::from_code_without_parameters(code))
        };
    }
    let mut defaults = DEFAULTS.iter();
    let defaults = defaults.find(|defaults| defaults.provider == provider);
    match defaults.map(|defaults| defaults.sizes) {
        Some((min, max)) if !(min..=max).contains(&block.length) => {
            let nearest = block.length.clamp(min, max).to_string();
            let parameters = [text.to_owned(), nearest, provider.to_owned()];
            Err(ApiError::from_code("ATLAS_INVALID_CIDR_BLOCK", parameters))
        }
        _ => Ok(()),
    }
}

/// Returns the next free CIDR block for a container of a cloud provider.
pub(super) fn free_block(containers: &[Record], provider: &str) -> String {
    let mut defaults = DEFAULTS.iter();
    let first = defaults
        .find(|defaults| defaults.provider == provider)
        .and_then(|defaults| Block::parse(&defaults.first_block));
    let first = first.unwrap_or(Block {
        address: u32::from(Ipv4Addr::new(192, 168, 248, 0)),
        length: 21,
    });
    let is_free = |block: &Block| {
        let cidr_block = block.format();
        !containers.iter().any(|container| {
            container.string("providerName") == provider
                && container.string("atlasCidrBlock") == cidr_block
        })
    };
    let blocks = (0..).map(|index| first.below(index));
    let mut blocks = blocks.take(containers.len() + 1);
    blocks.find(is_free).unwrap_or(first).format()
}

impl Block {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address: Ipv4Addr = address.parse().ok()?;
        let length = length.parse().ok().filter(|length| *length <= 32)?;
        Some(Self {
            address: address.into(),
            length,
        })
    }

    fn format(self) -> String {
        format!("{}/{}", Ipv4Addr::from(self.address), self.length)
    }

    /// Returns the number of addresses.
    fn size(self) -> u32 {
        1_u32.checked_shl(32 - u32::from(self.length)).unwrap_or(0)
    }

    fn canonical(self) -> Self {
        let mask = self.size().wrapping_sub(1);
        Self {
            address: self.address & !mask,
            ..self
        }
    }

    fn is_private(self) -> bool {
        let address = Ipv4Addr::from(self.address);
        address.is_private()
    }

    /// Returns the block `index` blocks below this one.
    const fn below(self, index: u32) -> Self {
        let distance = match 1_u32.checked_shl(32 - self.length as u32) {
            Some(size) => size.wrapping_mul(index),
            None => 0,
        };
        Self {
            address: self.address.wrapping_sub(distance),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_follow_each_other() {
        let block = Block::parse("192.168.248.0/21").unwrap();

        assert_eq!(block.below(1).format(), "192.168.240.0/21");
        assert!(block.canonical() == block && block.is_private());
        let other = Block::parse("192.168.9.0/21").unwrap();
        assert_eq!(other.canonical().format(), "192.168.8.0/21");
        assert!(Block::parse("10.0.0.0/33").is_none());
    }
}
