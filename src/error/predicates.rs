//! The predicates of errors: one for each kind, and some across kinds.

use super::{Condition, Error, ErrorKind, codes};

impl Error {
    /// Returns `true` if the same request can be retried: the error may be transient, and a second request
    /// is safe.
    ///
    /// With any method, that includes rate limits and connections that were never established. Broken
    /// connections, timeouts and the statuses 500, 502, 503 and 504 are retryable for GET, PUT and DELETE
    /// only. The client has already made the retries that its [`RetryPolicy`](crate::RetryPolicy) allows,
    /// so wait before the next attempt.
    pub fn is_retryable(&self) -> bool {
        let method = self.method().unwrap_or_default();
        self.is_rate_limited()
            || self.is_transient() && (self.0.unsent || matches!(method, "GET" | "PUT" | "DELETE"))
    }

    /// Returns `true` if Atlas rejected the request for a temporary reason: replication lag, pending
    /// changes, a recent resume, missing capacity, an upgrade of Atlas.
    ///
    /// Atlas changed nothing. The client does not retry, because the reason can last for hours;
    /// [`hint`](Self::hint) names the event to wait for.
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

    /// Returns `true` if another attempt may succeed, even if it is unsafe.
    pub(crate) fn is_transient(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connection | ErrorKind::Timeout => true,
            ErrorKind::Server => matches!(self.0.status, Some(500 | 502..=504)),
            _ => false,
        }
    }

    /// Returns `true` if Atlas did not execute the request.
    pub(crate) fn was_not_executed(&self) -> bool {
        self.0.unsent || self.is_rate_limited()
    }

    /// Returns `true` if the client is misconfigured. No request was sent; correct the value that the
    /// message names.
    ///
    /// ```
    /// assert!(mongodbatlas::BaseUrl::parse("cloud.mongodb.com").unwrap_err().is_configuration());
    /// ```
    pub fn is_configuration(&self) -> bool {
        self.0.kind == ErrorKind::Configuration
    }

    /// Returns `true` if no source has credentials; the message lists the sources. The kind is
    /// [`Configuration`](ErrorKind::Configuration). An incomplete pair of variables is another error.
    ///
    /// ```
    /// let error = mongodbatlas::Atlas::builder().with_environment(|_| None).build().unwrap_err();
    ///
    /// assert!(error.is_missing_credentials());
    /// ```
    pub fn is_missing_credentials(&self) -> bool {
        self.0.condition == Some(Condition::MissingCredentials)
    }

    /// Returns `true` if a search by name found nothing because the credentials see no project. The kind is
    /// [`NotFound`](ErrorKind::NotFound), and [`hint`](Self::hint) names the roles to grant.
    pub fn is_nothing_visible(&self) -> bool {
        self.0.condition == Some(Condition::NothingVisible)
    }

    /// Returns `true` if an argument cannot be sent. No request was sent; correct the argument.
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// Returns `true` if Atlas rejects the credentials. A retry with the same credentials fails too.
    pub fn is_unauthorized(&self) -> bool {
        self.0.kind == ErrorKind::Unauthorized
    }

    /// Returns `true` if the credentials lack a permission. Grant the role, or add the address of
    /// this machine to the access list of the key. Atlas changed nothing.
    pub fn is_forbidden(&self) -> bool {
        self.0.kind == ErrorKind::Forbidden
    }

    /// Returns `true` if Atlas reports that the resource does not exist or is invisible to the
    /// credentials. A 404 from a proxy does not count, so this can confirm a deletion.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Returns `true` if the state of the resource does not allow the request, or its name is taken.
    /// [`hint`](Self::hint) names the next step: to wait, to read the resource again, or to choose
    /// another name.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// Returns `true` if there were too many requests. Atlas did not execute the request; retry it after
    /// [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }

    /// Returns `true` if Atlas rejected the request for a reason without a kind of its own. Read
    /// [`error_code`](Self::error_code) and [`detail`](Self::detail), and change the request.
    pub fn is_bad_request(&self) -> bool {
        self.0.kind == ErrorKind::BadRequest
    }

    /// Returns `true` if Atlas failed or is unavailable. The request may have been executed: check
    /// before repeating a change.
    pub fn is_server_error(&self) -> bool {
        self.0.kind == ErrorKind::Server
    }

    /// Returns `true` if the host is unreachable or the connection broke. In the second case the
    /// request may have been executed.
    pub fn is_connection(&self) -> bool {
        self.0.kind == ErrorKind::Connection
    }

    /// Returns `true` if the TLS handshake failed, or if this machine has no root certificates. No
    /// request was sent.
    pub fn is_tls(&self) -> bool {
        self.0.kind == ErrorKind::Tls
    }

    /// Returns `true` if no response arrived in time. The request may have been executed.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Returns `true` if the response is not from Atlas, but for example from a proxy or a login page. The
    /// request may have been executed.
    pub fn is_invalid_response(&self) -> bool {
        self.0.kind == ErrorKind::InvalidResponse
    }

    /// Returns `true` if a list cannot be read to its end, because a page repeats or a link names
    /// another host. The items so far are valid but incomplete.
    pub fn is_pagination(&self) -> bool {
        self.0.kind == ErrorKind::Pagination
    }

    /// Returns `true` if a blocking call was made inside an async runtime. No request was sent; use
    /// the async function.
    pub fn is_blocking_in_async(&self) -> bool {
        self.0.kind == ErrorKind::BlockingInAsync
    }

    /// Returns `true` if the caller cancelled the operation. An operation that Atlas has started
    /// continues on the server.
    pub fn is_cancelled(&self) -> bool {
        self.0.kind == ErrorKind::Cancelled
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn rejection(method: &str, status: u16, code: &str) -> Error {
        let document = serde_json::json!({ "error": status, "errorCode": code }).to_string();
        let request = Some((method, "/"));
        Error::from_response(status, request, &HeaderMap::new(), document.as_bytes())
    }

    #[test]
    fn is_retryable_depends_on_http_method() {
        for (status, get, post) in [
            (429, true, true),
            (503, true, false),
            (500, true, false),
            (501, false, false),
            (404, false, false),
        ] {
            assert_eq!(
                rejection("GET", status, "X").is_retryable(),
                get,
                "{status}"
            );
            assert_eq!(
                rejection("DELETE", status, "X").is_retryable(),
                get,
                "{status}"
            );
            assert_eq!(
                rejection("POST", status, "X").is_retryable(),
                post,
                "{status}"
            );
        }
        let broken = || Error::new(ErrorKind::Connection, "broken").with_request("POST", "/");
        assert!(!broken().is_retryable());
        assert!(broken().with_nothing_sent().is_retryable());
    }

    #[test]
    fn temporary_error_codes_are_flagged() {
        assert!(rejection("PATCH", 400, "OPERATION_INVALID_MEMBER_REPLICATION_LAG").is_temporary());
        assert!(
            rejection("PATCH", 409, "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES").is_temporary()
        );
        assert!(!rejection("PATCH", 409, "CANNOT_PAUSE_NVME_CLUSTER").is_temporary());
        assert!(!rejection("GET", 503, "UNEXPECTED_ERROR").is_temporary());
    }
}
