//! Rate limits of operations.

/// The default rate limit of an operation, as recorded from Atlas's responses.
///
/// An organization can have other limits, which `Atlas::learn_rate_limits` fetches. The refill rate of the limit is
/// not known.
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
    /// Maximum number of requests in a burst.
    pub capacity: u32,
    /// The callers that share the limit, if known.
    pub scope: Option<RateLimitScope>,
}

/// The callers that share a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitScope {
    /// One limit for each project.
    Project,
    /// One limit for each organization.
    Organization,
    /// One limit for each API key, service account or user.
    User,
    /// One limit for each IP address.
    Ip,
}
