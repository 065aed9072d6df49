//! One predicate a kind, each with what it means and what to do.

use super::{Error, ErrorKind};

impl Error {
    /// Whether the client is set up wrongly. Nothing was sent; correct what the message names.
    ///
    /// ```
    /// assert!(mongodbatlas::BaseUrl::parse("cloud.mongodb.com").unwrap_err().is_configuration());
    /// ```
    pub fn is_configuration(&self) -> bool {
        self.0.kind == ErrorKind::Configuration
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
}
