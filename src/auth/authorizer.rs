//! What the transport sees: leave for a request to go out, and what its answer decides.

use std::path::PathBuf;

use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::Request;

use super::attempt::{Leave, Pass};
use super::bearer::Bearer;
use super::digest::Digest;
use super::token_cache::TokenCache;
use super::token_provider::Minter;
use super::{ApiKey, Credentials};
use crate::base_url::BaseUrl;
use crate::error::Result;

/// Through which requests of our own go out.
#[derive(Clone, Copy)]
pub(crate) struct Door<'a> {
    pub(crate) http: &'a reqwest::Client,
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) user_agent: &'a HeaderValue,
}

/// Proves who is asking; shared by all clones of a client.
#[derive(Debug)]
pub(crate) enum Authorizer {
    /// By answers to digest challenges.
    Digest(Digest),
    /// By tokens.
    Bearer(Bearer),
}

impl Authorizer {
    /// Proves who is asking with these credentials; tokens are kept for other processes in this
    /// file, if there is one.
    pub(crate) fn new(credentials: Credentials, token_cache: Option<PathBuf>) -> Self {
        match credentials {
            Credentials::ApiKey(key) => Self::Digest(Digest::new(key)),
            Credentials::ServiceAccount(account) => {
                Self::Bearer(Minter::new(account, token_cache.map(TokenCache::at)).into())
            }
            Credentials::Token(token) => Self::Bearer(token.into()),
        }
    }

    /// Makes a request ready to go out.
    pub(crate) async fn authorize(&self, request: &mut Request, door: Door<'_>) -> Result<Pass> {
        Ok(Pass(match self {
            Self::Digest(digest) => Leave::Digest(digest.authorize(request).await?),
            Self::Bearer(bearer) => bearer.authorize(request, door).await?,
        }))
    }

    /// Learns from an answer. If it is a 401 that another try can satisfy, makes `again`, which is
    /// the same request, ready to go out and gives it leave. The tries of one call end.
    pub(crate) async fn answer(
        &self,
        pass: Pass,
        status: StatusCode,
        headers: &HeaderMap,
        again: Option<&mut Request>,
        door: Door<'_>,
    ) -> Result<Option<Pass>> {
        let leave = match (self, pass.0) {
            (Self::Digest(digest), Leave::Digest(trial)) => digest
                .answer(trial, status, headers, again)
                .await?
                .map(Leave::Digest),
            (
                Self::Bearer(bearer),
                Leave::Bearer {
                    token,
                    again: false,
                },
            ) if status == StatusCode::UNAUTHORIZED => {
                bearer.renew(&token, headers, again, door).await?
            }
            _ => None,
        };
        Ok(leave.map(Pass))
    }

    /// Gives the token back that this client holds, if it holds one that it obtained.
    pub(crate) async fn revoke(&self, door: Door<'_>) -> Result<()> {
        match self {
            Self::Digest(_) => Ok(()),
            Self::Bearer(bearer) => bearer.revoke(door).await,
        }
    }
}

impl From<Credentials> for Authorizer {
    /// Without a file for tokens.
    fn from(credentials: Credentials) -> Self {
        Self::new(credentials, None)
    }
}

impl From<ApiKey> for Authorizer {
    fn from(key: ApiKey) -> Self {
        Credentials::from(key).into()
    }
}
