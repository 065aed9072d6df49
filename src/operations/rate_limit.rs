//! Rate limits of operations.

/// The rate limit of an operation as recorded from Atlas's responses.
///
/// It is a default: an organization can have other limits, which `Atlas::learn_rate_limits` fetches. The
/// rate at which a limit recovers was not recorded.
///
/// ```
/// use mongodbatlas::operation;
/// use mongodbatlas::operations::RateLimitScope;
///
/// let limit = operation::GET_GROUP_CLUSTER.rate_limit().expect("a recorded limit");
/// assert_eq!((limit.capacity, limit.scope), (10_000, Some(RateLimitScope::Project)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationRateLimit {
    /// The number of requests that Atlas accepts at once.
    pub capacity: u32,
    /// The callers that share the limit, if known.
    pub scope: Option<RateLimitScope>,
}

/// The callers that share a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitScope {
    /// Each project has a limit of its own.
    Project,
    /// Each organization has a limit of its own.
    Organization,
    /// Each API key, service account or user has a limit of its own.
    User,
    /// Each IP address has a limit of its own.
    Ip,
}
