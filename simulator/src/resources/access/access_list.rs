//! IP access lists of projects, API keys and service accounts.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, keys_of};
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgApiKeyAccessListEntry", create_for_key),
    ("deleteOrgApiKeyAccessListEntry", delete_for_key),
    ("createGroupAccessListEntry", create),
];

/// IP address of every client.
const CLIENT_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Fields that identify an entry.
const ADDRESSES: [&str; 3] = ["cidrBlock", "ipAddress", "awsSecurityGroup"];

/// `POST /groups/{groupId}/accessList`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = call.path("groupId").to_owned();
    add_entries(state, call, |entry| {
        entry["groupId"] = json!(project);
        if entry.get("comment").is_none() {
            entry["comment"] = json!("");
        }
    })
}

/// `POST /orgs/{orgId}/apiKeys/{apiUserId}/accessList`
pub(crate) fn create_for_key(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let now = format_time(call.now);
    add_entries(state, call, |entry| {
        entry["count"] = json!(0);
        entry["created"] = json!(now);
    })
}

/// `DELETE /orgs/{orgId}/apiKeys/{apiUserId}/accessList/{ipAddress}`
///
/// Rejects a request that deletes the caller's own address from the access list of the caller's key.
pub(crate) fn delete_for_key(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let keys = keys_of(&call.organization);
    let key = state.store.find(&keys, &["id"], call.path("apiUserId"));
    let is_own = key.is_some_and(|key| key.string("publicKey") == call.sender());
    let value = call.path("ipAddress");
    let entry = state.store.find(&context.collection, &ADDRESSES, value);
    let block = entry.and_then(|entry| Block::parse(entry.string("cidrBlock")));
    if is_own && block.is_some_and(|block| block.contains(CLIENT_ADDRESS)) {
        let detail =
            format!("Cannot remove caller's IP address {CLIENT_ADDRESS} from the access list.");
        let code = "CANNOT_REMOVE_CALLER_FROM_WHITELIST";
        let parameters = vec![json!(CLIENT_ADDRESS.to_string())];
        return Err(ApiError::rejected(400, code, detail, parameters));
    }
    generic::respond(state, call)
}

/// `POST …/serviceAccounts/{clientId}/accessList`
pub(crate) fn create_for_account(
    state: &mut State,
    context: &Context<'_>,
) -> Result<ApiResponse, ApiError> {
    let now = format_time(context.call.now);
    add_to_collection(state, context, |entry| {
        entry["createdAt"] = json!(now);
        entry["requestCount"] = json!(0);
        for field in ["ipAddress", "lastUsedAddress", "lastUsedAt"] {
            if entry.get(field).is_none() {
                entry[field] = Value::Null;
            }
        }
    })
}

fn add_entries(
    state: &mut State,
    call: &Call,
    complete: impl Fn(&mut Value),
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    add_to_collection(state, &context, complete)
}

fn add_to_collection(
    state: &mut State,
    context: &Context<'_>,
    complete: impl Fn(&mut Value),
) -> Result<ApiResponse, ApiError> {
    let call = context.call;
    let body = requests::parse_body(context)?.unwrap_or_default();
    let mut entries = body.as_array().cloned().unwrap_or_default();
    // An invalid entry rejects the whole request.
    entries.iter_mut().try_for_each(normalize)?;
    for mut entry in entries {
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

/// Completes an entry with both notations of its address: IP address and CIDR block.
fn normalize(entry: &mut Value) -> Result<(), ApiError> {
    let address = entry["ipAddress"].as_str().map(str::to_owned);
    let block = entry["cidrBlock"].as_str().map(str::to_owned);
    match (address, block) {
        (Some(address), _) => {
            if address.parse::<IpAddr>().is_err() {
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

/// A CIDR block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    address: u128,
    is_ipv6: bool,
    prefix_length: u32,
}

impl Block {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let prefix_length = length.parse().ok()?;
        let maximum = if address.is_ipv6() { 128 } else { 32 };
        (prefix_length <= maximum).then(|| Self {
            address: to_number(address),
            is_ipv6: address.is_ipv6(),
            prefix_length,
        })
    }

    /// Returns `true` if the block contains an address.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let bits = if self.is_ipv6 { 128 } else { 32 };
        let shift = bits - self.prefix_length;
        let prefix = |number: u128| number.checked_shr(shift).unwrap_or_default();
        address.is_ipv6() == self.is_ipv6 && prefix(self.address) == prefix(to_number(address))
    }
}

fn to_number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_contains_addresses_with_its_prefix() {
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
