//! Tokens in the header `Authorization`.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use reqwest::Request;
use secrecy::{ExposeSecret, SecretString};

use super::AccessToken;
use super::attempt::{Leave, is_about_the_caller};
use super::authorizer::Door;
use super::token_provider::Minter;
use crate::error::{Error, ErrorKind, Result};

/// Where tokens come from.
#[derive(Debug)]
pub(crate) enum Bearer {
    /// One that was given, and cannot be renewed.
    Given(AccessToken),
    /// A service account.
    Minted(Minter),
}

impl Bearer {
    pub(super) async fn authorize(&self, request: &mut Request, door: Door<'_>) -> Result<Leave> {
        let token = match self {
            Self::Given(token) => token.secret().clone(),
            Self::Minted(minter) => minter.token(door).await?,
        };
        sign(request, token, false)
    }

    /// Makes the request ready for another try with a fresh token, where a fresh one may help.
    pub(super) async fn renew(
        &self,
        refused: &SecretString,
        headers: &HeaderMap,
        again: Option<&mut Request>,
        door: Door<'_>,
    ) -> Result<Option<Leave>> {
        let (Self::Minted(minter), Some(again)) = (self, again) else {
            return Ok(None);
        };
        if is_about_the_caller(headers) {
            return Ok(None);
        }
        match minter.renew(refused, door).await? {
            Some(token) => sign(again, token, true).map(Some),
            None => Ok(None),
        }
    }

    pub(super) async fn revoke(&self, door: Door<'_>) -> Result<()> {
        match self {
            Self::Given(_) => Ok(()),
            Self::Minted(minter) => minter.revoke(door).await,
        }
    }
}

impl From<AccessToken> for Bearer {
    fn from(token: AccessToken) -> Self {
        Self::Given(token)
    }
}

impl From<Minter> for Bearer {
    fn from(minter: Minter) -> Self {
        Self::Minted(minter)
    }
}

/// Writes the token into the request.
fn sign(request: &mut Request, token: SecretString, again: bool) -> Result<Leave> {
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
        .map_err(|_| Error::new(ErrorKind::Answer, "the access token cannot be sent"))?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(Leave::Bearer { token, again })
}
