//! The authentication state of one request.

use secrecy::SecretString;

use super::digest::DigestAttempt;

/// The authentication attempt with which a request is sent; passed back with the response.
///
/// If it is dropped instead, as by a cancelled call, the next request gathers the same knowledge
/// about the server.
pub(crate) struct AuthAttempt(pub(super) AuthAttemptKind);

/// The way in which a request is authenticated.
pub(super) enum AuthAttemptKind {
    /// HTTP digest.
    Digest(DigestAttempt),
    /// A token; `is_retry` marks the second token for the same request.
    Bearer { token: SecretString, is_retry: bool },
}
