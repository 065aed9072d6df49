//! Bearer tokens in the header `Authorization`.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use reqwest::Request;
use secrecy::{ExposeSecret, SecretString};

use super::AccessToken;
use super::attempt::AuthAttemptKind;
use super::permission::is_permission_error;
use super::token_endpoint::TokenEndpoint;
use super::token_provider::TokenProvider;
use crate::error::{Error, ErrorKind, Result};

/// The source of bearer tokens.
#[derive(Debug)]
pub(crate) enum Bearer {
    /// A token supplied by the caller, which cannot be renewed.
    Static(AccessToken),
    /// Tokens of a service account, which are refreshed.
    Refreshing(TokenProvider),
}

impl Bearer {
    pub(super) async fn authorize(
        &self,
        request: &mut Request,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<AuthAttemptKind> {
        let token = match self {
            Self::Static(token) => token.secret().clone(),
            Self::Refreshing(provider) => provider.token(endpoint).await?,
        };
        sign(request, token, false)
    }

    /// Signs the retry with a new token, or returns `None` if a new token would not help.
    pub(super) async fn renew(
        &self,
        rejected: &SecretString,
        headers: &HeaderMap,
        retry: Option<&mut Request>,
        endpoint: TokenEndpoint<'_>,
    ) -> Result<Option<AuthAttemptKind>> {
        let (Self::Refreshing(provider), Some(retry)) = (self, retry) else {
            return Ok(None);
        };
        if is_permission_error(headers, true) {
            return Ok(None);
        }
        match provider.renew(rejected, endpoint).await? {
            Some(token) => sign(retry, token, true).map(Some),
            None => Ok(None),
        }
    }

    /// Returns the hint for a rejected token.
    pub(super) fn rejection_hint(&self) -> &'static str {
        match self {
            Self::Static(_) => {
                "the access token is invalid or has expired: fetch a new one, or use a service account"
            }
            Self::Refreshing(_) => {
                "check the service account in Atlas: Organization → Access Manager → Service Accounts; \
                 service accounts of Atlas for Government need the base URL https://cloud.mongodbgov.com"
            }
        }
    }

    pub(super) async fn revoke(&self, endpoint: TokenEndpoint<'_>) -> Result<()> {
        match self {
            Self::Static(_) => Ok(()),
            Self::Refreshing(provider) => provider.revoke(endpoint).await,
        }
    }
}

impl From<AccessToken> for Bearer {
    fn from(token: AccessToken) -> Self {
        Self::Static(token)
    }
}

impl From<TokenProvider> for Bearer {
    fn from(provider: TokenProvider) -> Self {
        Self::Refreshing(provider)
    }
}

/// Adds the token to the request.
fn sign(request: &mut Request, token: SecretString, is_retry: bool) -> Result<AuthAttemptKind> {
    let mut value =
        HeaderValue::try_from(format!("Bearer {}", token.expose_secret())).map_err(|_| {
            Error::new(
                ErrorKind::InvalidResponse,
                "the access token is not a valid header value",
            )
        })?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(AuthAttemptKind::Bearer { token, is_retry })
}
