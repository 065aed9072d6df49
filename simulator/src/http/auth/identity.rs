//! Identifies the caller of a request by a key pair or an access token, and checks its access list.

mod accounts;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Mutex;

use http::header::AUTHORIZATION;
use http::request::Parts;

use accounts::Account;

use crate::call::error::ApiError;
use crate::call::roles::Caller;
use crate::http::auth::digest::{self, Nonces, Rejection};
use crate::http::auth::oauth::{self, TokenResponse, Tokens};
use crate::http::options::{self, Keys};
use crate::http::requests::header_text;
use crate::resources::{Block, keys_of};
use crate::schema::document::Operation;
use crate::schema::template::find_parameter;
use crate::state::clock::RunningClock;
use crate::state::{ApiRejection, Record, State, check_project_id, lock};

/// The IP address of every client.
pub(crate) const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Authenticates requests with the configured credentials and those in the state.
pub(crate) struct Authenticator<'a> {
    pub(crate) keys: &'a Keys,
    pub(crate) account: &'a options::Account,
    pub(crate) clock: &'a RunningClock,
    pub(crate) state: &'a Mutex<State>,
    pub(crate) nonces: &'a Mutex<Nonces>,
    pub(crate) tokens: &'a Mutex<Tokens>,
    pub(crate) enforces_rate_limits: bool,
}

impl Authenticator<'_> {
    /// Returns the caller of a request.
    pub(crate) fn caller(&self, parts: &Parts) -> Result<Caller, Rejection> {
        if let Some(token) = oauth::parse_bearer_token(&parts.headers) {
            let tokens = lock(self.tokens);
            let client = tokens
                .client(token, self.clock.now())
                .ok_or(Rejection::InvalidToken)?;
            if client == self.account.id {
                return Ok(Caller::owner(client));
            }
            let state = lock(self.state);
            let account = Account::find(&state, client).ok_or(Rejection::InvalidToken)?;
            return Ok(account.caller(&state));
        }
        let mut nonces = lock(self.nonces);
        nonces.set_now(self.clock.age());
        let state = lock(self.state);
        let private = |public: &str| {
            if public == self.keys.public {
                return Some(self.keys.private.clone());
            }
            let (_, key) = find_key(&state, public)?;
            Some(key.hidden.get("privateKey")?.as_str()?.to_owned())
        };
        let method = parts.method.as_str();
        let header = header_text(&parts.headers, &AUTHORIZATION);
        let public = digest::check(header, method, private, &mut nonces)?;
        Ok(match find_key(&state, &public) {
            Some((organization, key)) if public != self.keys.public => {
                Caller::with_roles(&public, organization, &key.document["roles"])
            }
            _ => Caller::owner(&public),
        })
    }

    /// Returns the response to a request that creates or revokes a token.
    pub(crate) fn token_response(&self, parts: &Parts, body: &str) -> TokenResponse {
        let Some((client, secret)) = oauth::parse_credentials(&parts.headers) else {
            return TokenResponse::unknown_client();
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
            && self.enforces_rate_limits
            && let Err(rejection) = tokens.check_rate(&client, self.clock.passed())
        {
            return rejection;
        }
        if !is_known {
            return TokenResponse::unknown_client();
        }
        if parts.uri.path() == oauth::TOKEN_PATH {
            let quota = self.enforces_rate_limits.then_some(oauth::MAX_TOKENS);
            return tokens.create(&client, body, self.clock.now(), self.clock.speed(), quota);
        }
        tokens.revoke(&client, body);
        TokenResponse {
            status: http::StatusCode::OK,
            document: serde_json::json!({}),
        }
    }
}

/// Returns an API key and the id of its organization.
fn find_key<'a>(state: &'a State, public: &str) -> Option<(&'a str, &'a Record)> {
    state.organizations().iter().find_map(|organization| {
        let keys = state.store.list(&keys_of(&organization.id));
        let key = keys.iter().find(|key| key.string("publicKey") == public)?;
        Some((organization.id.as_str(), key))
    })
}

/// Rejects an operation that the caller's roles do not permit, and one in another organization.
pub(crate) fn check_roles(
    state: &State,
    caller: &Caller,
    operation: &Operation,
    parameters: &[(&str, String)],
) -> Result<(), ApiError> {
    let parameter = |name: &str| find_parameter(parameters, name);
    let project = parameter("groupId");
    // The format of an id is checked before the caller's roles.
    project.map_or(Ok(()), check_project_id)?;
    if let Some(refusal @ ApiRejection::InvalidOrganizationId { .. }) =
        parameter("orgId").and_then(|id| state.organization(id).err())
    {
        return Err(refusal.into());
    }
    let existing = project.and_then(|id| state.project(id).ok());
    if existing.is_some_and(|project| !caller.belongs_to(&project.organization)) {
        return Err(ApiError::not_in_project());
    }
    if parameter("orgId").is_some_and(|id| state.organization(id).is_ok() && !caller.belongs_to(id))
    {
        return Err(ApiError::not_authorized());
    }
    caller.check(operation, project)?;
    let is_access_list = operation.path.contains("/apiKeys/{apiUserId}/accessList");
    match parameter("apiUserId").filter(|_| is_access_list && !caller.owns_organization()) {
        Some(id) if find_key(state, &caller.name).is_none_or(|(_, key)| key.key != id) => {
            Err(ApiError::access_list_denied())
        }
        _ => Ok(()),
    }
}

/// Rejects a caller whose access list does not contain the IP address of the client.
pub(crate) fn check_address(state: &State, caller: &Caller) -> Result<(), ApiError> {
    let of_key = find_key(state, &caller.name)
        .map(|(id, key)| vec![format!("{}/{}/accessList", keys_of(id), key.key)]);
    let of_account = || Account::find(state, &caller.name).map(|account| account.access_lists());
    let lists = of_key.or_else(of_account).unwrap_or_default();
    let lists = lists.iter().map(|list| state.store.list(list));
    let entries: Vec<&Record> = lists.flatten().collect();
    let allows = |entry: &Record| {
        Block::parse(entry.string("cidrBlock")).is_some_and(|block| block.contains(ADDRESS))
    };
    if entries.is_empty() && is_list_required(state, caller) {
        return Err(ApiError::access_list_required(&ADDRESS.to_string()));
    }
    if entries.is_empty() || entries.iter().any(|entry| allows(entry)) {
        return Ok(());
    }
    Err(ApiError::address_not_allowed(&ADDRESS.to_string()))
}

/// Returns `true` if the caller's organization requires an access list.
fn is_list_required(state: &State, caller: &Caller) -> bool {
    let organization = caller.organization.as_deref().unwrap_or_default();
    let settings = state
        .store
        .single(&format!("/orgs/{organization}/settings"));
    settings.is_some_and(|settings| settings.document["apiAccessListRequired"] == true)
}
