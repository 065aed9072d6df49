//! The steps of a request: authenticate, route, check the rate limit, negotiate the version, execute.

mod downloads;
mod origin;
mod owner;
mod private;

use std::net::SocketAddr;
use std::sync::Mutex;

use axum::extract::Query as AxumQuery;
use axum::response::Response;
use bytes::Bytes;
use http::header::ACCEPT;
use http::request::Parts;
use http::{HeaderName, Method};

use origin::origin;
use owner::initial_state;

use crate::call::error::ApiError;
use crate::call::rate_limits::invitations::InvitationLimit;
use crate::call::rate_limits::{self, Allowance, Limits};
use crate::call::roles::Caller;
use crate::call::{ApiResponse, Call, Query};
use crate::http::auth::digest::{self, Nonces, Rejection};
use crate::http::auth::identity::{self, Authenticator};
use crate::http::auth::oauth::{self, Tokens};
use crate::http::faults::Faults;
use crate::http::headers::{self, Layout};
use crate::http::options::seed::Seed;
use crate::http::options::{Account, Keys, Options};
use crate::http::requests::{Requests, header_text};
use crate::http::routing::{self, Legacy, Match, Route};
use crate::http::versions;
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::clock::RunningClock;
use crate::state::{State, lock};

/// Header that requests the configured hardware in addition to the effective hardware.
const EFFECTIVE_FIELDS: HeaderName = HeaderName::from_static("use-effective-instance-fields");

/// The state of a simulator, shared by its handlers and its owner.
pub(crate) struct Service {
    document: &'static Document,
    pub(crate) keys: Keys,
    pub(crate) account: Account,
    enforces_rate_limits: bool,
    pub(crate) is_controlled: bool,
    /// The base URL of links.
    public_url: Option<String>,
    /// The address of the listener, such as `127.0.0.1:27080`.
    address: String,
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
    pub(crate) fn new(options: Options, document: &'static Document, address: SocketAddr) -> Self {
        let clock = options.clock.start();
        let credentials = (&options.keys, &options.account);
        let state = initial_state(options.seed, credentials, clock.now());
        Self {
            document,
            keys: options.keys,
            account: options.account,
            enforces_rate_limits: options.enforces_rate_limits,
            is_controlled: options.is_controlled,
            public_url: options.public_url,
            address: address.to_string(),
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
            enforces_rate_limits: self.enforces_rate_limits,
        }
    }

    /// Returns the response to a request.
    pub(crate) fn respond(&self, parts: &Parts, body: Bytes) -> Response {
        let path = parts.uri.path();
        if matches!(path, oauth::TOKEN_PATH | oauth::REVOKE_PATH) && parts.method == "POST" {
            let form = String::from_utf8_lossy(&body);
            return headers::build_token_response(
                &self.authenticator().token_response(parts, &form),
            );
        }
        if let Some(response) = private::respond_without_credentials(parts) {
            return response;
        }
        if let Some(file) = downloads::find(path) {
            return headers::build_success(file, headers::GZIP, Layout::default());
        }
        let caller = match self.authenticator().caller(parts) {
            Ok(caller) => caller,
            Err(rejection) => return self.reject(rejection),
        };
        if let Some(response) = private::respond_with_credentials(parts) {
            return response;
        }
        let path = path.trim_end_matches('/');
        match routing::find(self.document, parts.method.as_str(), path) {
            Match::Found(route) => self.respond_to(&route, parts, body, &caller),
            Match::OtherMethods(allowed) if parts.method == Method::OPTIONS => {
                headers::build_options_response(&allowed)
            }
            Match::OtherMethods(allowed) => headers::build_method_not_allowed(&allowed),
            Match::UnknownPath => headers::build_not_found(parts.uri.path()),
        }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        if rejection == Rejection::InvalidToken {
            return headers::build_challenge(oauth::CHALLENGE);
        }
        let nonce = lock(&self.nonces).issue(self.clock.age());
        headers::build_challenge(&digest::challenge(&nonce, rejection))
    }

    fn respond_to(&self, route: &Route, parts: &Parts, body: Bytes, caller: &Caller) -> Response {
        if let Some(legacy) = &route.legacy {
            return self.respond_unversioned(route, legacy, parts, body, caller);
        }
        let operation = route.operation;
        let allowance = self.allowance(operation, &route.parameters, caller);
        let mut java_method = String::new();
        let mut response = match self.check(route, parts, caller, allowance) {
            Err(error) => headers::build_error(&error),
            Ok(version) => {
                java_method = resources::java_method(operation, &version.version);
                let mut call = self.call(route, parts, body, caller);
                call.version.clone_from(&version.version);
                call.operation = Some(operation);
                call.suffix.clone_from(&version.suffix);
                match self.execute(route, &mut call) {
                    Ok(reply) => success(reply, &call, &version.content_type(), Some(&version)),
                    Err(error) => {
                        let mut response = headers::build_error(&error);
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
        route: &Route,
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
        let version = versions::negotiate(accept, route.operation, path, self.clock.now())?;
        identity::check_roles(
            &lock(&self.state),
            caller,
            route.operation,
            &route.parameters,
        )?;
        if self.enforces_rate_limits {
            lock(&self.invitations).take(&route.operation.id, self.clock.passed())?;
        }
        Ok(version)
    }

    fn respond_unversioned(
        &self,
        route: &Route,
        legacy: &Legacy,
        parts: &Parts,
        body: Bytes,
        caller: &Caller,
    ) -> Response {
        let mut call = self.call(route, parts, body, caller);
        if !legacy.version.is_empty() {
            call.version.clone_from(&legacy.version);
            call.operation = Some(route.operation);
            call.suffix.clone_from(&legacy.suffix);
        }
        let checked = {
            let state = lock(&self.state);
            identity::check_address(&state, caller).and_then(|()| {
                identity::check_roles(&state, caller, route.operation, &route.parameters)
            })
        };
        let result = checked.and_then(|()| self.execute(route, &mut call));
        let mut response = match result {
            Ok(reply) => {
                let content_type = match legacy.suffix.as_str() {
                    "gzip" => headers::GZIP,
                    _ => headers::JSON,
                };
                success(reply, &call, content_type, None)
            }
            Err(error) => headers::build_error(&error),
        };
        headers::add_common(&mut response, None, "");
        response
    }

    fn call(&self, route: &Route, parts: &Parts, body: Bytes, caller: &Caller) -> Call {
        let pairs = AxumQuery::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let path = parts.uri.path();
        Call {
            operation: None,
            suffix: String::new(),
            request_path: path.trim_end_matches('/').to_owned(),
            parameters: route.parameters.clone(),
            query: Query::new(pairs.map(|AxumQuery(pairs)| pairs).unwrap_or_default()),
            body,
            origin: origin(parts, self.public_url.as_deref(), &self.address),
            version: String::new(),
            now: self.clock.now(),
            caller: caller.clone(),
            organization: String::new(),
            page_faults: lock(&self.faults).pages(parts),
            is_configured_hardware_requested: header_text(&parts.headers, &EFFECTIVE_FIELDS)
                == Some("true"),
        }
    }

    fn execute(&self, route: &Route, call: &mut Call) -> Result<ApiResponse, ApiError> {
        let operation = Some(route.operation);
        resources::execute(&mut lock(&self.state), route.handler, operation, call)
    }
}

/// Returns a successful response in the layout that the query requests.
fn success(
    reply: ApiResponse,
    call: &Call,
    content_type: &str,
    version: Option<&versions::Resolved>,
) -> Response {
    let layout = Layout {
        is_pretty: call.query.flag("pretty").unwrap_or_default(),
        is_enveloped: call.query.flag("envelope").unwrap_or_default(),
    };
    let operation = call.operation.map(|operation| operation.id.as_str());
    let own = operation.and_then(headers::find_content_type);
    let mut response = headers::build_success(reply, own.unwrap_or(content_type), layout);
    if let Some(version) = version {
        headers::set_deprecation(&mut response, version);
    }
    response
}
