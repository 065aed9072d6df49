//! Access lists: addresses as single ones and as blocks, of projects and of API keys.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::written;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgApiKeyAccessListEntry", create_for_key),
    ("createGroupAccessListEntry", create),
];

/// Fields that say what an entry lets in.
const ADDRESSES: [&str; 3] = ["cidrBlock", "ipAddress", "awsSecurityGroup"];

/// `POST /groups/{groupId}/accessList`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = call.path("groupId").to_owned();
    add(state, call, |entry| {
        entry["groupId"] = json!(project);
        if entry.get("comment").is_none() {
            entry["comment"] = json!("");
        }
    })
}

/// `POST /orgs/{orgId}/apiKeys/{apiUserId}/accessList`
pub(crate) fn create_for_key(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let now = written(call.now);
    add(state, call, |entry| {
        entry["count"] = json!(0);
        entry["created"] = json!(now);
    })
}

/// `POST …/serviceAccounts/{clientId}/accessList`
pub(crate) fn create_for_account(
    state: &mut State,
    context: &Context<'_>,
) -> Result<Reply, ApiError> {
    let now = written(context.call.now);
    add_to(state, context, |entry| {
        entry["createdAt"] = json!(now);
        entry["requestCount"] = json!(0);
        for unknown in ["ipAddress", "lastUsedAddress", "lastUsedAt"] {
            if entry.get(unknown).is_none() {
                entry[unknown] = Value::Null;
            }
        }
    })
}

fn add(state: &mut State, call: &Call, complete: impl Fn(&mut Value)) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    add_to(state, &context, complete)
}

fn add_to(
    state: &mut State,
    context: &Context<'_>,
    complete: impl Fn(&mut Value),
) -> Result<Reply, ApiError> {
    let call = context.call;
    let body = requests::body(context)?.unwrap_or_default();
    let mut drafts = body.as_array().cloned().unwrap_or_default();
    // All of them are good before the first is kept.
    drafts.iter_mut().try_for_each(normalise)?;
    for mut entry in drafts {
        complete(&mut entry);
        let value = ADDRESSES.iter().find_map(|field| entry[*field].as_str());
        let key = value.unwrap_or_default().to_owned();
        let path = format!("{}/{}", call.request_path, key.replace('/', "%2F"));
        entry["links"] = json!([{ "href": call.link(&path), "rel": "self" }]);
        state.store.remove(&context.collection, &ADDRESSES, &key);
        let record = Record::new(key, entry, call.now);
        state.store.list_mut(&context.collection).push(record);
    }
    let records = state.store.list(&context.collection).to_vec();
    generic::list_response(context, &records)
}

/// Writes an entry's address both ways, where it has both.
fn normalise(entry: &mut Value) -> Result<(), ApiError> {
    let address = entry["ipAddress"].as_str().map(str::to_owned);
    let block = entry["cidrBlock"].as_str().map(str::to_owned);
    match (address, block) {
        (Some(address), _) => {
            if address.parse::<std::net::IpAddr>().is_err() {
                return Err(ApiError::invalid_attribute("ipAddress", "an IP address"));
            }
            let length = if address.contains(':') { 128 } else { 32 };
            entry["cidrBlock"] = json!(format!("{address}/{length}"));
        }
        (None, Some(block)) => {
            if Block::parse(&block).is_none() {
                return Err(ApiError::invalid_attribute(
                    "cidrBlock",
                    "a block of addresses",
                ));
            }
            if let Some(address) = block.strip_suffix("/32") {
                entry["ipAddress"] = json!(address);
            }
        }
        (None, None) if entry["awsSecurityGroup"].is_null() => {
            return Err(ApiError::missing_attribute("ipAddress"));
        }
        (None, None) => {}
    }
    Ok(())
}

/// A block of addresses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    address: u128,
    is_long: bool,
    length: u32,
}

impl Block {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address: std::net::IpAddr = address.parse().ok()?;
        let length = length.parse().ok()?;
        let longest = if address.is_ipv6() { 128 } else { 32 };
        (length <= longest).then(|| Self {
            address: number(address),
            is_long: address.is_ipv6(),
            length,
        })
    }

    /// Whether an address is in it.
    pub(crate) fn contains(self, address: std::net::IpAddr) -> bool {
        let bits = if self.is_long { 128 } else { 32 };
        let shift = bits - self.length;
        let head = |number: u128| number.checked_shr(shift).unwrap_or_default();
        address.is_ipv6() == self.is_long && head(self.address) == head(number(address))
    }
}

fn number(address: std::net::IpAddr) -> u128 {
    match address {
        std::net::IpAddr::V4(address) => u128::from(u32::from(address)),
        std::net::IpAddr::V6(address) => u128::from(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_contains_the_addresses_that_begin_like_it() {
        let contains = |block: &str, address: &str| {
            Block::parse(block)
                .unwrap()
                .contains(address.parse().unwrap())
        };

        assert!(contains("127.0.0.0/8", "127.0.0.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(!contains("203.0.113.0/24", "127.0.0.1"));
        assert!(!contains("::/0", "127.0.0.1"));
        assert!(Block::parse("127.0.0.1/33").is_none());
    }
}
