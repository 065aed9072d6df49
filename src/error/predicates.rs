//! One predicate a kind, each with what it means and what to do.

use super::{Error, ErrorKind, codes};

/// How the error begins that nobody gave credentials and no place held any.
pub(crate) const NO_CREDENTIALS: &str = "no credentials were given or found";

impl Error {
    /// Whether the very same call may simply be made again: what went wrong may be gone in a
    /// moment, and repeating the request does no harm.
    ///
    /// That holds for rate limits and for connections that never stood, whatever the method; for
    /// broken connections, time-outs and the statuses 500, 502, 503 and 504 it holds for GET, PUT
    /// and DELETE only. The client has tried as often as its [`RetryPolicy`](crate::RetryPolicy)
    /// allows by the time that an error is seen, so leave some time before the next try.
    pub fn is_retryable(&self) -> bool {
        let method = self.method().unwrap_or_default();
        self.is_rate_limited()
            || self.is_transient() && (self.0.unsent || matches!(method, "GET" | "PUT" | "DELETE"))
    }

    /// Whether Atlas refused for a reason that passes on its own: replication lag, changes that are
    /// pending, a resume that is too recent, missing capacity, an upgrade of Atlas.
    ///
    /// Nothing was changed. The client does not wait for such things by itself, since they take
    /// minutes to hours; [`hint`](Self::hint) says what to wait for.
    ///
    /// ```
    /// # fn example(error: &mongodbatlas::Error) {
    /// if error.is_temporary() {
    ///     println!("later: {}", error.hint().unwrap_or_default());
    /// }
    /// # }
    /// ```
    pub fn is_temporary(&self) -> bool {
        self.error_code().is_some_and(codes::is_temporary)
    }

    /// Whether another try may meet a better moment, harmless or not.
    pub(crate) fn is_transient(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connection | ErrorKind::Timeout => true,
            ErrorKind::Server => matches!(self.0.status, Some(500 | 502..=504)),
            _ => false,
        }
    }

    /// Whether it is certain that Atlas did nothing because of this call.
    pub(crate) fn is_harmless(&self) -> bool {
        self.0.unsent || self.is_rate_limited()
    }

    /// Whether the client is set up wrongly. Nothing was sent; correct what the message names.
    ///
    /// ```
    /// assert!(mongodbatlas::BaseUrl::parse("cloud.mongodb.com").unwrap_err().is_configuration());
    /// ```
    pub fn is_configuration(&self) -> bool {
        self.0.kind == ErrorKind::Configuration
    }

    /// Whether the client is set up wrongly because no place held any credentials; the message lists
    /// the places. Half a pair is another error.
    ///
    /// ```
    /// let error = mongodbatlas::Atlas::builder().with_environment(|_| None).build().unwrap_err();
    ///
    /// assert!(error.is_without_credentials());
    /// ```
    pub fn is_without_credentials(&self) -> bool {
        self.is_configuration() && self.0.message.starts_with(NO_CREDENTIALS)
    }

    /// Whether a value handed to the call cannot be sent. Nothing was sent; correct the value.
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// Whether Atlas does not accept the keys. Trying again with the same keys does not help.
    pub fn is_unauthorized(&self) -> bool {
        self.0.kind == ErrorKind::Unauthorized
    }

    /// Whether the keys are good but may not do this. Give them the role, or add this machine's
    /// address to the key's access list; nothing was changed in Atlas.
    pub fn is_forbidden(&self) -> bool {
        self.0.kind == ErrorKind::Forbidden
    }

    /// Whether Atlas says that there is no such thing, or none that these keys can see. A 404
    /// page that does not come from Atlas does not count, so this can be taken for a deletion.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether the thing's state does not allow this or its name is taken. Look at it again,
    /// wait for the change under way, or choose another name; [`hint`](Self::hint) says which.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// Whether there were too many requests. Wait [`retry_after`](Self::retry_after) and try
    /// again; the request was not carried out.
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }

    /// Whether Atlas refused the request for a reason of its own. Read
    /// [`error_code`](Self::error_code) and [`detail`](Self::detail) and change the request.
    pub fn is_rejected(&self) -> bool {
        self.0.kind == ErrorKind::Rejected
    }

    /// Whether Atlas failed or is not available. The request may or may not have been carried
    /// out: look before repeating a change.
    pub fn is_server_error(&self) -> bool {
        self.0.kind == ErrorKind::Server
    }

    /// Whether the host could not be reached or the connection broke. When it broke midway, the
    /// request may have been carried out.
    pub fn is_connection(&self) -> bool {
        self.0.kind == ErrorKind::Connection
    }

    /// Whether no trustworthy encrypted connection could be made. Nothing was sent.
    pub fn is_tls(&self) -> bool {
        self.0.kind == ErrorKind::Tls
    }

    /// Whether nothing came back in time. The request may have been carried out.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether something came back that is not an answer of Atlas, often from a proxy or a login
    /// page in between. The request may have been carried out.
    pub fn is_answer(&self) -> bool {
        self.0.kind == ErrorKind::Answer
    }

    /// Whether a list cannot be followed to its end, because a page repeats or its link leads
    /// elsewhere. What was listed so far is good, but not everything.
    pub fn is_paging(&self) -> bool {
        self.0.kind == ErrorKind::Paging
    }

    /// Whether a blocking call was made inside an asynchronous runtime. Nothing was sent; await
    /// the asynchronous twin instead.
    pub fn is_runtime(&self) -> bool {
        self.0.kind == ErrorKind::Runtime
    }

    /// Whether whoever asked for it called it off. What Atlas had begun by then goes on.
    pub fn is_cancelled(&self) -> bool {
        self.0.kind == ErrorKind::Cancelled
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn refusal(method: &str, status: u16, code: &str) -> Error {
        let document = serde_json::json!({ "error": status, "errorCode": code }).to_string();
        let request = Some((method, "/"));
        Error::from_answer(status, request, &HeaderMap::new(), document.as_bytes())
    }

    #[test]
    fn what_may_simply_be_tried_again_depends_on_the_method() {
        for (status, get, post) in [
            (429, true, true),
            (503, true, false),
            (500, true, false),
            (501, false, false),
            (404, false, false),
        ] {
            assert_eq!(refusal("GET", status, "X").is_retryable(), get, "{status}");
            assert_eq!(
                refusal("DELETE", status, "X").is_retryable(),
                get,
                "{status}"
            );
            assert_eq!(
                refusal("POST", status, "X").is_retryable(),
                post,
                "{status}"
            );
        }
        let broken = || Error::new(ErrorKind::Connection, "broken").with_request("POST", "/");
        assert!(!broken().is_retryable());
        assert!(broken().with_nothing_sent().is_retryable());
    }

    #[test]
    fn refusals_that_pass_are_marked() {
        assert!(refusal("PATCH", 400, "OPERATION_INVALID_MEMBER_REPLICATION_LAG").is_temporary());
        assert!(refusal("PATCH", 409, "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES").is_temporary());
        assert!(!refusal("PATCH", 409, "CANNOT_PAUSE_NVME_CLUSTER").is_temporary());
        assert!(!refusal("GET", 503, "UNEXPECTED_ERROR").is_temporary());
    }
}
