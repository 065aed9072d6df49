//! The authentication state of one request.

use secrecy::SecretString;

use super::digest::DigestAttempt;

/// The authentication attempt of a request, which is passed to
/// [`Authorizer::handle_response`](super::Authorizer::handle_response) with the response.
///
/// A cancelled call drops its attempt.
pub(crate) struct AuthAttempt(pub(super) AuthAttemptKind);

/// The scheme of an authentication attempt.
pub(super) enum AuthAttemptKind {
    /// HTTP digest.
    Digest(DigestAttempt),
    /// A token; `is_retry` marks the second token for the same request.
    Bearer { token: SecretString, is_retry: bool },
}
