//! The caller of a request, identified by a key pair or an access token, and the addresses it may call from.

mod accounts;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Mutex;

use http::header::AUTHORIZATION;
use http::request::Parts;

use accounts::Account;

use crate::call::error::ApiError;
use crate::call::roles::Caller;
use crate::http::auth::digest::{self, Nonces, Rejection};
use crate::http::auth::oauth::{self, Answer, Tokens};
use crate::http::options::{self, Keys};
use crate::http::requests::{header_text, target};
use crate::resources::{Block, keys_of};
use crate::schema::document::Operation;
use crate::schema::template::find_parameter;
use crate::state::clock::RunningClock;
use crate::state::{ApiRejection, Record, State, check_project_id, lock};

/// The address of every client of a simulator.
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Authenticates requests with the credentials that a simulator was started with and those in its state.
pub(crate) struct Authenticator<'a> {
    pub(crate) keys: &'a Keys,
    pub(crate) account: &'a options::Account,
    pub(crate) clock: &'a RunningClock,
    pub(crate) state: &'a Mutex<State>,
    pub(crate) nonces: &'a Mutex<Nonces>,
    pub(crate) tokens: &'a Mutex<Tokens>,
}

impl Authenticator<'_> {
    /// Returns the caller of a request.
    pub(crate) fn caller(&self, parts: &Parts) -> Result<Caller, Rejection> {
        if let Some(token) = oauth::bearer(&parts.headers) {
            let tokens = lock(self.tokens);
            let client = tokens
                .client(token, self.clock.now())
                .ok_or(Rejection::BadToken)?;
            if client == self.account.id {
                return Ok(Caller::owner(client));
            }
            let state = lock(self.state);
            let account = Account::find(&state, client).ok_or(Rejection::BadToken)?;
            return Ok(account.caller(&state));
        }
        let mut nonces = lock(self.nonces);
        nonces.set_now(self.clock.age());
        let state = lock(self.state);
        let private = |public: &str| {
            if public == self.keys.public {
                return Some(self.keys.private.clone());
            }
            let (_, key) = key(&state, public)?;
            Some(key.hidden.get("privateKey")?.as_str()?.to_owned())
        };
        let method = parts.method.as_str();
        let header = header_text(&parts.headers, &AUTHORIZATION);
        let public = digest::check(header, method, target(parts), private, &mut nonces)?;
        Ok(match key(&state, &public) {
            Some((organization, key)) if public != self.keys.public => {
                Caller::with_roles(&public, organization, &key.document["roles"])
            }
            _ => Caller::owner(&public),
        })
    }

    /// Answers a request that creates or revokes a token.
    pub(crate) fn answer_oauth(&self, parts: &Parts, body: &str) -> Answer {
        let Some((client, secret)) = oauth::credentials(&parts.headers) else {
            return Answer::unknown_client();
        };
        let is_known = {
            let state = lock(self.state);
            let is_configured = client == self.account.id && secret == self.account.secret;
            let now = self.clock.now();
            let account = || Account::find(&state, &client);
            is_configured || account().is_some_and(|account| account.has_secret(&secret, now))
        };
        let mut tokens = lock(self.tokens);
        if parts.uri.path() == oauth::TOKEN_PATH
            && let Err(refused) = tokens.admit(&client, self.clock.age())
        {
            return refused;
        }
        if !is_known {
            return Answer::unknown_client();
        }
        if parts.uri.path() == oauth::TOKEN_PATH {
            return tokens.mint(&client, body, self.clock.now());
        }
        tokens.revoke(&client, body);
        Answer {
            status: http::StatusCode::OK,
            document: serde_json::json!({}),
        }
    }
}

/// A key and the id of its organization.
fn key<'a>(state: &'a State, public: &str) -> Option<(&'a str, &'a Record)> {
    state.organizations().iter().find_map(|organization| {
        let keys = state.store.list(&keys_of(&organization.id));
        let key = keys.iter().find(|key| key.text("publicKey") == public)?;
        Some((organization.id.as_str(), key))
    })
}

/// Refuses what a caller may not do, or does in the organization of others.
pub(crate) fn check_roles(
    state: &State,
    caller: &Caller,
    operation: &Operation,
    parameters: &[(&str, String)],
) -> Result<(), ApiError> {
    let named = |name: &str| find_parameter(parameters, name);
    let project = named("groupId");
    // A malformed id is rejected as such, whoever the caller is.
    project.map_or(Ok(()), check_project_id)?;
    if let Some(refusal @ ApiRejection::InvalidOrganizationId { .. }) =
        named("orgId").and_then(|id| state.organization(id).err())
    {
        return Err(refusal.into());
    }
    let of_project = project.and_then(|id| state.project(id).ok());
    if of_project.is_some_and(|project| !caller.belongs_to(&project.organization)) {
        return Err(ApiError::not_in_project());
    }
    if named("orgId").is_some_and(|id| state.organization(id).is_ok() && !caller.belongs_to(id)) {
        return Err(ApiError::not_authorized());
    }
    caller.check(operation, project)?;
    let access_list = operation.path.contains("/apiKeys/{apiUserId}/accessList");
    match named("apiUserId").filter(|_| access_list && !caller.owns_organization()) {
        Some(id) if key(state, &caller.name).is_none_or(|(_, key)| key.key != id) => {
            Err(ApiError::access_list_denied())
        }
        _ => Ok(()),
    }
}

/// Refuses a caller whose access list does not have the address of every client here.
pub(crate) fn check_address(state: &State, caller: &Caller) -> Result<(), ApiError> {
    let of_key = key(state, &caller.name)
        .map(|(id, key)| vec![format!("{}/{}/accessList", keys_of(id), key.key)]);
    let of_account = || Account::find(state, &caller.name).map(|account| account.access_lists());
    let lists = of_key.or_else(of_account).unwrap_or_default();
    let lists = lists.iter().map(|list| state.store.list(list));
    let entries: Vec<&Record> = lists.flatten().collect();
    let lets_in = |entry: &Record| {
        Block::parse(entry.text("cidrBlock")).is_some_and(|block| block.contains(ADDRESS))
    };
    if entries.is_empty() && requires_list(state, caller) {
        return Err(ApiError::access_list_required());
    }
    if entries.is_empty() || entries.iter().any(|entry| lets_in(entry)) {
        return Ok(());
    }
    Err(ApiError::address_not_allowed(&ADDRESS.to_string()))
}

/// Returns whether the caller's organization requires an access list.
fn requires_list(state: &State, caller: &Caller) -> bool {
    let organization = caller.organization.as_deref().unwrap_or_default();
    let settings = state
        .store
        .single(&format!("/orgs/{organization}/settings"));
    settings.is_some_and(|settings| settings.document["apiAccessListRequired"] == true)
}
