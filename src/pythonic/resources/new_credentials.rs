//! Credentials in the responses to creations.

use crate::{
    api::types,
    auth::{ApiKey, ServiceAccount},
};

/// Returns the API key, if the response contains an unmasked private key.
pub(crate) fn api_key(key: &types::ApiKeyUserDetails) -> Option<ApiKey> {
    let private = key.private_key.as_ref()?.expose();
    if private.contains('*') {
        return None;
    }
    ApiKey::new(key.public_key.as_deref()?, private).ok()
}

/// Returns the service account, if the response contains a secret.
pub(crate) fn service_account(
    client_id: Option<&str>,
    secrets: Option<&Vec<types::ServiceAccountSecret>>,
) -> Option<ServiceAccount> {
    let mut secrets = secrets.into_iter().flatten();
    let secret = secrets.find_map(|secret| secret.secret.as_ref())?;
    ServiceAccount::new(client_id?, secret.expose()).ok()
}
