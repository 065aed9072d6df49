//! Who sent a request: a key pair or an access token, and what it may come from.

use std::net::{IpAddr, Ipv4Addr};

use http::header::AUTHORIZATION;
use http::request::Parts;

use crate::digest::{self, Rejection};
use crate::error::ApiError;
use crate::oauth::{self, Answer};
use crate::requests::target;
use crate::resources::{Block, SECRETS, keys_of};
use crate::roles::Caller;
use crate::service::{Service, text};
use crate::state::{Record, State, lock};

/// Where every client of a simulator is.
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Recognizes the sender of a request; a token that is not good gets the challenge of a digest.
pub(crate) fn caller(service: &Service, parts: &Parts) -> Result<Caller, Rejection> {
    if let Some(token) = oauth::bearer(&parts.headers) {
        let tokens = lock(&service.tokens);
        let client = tokens
            .client(token, service.clock.now())
            .ok_or(Rejection::Unauthorized)?;
        if client == service.account.id {
            return Ok(Caller::owner(client));
        }
        let state = lock(&service.state);
        let account = account(&state, client).ok_or(Rejection::Unauthorized)?;
        return Ok(Caller::with_roles(client, &account.document["roles"]));
    }
    let mut nonces = lock(&service.nonces);
    nonces.set_now(service.clock.age());
    let state = lock(&service.state);
    let keys = state.store.list(&keys_of(&state.organization.id));
    let find = |public: &str| keys.iter().find(|key| key.text("publicKey") == public);
    let private = |public: &str| {
        if public == service.keys.public {
            return Some(service.keys.private.clone());
        }
        Some(find(public)?.hidden.get("privateKey")?.as_str()?.to_owned())
    };
    let method = parts.method.as_str();
    let header = text(&parts.headers, &AUTHORIZATION);
    let public = digest::check(header, method, target(parts), private, &mut nonces)?;
    Ok(match find(&public) {
        Some(key) if public != service.keys.public => {
            Caller::with_roles(&public, &key.document["roles"])
        }
        _ => Caller::owner(&public),
    })
}

/// Refuses a key whose access list does not have the address of every client here.
pub(crate) fn check_address(state: &State, caller: &Caller) -> Result<(), ApiError> {
    let keys = keys_of(&state.organization.id);
    let key = state
        .store
        .list(&keys)
        .iter()
        .find(|it| it.text("publicKey") == caller.name);
    let Some(key) = key else { return Ok(()) };
    let entries = state.store.list(&format!("{keys}/{}/accessList", key.key));
    let lets_in = |entry: &Record| {
        Block::parse(entry.text("cidrBlock")).is_some_and(|block| block.contains(ADDRESS))
    };
    if entries.is_empty() || entries.iter().any(lets_in) {
        return Ok(());
    }
    Err(ApiError::address_not_allowed(&ADDRESS.to_string()))
}

/// Answers a request for a token, or to revoke one.
pub(crate) fn answer_oauth(service: &Service, parts: &Parts, body: &str) -> Answer {
    let Some((client, secret)) = oauth::credentials(&parts.headers) else {
        return Answer::unknown_client();
    };
    let is_known = {
        let state = lock(&service.state);
        let is_configured = client == service.account.id && secret == service.account.secret;
        is_configured || account(&state, &client).is_some_and(|it| has_secret(it, &secret))
    };
    let mut tokens = lock(&service.tokens);
    if parts.uri.path() == oauth::TOKEN_PATH
        && let Err(refused) = tokens.admit(&client, service.clock.age())
    {
        return refused;
    }
    if !is_known {
        return Answer::unknown_client();
    }
    if parts.uri.path() == oauth::TOKEN_PATH {
        return tokens.mint(&client, body, service.clock.now());
    }
    tokens.revoke(&client, body);
    Answer {
        status: http::StatusCode::OK,
        document: serde_json::json!({}),
    }
}

fn account<'a>(state: &'a State, client: &str) -> Option<&'a Record> {
    let accounts = state
        .store
        .below("/")
        .filter(|(path, _)| path.ends_with("/serviceAccounts"));
    let mut all = accounts.flat_map(|(_, records)| records);
    all.find(|it| it.text("clientId") == client)
}

fn has_secret(account: &Record, secret: &str) -> bool {
    let secrets = account.hidden.get(SECRETS).and_then(|it| it.as_array());
    secrets.is_some_and(|secrets| secrets.iter().any(|it| it == secret))
}
