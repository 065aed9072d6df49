//! The steps of a request: authenticate, route, check the rate limit, negotiate the version, execute.

mod owner;

use std::sync::Mutex;

use axum::extract::Query as AxumQuery;
use axum::response::Response;
use bytes::Bytes;
use http::header::{ACCEPT, HOST};
use http::request::Parts;
use http::uri::Authority;

use crate::call::error::ApiError;
use crate::call::rate_limits::invitations::InvitationLimit;
use crate::call::rate_limits::{self, Allowance, Limits};
use crate::call::roles::Caller;
use crate::call::{Call, Query, Reply};
use crate::http::auth::digest::{self, Nonces, Rejection};
use crate::http::auth::identity::{self, Authenticator};
use crate::http::auth::oauth::{self, Tokens};
use crate::http::faults::Faults;
use crate::http::headers::{self, Layout};
use crate::http::legacy;
use crate::http::options::seed::Seed;
use crate::http::options::{Account, Keys, Options};
use crate::http::requests::{Requests, header_text};
use crate::http::versions;
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::schema::template::PathParameters;
use crate::state::clock::RunningClock;
use crate::state::{State, lock};

/// The path prefix of the versioned API.
const ROOT: &str = "/api/atlas/v2";

/// The state of a simulator, shared by its handlers and its owner.
pub(crate) struct Service {
    document: &'static Document,
    pub(crate) keys: Keys,
    pub(crate) account: Account,
    enforces_rate_limits: bool,
    pub(crate) is_controlled: bool,
    seed: Mutex<Seed>,
    pub(crate) clock: RunningClock,
    pub(crate) state: Mutex<State>,
    pub(crate) nonces: Mutex<Nonces>,
    pub(crate) tokens: Mutex<Tokens>,
    limits: Mutex<Limits>,
    invitations: Mutex<InvitationLimit>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) requests: Mutex<Requests>,
}

impl Service {
    pub(crate) fn new(options: Options, document: &'static Document) -> Self {
        let clock = options.clock.start();
        let credentials = (&options.keys, &options.account);
        let state = initial_state(options.seed, credentials, clock.now());
        Self {
            document,
            keys: options.keys,
            account: options.account,
            enforces_rate_limits: options.enforces_rate_limits,
            is_controlled: options.is_controlled,
            seed: Mutex::new(options.seed),
            clock,
            tokens: Mutex::default(),
            state: Mutex::new(state),
            nonces: Mutex::new(Nonces::new(options.nonce_lifetime)),
            limits: Mutex::default(),
            invitations: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
        }
    }

    const fn authenticator(&self) -> Authenticator<'_> {
        Authenticator {
            keys: &self.keys,
            account: &self.account,
            clock: &self.clock,
            state: &self.state,
            nonces: &self.nonces,
            tokens: &self.tokens,
        }
    }

    /// Returns the response to a request.
    pub(crate) fn respond(&self, parts: &Parts, body: Bytes) -> Response {
        let path = parts.uri.path();
        if matches!(path, oauth::TOKEN_PATH | oauth::REVOKE_PATH) && parts.method == "POST" {
            let form = String::from_utf8_lossy(&body);
            return headers::oauth(&self.authenticator().token_response(parts, &form));
        }
        let caller = match self.authenticator().caller(parts) {
            Ok(caller) => caller,
            Err(rejection) => return self.reject(rejection),
        };
        if path == ROOT || path.starts_with("/api/atlas/v2/") {
            self.respond_versioned(parts, body, &caller)
        } else {
            self.respond_unversioned(parts, body, &caller)
        }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        if rejection == Rejection::OtherTarget {
            return headers::failure(&ApiError::other_target());
        }
        if rejection == Rejection::InvalidToken {
            return headers::challenge(oauth::CHALLENGE);
        }
        let nonce = lock(&self.nonces).issue(self.clock.age());
        headers::challenge(&digest::challenge(&nonce, rejection))
    }

    fn respond_versioned(&self, parts: &Parts, body: Bytes, caller: &Caller) -> Response {
        let path = parts.uri.path();
        let Some((operation, parameters)) = self.document.find(parts.method.as_str(), path) else {
            return not_found(path);
        };
        let allowance = self.allowance(operation, &parameters, caller);
        let mut java_method = String::new();
        let checked = self.check(operation, &parameters, parts, caller, allowance);
        let mut response = match checked {
            Err(error) => headers::failure(&error),
            Ok(version) => {
                java_method = resources::java_method(operation, &version.version);
                let mut call = self.call(parts, body, parameters, caller);
                call.version.clone_from(&version.version);
                call.operation = Some(operation);
                call.suffix.clone_from(&version.suffix);
                match self.execute(
                    resources::handler_for(operation),
                    Some(operation),
                    &mut call,
                ) {
                    Ok(reply) => success(reply, &call.query, Some(&version)),
                    Err(error) => {
                        let mut response = headers::failure(&error);
                        headers::set_deprecation(&mut response, &version);
                        response
                    }
                }
            }
        };
        headers::add_common(&mut response, allowance, &java_method);
        response
    }

    /// Takes a token from the rate limit of an operation and returns the remaining allowance.
    fn allowance(
        &self,
        operation: &Operation,
        parameters: &[(&str, String)],
        caller: &Caller,
    ) -> Option<Allowance> {
        let set = rate_limits::set_of(operation)?;
        let scope = parameters.first().filter(|_| set.scope != "USER");
        let scope = scope.map_or(caller.name.as_str(), |(_, value)| value);
        Some(lock(&self.limits).take(set, scope, self.clock.passed()))
    }

    /// Checks the rate limit, the access list, the version and the roles of a request.
    fn check(
        &self,
        operation: &Operation,
        parameters: &[(&str, String)],
        parts: &Parts,
        caller: &Caller,
        allowance: Option<Allowance>,
    ) -> Result<versions::Resolved, ApiError> {
        let path = parts.uri.path();
        let exhausted = allowance.and_then(|allowance| Some((allowance, allowance.retry_after?)));
        if let Some((allowance, wait)) = exhausted
            && self.enforces_rate_limits
        {
            let path = path.trim_start_matches('/');
            let seconds = rate_limits::REFILL_SECONDS;
            return Err(ApiError::rate_limited(
                path,
                wait,
                allowance.capacity,
                seconds,
            ));
        }
        identity::check_address(&lock(&self.state), caller)?;
        let accept = header_text(&parts.headers, &ACCEPT).unwrap_or_default();
        let version = versions::negotiate(accept, operation, path, self.clock.now())?;
        identity::check_roles(&lock(&self.state), caller, operation, parameters)?;
        if self.enforces_rate_limits {
            lock(&self.invitations).take(&operation.id, self.clock.passed())?;
        }
        Ok(version)
    }

    fn respond_unversioned(&self, parts: &Parts, body: Bytes, caller: &Caller) -> Response {
        let path = parts.uri.path();
        let Some((handler, parameters, id)) = legacy::find(parts.method.as_str(), path) else {
            return not_found(path);
        };
        let mut call = self.call(parts, body, parameters, caller);
        let mut operations = self.document.operations().iter();
        let operation = operations.find(|operation| operation.id == id);
        let mut response = match self.execute(handler, operation, &mut call) {
            Ok(reply) => success(reply, &call.query, None),
            Err(error) => headers::failure(&error),
        };
        headers::add_common(&mut response, None, "");
        response
    }

    fn call(
        &self,
        parts: &Parts,
        body: Bytes,
        parameters: PathParameters<'static>,
        caller: &Caller,
    ) -> Call {
        let pairs = AxumQuery::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        // Links use the host of the request: in HTTP/2 the authority, otherwise `Host`.
        let authority = parts.uri.authority().map(Authority::as_str);
        let host = authority
            .or_else(|| header_text(&parts.headers, &HOST))
            .unwrap_or("127.0.0.1");
        Call {
            operation: None,
            suffix: String::new(),
            request_path: parts.uri.path().to_owned(),
            parameters,
            query: Query::new(pairs.map(|AxumQuery(pairs)| pairs).unwrap_or_default()),
            body,
            origin: format!("http://{host}"),
            version: String::new(),
            now: self.clock.now(),
            caller: caller.clone(),
            organization: String::new(),
            page_faults: lock(&self.faults).pages(parts),
        }
    }

    fn execute(
        &self,
        handler: resources::Handler,
        operation: Option<&Operation>,
        call: &mut Call,
    ) -> Result<Reply, ApiError> {
        resources::execute(&mut lock(&self.state), handler, operation, call)
    }
}

/// Returns the state of a seed, with the snapshots of the past and the configured credentials.
fn initial_state(seed: Seed, credentials: (&Keys, &Account), now: jiff::Timestamp) -> State {
    let mut state = seed.build(now);
    let (keys, account) = credentials;
    resources::access::api_keys::add_configured(&mut state, &keys.public, now);
    resources::access::service_accounts::add_configured(&mut state, &account.id, now);
    resources::backups::schedules::seed(&mut state, now);
    state
}

/// Returns a successful response in the layout that the query requests.
fn success(reply: Reply, query: &Query, version: Option<&versions::Resolved>) -> Response {
    let layout = Layout {
        is_pretty: query.flag("pretty").unwrap_or_default(),
        is_enveloped: query.flag("envelope").unwrap_or_default(),
    };
    headers::success(reply, version, layout)
}

fn not_found(path: &str) -> Response {
    let mut response = headers::failure(&ApiError::resource_not_found(path));
    headers::add_common(&mut response, None, "");
    response
}
