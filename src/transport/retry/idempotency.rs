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
    pub(crate) fn classify(request: &Request, operation: &Operation) -> Self {
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

    /// Returns `true` if a request that failed with `error` can be retried.
    pub(crate) fn allows_retry(self, error: &Error) -> bool {
        let is_idempotent = self == Self::Idempotent;
        error.is_rate_limited()
            || error.is_transient() && (is_idempotent || error.was_not_executed())
    }
}

/// Returns `true` if `paused` is the only field of a body. Such an update is idempotent: after the error
/// that the cluster is already paused, the caller reads the state of the cluster.
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

    fn idempotency(method: Method, operation_id: &str, body: &str) -> Idempotency {
        let mut request = Request::new(method, "https://cloud.mongodb.com/".parse().unwrap());
        *request.body_mut() = Some(body.to_owned().into());
        Idempotency::classify(&request, Operation::by_id(operation_id).unwrap())
    }

    #[test]
    fn get_put_delete_and_pause_are_idempotent() {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            assert_eq!(idempotency(method, "getGroup", ""), Idempotency::Idempotent);
        }
        for body in [r#"{"paused":true}"#, r#" {"paused" : false} "#] {
            assert_eq!(
                idempotency(Method::PATCH, "updateGroupCluster", body),
                Idempotency::Idempotent
            );
        }
    }

    #[test]
    fn other_requests_are_not_idempotent() {
        assert_eq!(
            idempotency(Method::POST, "createGroup", ""),
            Idempotency::NonIdempotent
        );
        assert_eq!(
            idempotency(Method::POST, "updateGroupCluster", r#"{"paused":true}"#),
            Idempotency::NonIdempotent
        );
        assert_eq!(
            idempotency(Method::PATCH, "updateGroup", r#"{"paused":true}"#),
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
                idempotency(Method::PATCH, "updateGroupCluster", body),
                Idempotency::NonIdempotent,
                "{body}"
            );
        }
    }
}
