//! Idempotency rules.

use std::collections::BTreeMap;

use reqwest::{Body, Method, Request};

use crate::error::Error;
use crate::operations::{Operation, operation};

/// The idempotency of a request, which decides when it is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idempotency {
    /// Two requests have the effect of one.
    Idempotent,
    /// Retried only if Atlas did not execute the request.
    NonIdempotent,
}

impl Idempotency {
    /// Returns the idempotency of a request.
    pub(crate) fn of(request: &Request, operation: &Operation) -> Self {
        let is_idempotent = match *request.method() {
            Method::GET | Method::HEAD | Method::PUT | Method::DELETE => true,
            Method::PATCH => {
                operation.id == operation::UPDATE_GROUP_CLUSTER.id && only_pauses(request.body())
            }
            _ => false,
        };
        if is_idempotent {
            Self::Idempotent
        } else {
            Self::NonIdempotent
        }
    }

    /// Returns true if a request that failed with `error` can be retried.
    pub(crate) fn allows(self, error: &Error) -> bool {
        let is_idempotent = self == Self::Idempotent;
        error.is_rate_limited()
            || error.is_transient() && (is_idempotent || error.was_not_executed())
    }
}

/// Whether a body asks for nothing but to pause or to resume. Asking twice leaves the cluster as
/// asking once does, and whoever asks looks at the cluster when Atlas says that it is paused already.
fn only_pauses(body: Option<&Body>) -> bool {
    let Some(bytes) = body.and_then(Body::as_bytes) else {
        return false;
    };
    let fields: BTreeMap<String, bool> = serde_json::from_slice(bytes).unwrap_or_default();
    fields.len() == 1 && fields.contains_key("paused")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safety(method: Method, operation_id: &str, body: &str) -> Idempotency {
        let mut request = Request::new(method, "https://cloud.mongodb.com/".parse().unwrap());
        *request.body_mut() = Some(body.to_owned().into());
        Idempotency::of(&request, Operation::by_id(operation_id).unwrap())
    }

    #[test]
    fn get_put_delete_and_pause_are_idempotent() {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            assert_eq!(safety(method, "getGroup", ""), Idempotency::Idempotent);
        }
        for body in [r#"{"paused":true}"#, r#" {"paused" : false} "#] {
            assert_eq!(
                safety(Method::PATCH, "updateGroupCluster", body),
                Idempotency::Idempotent
            );
        }
    }

    #[test]
    fn other_requests_are_not_idempotent() {
        assert_eq!(
            safety(Method::POST, "createGroup", ""),
            Idempotency::NonIdempotent
        );
        assert_eq!(
            safety(Method::POST, "updateGroupCluster", r#"{"paused":true}"#),
            Idempotency::NonIdempotent
        );
        assert_eq!(
            safety(Method::PATCH, "updateGroup", r#"{"paused":true}"#),
            Idempotency::NonIdempotent
        );
        for body in [
            "",
            "{}",
            "paused",
            r#"{"paused":null}"#,
            r#"{"paused":"true"}"#,
            r#"{"paused":true,"backupEnabled":true}"#,
            r#"{"backupEnabled":true}"#,
            r#"[{"paused":true}]"#,
        ] {
            assert_eq!(
                safety(Method::PATCH, "updateGroupCluster", body),
                Idempotency::NonIdempotent,
                "{body}"
            );
        }
    }
}
