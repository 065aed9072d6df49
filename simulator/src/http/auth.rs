//! Authentication of requests: digest, OAuth tokens and the callers they belong to.

pub(crate) mod digest;
pub(crate) mod identity;
pub(crate) mod oauth;
