//! What may be repeated.

use std::collections::BTreeMap;

use reqwest::{Body, Method, Request};

use crate::error::Error;
use crate::operations::{Operation, operation};

/// Under which circumstances a request may be sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// Whenever it helps: twice is the same as once.
    Repeatable,
    /// Only when it is certain that it was not carried out.
    Once,
}

impl Safety {
    /// How safe it is to send this request twice.
    pub(crate) fn of(request: &Request, operation: &Operation) -> Self {
        let repeatable = match *request.method() {
            Method::GET | Method::HEAD | Method::PUT | Method::DELETE => true,
            Method::PATCH => {
                operation.id == operation::UPDATE_GROUP_CLUSTER.id && only_pauses(request.body())
            }
            _ => false,
        };
        if repeatable {
            Self::Repeatable
        } else {
            Self::Once
        }
    }

    /// Whether a try that ended like this may be followed by another.
    pub(crate) fn allows(self, error: &Error) -> bool {
        let repeatable = self == Self::Repeatable;
        error.is_rate_limited() || error.is_transient() && (repeatable || error.is_harmless())
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

    fn safety(method: Method, operation_id: &str, body: &str) -> Safety {
        let mut request = Request::new(method, "https://cloud.mongodb.com/".parse().unwrap());
        *request.body_mut() = Some(body.to_owned().into());
        Safety::of(&request, Operation::by_id(operation_id).unwrap())
    }

    #[test]
    fn what_is_the_same_twice_may_be_repeated() {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            assert_eq!(safety(method, "getGroup", ""), Safety::Repeatable);
        }
        for body in [r#"{"paused":true}"#, r#" {"paused" : false} "#] {
            assert_eq!(
                safety(Method::PATCH, "updateGroupCluster", body),
                Safety::Repeatable
            );
        }
    }

    #[test]
    fn everything_else_may_not() {
        assert_eq!(safety(Method::POST, "createGroup", ""), Safety::Once);
        assert_eq!(
            safety(Method::POST, "updateGroupCluster", r#"{"paused":true}"#),
            Safety::Once
        );
        assert_eq!(
            safety(Method::PATCH, "updateGroup", r#"{"paused":true}"#),
            Safety::Once
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
                Safety::Once,
                "{body}"
            );
        }
    }
}
