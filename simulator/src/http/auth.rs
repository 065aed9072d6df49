//! Authentication of requests: digests, OAuth tokens, and their callers.

pub(crate) mod digest;
pub(crate) mod identity;
pub(crate) mod oauth;
