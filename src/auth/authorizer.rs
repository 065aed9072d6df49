//! The authentication interface of the transport.

use std::path::PathBuf;

use http::{HeaderMap, StatusCode};
use reqwest::Request;

use super::attempt::{AuthAttempt, AuthAttemptKind};
use super::bearer::Bearer;
use super::digest::Digest;
use super::token_cache::TokenCache;
use super::token_endpoint::TokenEndpoint;
use super::token_provider::TokenProvider;
use super::{ApiKey, Credentials};
use crate::error::Result;

/// Authenticates requests; shared by all clones of a client.
#[derive(Debug)]
pub(crate) enum Authorizer {
    /// HTTP digest.
    Digest(Digest),
    /// Access tokens.
    Bearer(Bearer),
}

impl Authorizer {
    /// Creates an authorizer, which caches the tokens of a service account in `token_cache`.
    pub(crate) fn new(credentials: Credentials, token_cache: Option<PathBuf>) -> Self {
        match credentials {
            Credentials::ApiKey(key) => Self::Digest(Digest::new(key)),
            Credentials::ServiceAccount(account) => {
                Self::Bearer(TokenProvider::new(account, token_cache.map(TokenCache::new)).into())
            }
            Credentials::Token(token) => Self::Bearer(token.into()),
        }
    }

    /// Adds the header `Authorization` to a request.
    pub(crate) async fn authorize(
        &self,
        request: &mut Request,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<AuthAttempt> {
        Ok(AuthAttempt(match self {
            Self::Digest(digest) => AuthAttemptKind::Digest(digest.authorize(request).await?),
            Self::Bearer(bearer) => bearer.authorize(request, endpoint).await?,
        }))
    }

    /// Updates the authentication state after a response. Signs `retry`, a copy of the request, and
    /// returns the next attempt if the response is a 401 that another attempt can satisfy. The
    /// number of attempts is bounded.
    pub(crate) async fn handle_response(
        &self,
        attempt: AuthAttempt,
        status: StatusCode,
        headers: &HeaderMap,
        retry: Option<&mut Request>,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<Option<AuthAttempt>> {
        let next = match (self, attempt.0) {
            (Self::Digest(digest), AuthAttemptKind::Digest(attempt)) => digest
                .handle_response(attempt, status, headers, retry)
                .await?
                .map(AuthAttemptKind::Digest),
            (
                Self::Bearer(bearer),
                AuthAttemptKind::Bearer {
                    token,
                    is_retry: false,
                },
            ) if status == StatusCode::UNAUTHORIZED => {
                bearer.renew(&token, headers, retry, endpoint).await?
            }
            _ => None,
        };
        Ok(next.map(AuthAttempt))
    }

    /// Returns the hint for rejected credentials other than an API key.
    pub(crate) fn rejection_hint(&self) -> Option<&'static str> {
        match self {
            Self::Digest(_) => None,
            Self::Bearer(bearer) => Some(bearer.rejection_hint()),
        }
    }

    /// Revokes the token of a service account, if the client has one.
    pub(crate) async fn revoke(&self, endpoint: TokenEndpoint<'_>) -> Result<()> {
        match self {
            Self::Digest(_) => Ok(()),
            Self::Bearer(bearer) => bearer.revoke(endpoint).await,
        }
    }
}

impl From<Credentials> for Authorizer {
    /// Creates an authorizer without a token cache.
    fn from(credentials: Credentials) -> Self {
        Self::new(credentials, None)
    }
}

impl From<ApiKey> for Authorizer {
    fn from(key: ApiKey) -> Self {
        Credentials::from(key).into()
    }
}
