//! Rate limits: a token bucket for each endpoint set and scope, shown in headers.
//!
//! The buckets are only shown; a real 429 comes from a [`Fault`](crate::Fault).

use std::collections::HashMap;
use std::time::Duration;

/// How long an empty bucket takes to fill up.
const REFILL: Duration = Duration::from_secs(REFILL_SECONDS);
/// The same, in the unit of the API.
pub(crate) const REFILL_SECONDS: u64 = 60;

/// Endpoints that share their buckets.
#[derive(Debug)]
pub(crate) struct EndpointSet {
    pub(crate) id: &'static str,
    /// What has a bucket of its own: a word of the API.
    pub(crate) scope: &'static str,
    pub(crate) capacity: u32,
    /// Methods and paths below the root of the API.
    pub(crate) endpoints: &'static [(&'static str, &'static str)],
}

pub(crate) static ROOT: EndpointSet = EndpointSet {
    id: "root",
    scope: "USER",
    capacity: 1200,
    endpoints: &[
        ("GET", ""),
        ("GET", "/clusters"),
        ("GET", "/rateLimits"),
        ("GET", "/rateLimits/{endpointSetId}"),
    ],
};
pub(crate) static ORGANIZATIONS: EndpointSet = EndpointSet {
    id: "organizations",
    scope: "USER",
    capacity: 300,
    endpoints: &[("GET", "/orgs")],
};
pub(crate) static ORGANIZATION: EndpointSet = EndpointSet {
    id: "organization",
    scope: "ORGANIZATION",
    capacity: 500,
    endpoints: &[("GET", "/orgs/{orgId}"), ("GET", "/orgs/{orgId}/groups")],
};
pub(crate) static PROJECTS: EndpointSet = EndpointSet {
    id: "projects",
    scope: "GROUP",
    capacity: 1200,
    endpoints: &[
        ("GET", "/groups"),
        ("POST", "/groups"),
        ("GET", "/groups/byName/{groupName}"),
        ("GET", "/groups/{groupId}"),
        ("PATCH", "/groups/{groupId}"),
        ("DELETE", "/groups/{groupId}"),
    ],
};
pub(crate) static CLUSTERS: EndpointSet = EndpointSet {
    id: "clusters",
    scope: "GROUP",
    capacity: 10_000,
    endpoints: &[
        ("GET", "/groups/{groupId}/clusters"),
        ("POST", "/groups/{groupId}/clusters"),
        ("GET", "/groups/{groupId}/clusters/{clusterName}"),
        ("PATCH", "/groups/{groupId}/clusters/{clusterName}"),
        ("DELETE", "/groups/{groupId}/clusters/{clusterName}"),
    ],
};
pub(crate) static FLEX_CLUSTERS: EndpointSet = EndpointSet {
    id: "flexClusters",
    scope: "GROUP",
    capacity: 1200,
    endpoints: &[
        ("GET", "/groups/{groupId}/flexClusters"),
        ("POST", "/groups/{groupId}/flexClusters"),
        ("GET", "/groups/{groupId}/flexClusters/{name}"),
        ("PATCH", "/groups/{groupId}/flexClusters/{name}"),
        ("DELETE", "/groups/{groupId}/flexClusters/{name}"),
    ],
};

/// All sets there are.
pub(crate) static SETS: [&EndpointSet; 6] = [
    &ROOT,
    &ORGANIZATIONS,
    &ORGANIZATION,
    &PROJECTS,
    &CLUSTERS,
    &FLEX_CLUSTERS,
];

/// What the headers of an answer say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) capacity: u32,
    pub(crate) remaining: u32,
}

/// The buckets in use.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: HashMap<(&'static str, String), Bucket>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Duration,
}

impl Limits {
    /// Takes a token for a request of an endpoint set within a scope, such as a project.
    pub(crate) fn take(&mut self, set: &EndpointSet, scope: &str, now: Duration) -> Allowance {
        let capacity = set.capacity;
        let full = f64::from(capacity);
        let bucket = self
            .buckets
            .entry((set.id, scope.to_owned()))
            .or_insert(Bucket {
                tokens: full,
                filled_at: now,
            });
        let waited = now.saturating_sub(bucket.filled_at).as_secs_f64();
        let refilled = bucket.tokens + full * waited / REFILL.as_secs_f64();
        bucket.tokens = (refilled.min(full) - 1.0).max(0.0);
        bucket.filled_at = now;
        Allowance {
            capacity,
            remaining: whole(bucket.tokens, capacity),
        }
    }
}

/// Full tokens in a bucket.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bucket holds between zero and its capacity"
)]
fn whole(tokens: f64, capacity: u32) -> u32 {
    (tokens.floor() as u32).min(capacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_remains_falls_with_each_request_and_fills_up_again() {
        let mut limits = Limits::default();
        let mut remaining = |minutes| {
            let now = Duration::from_mins(minutes);
            limits.take(&ORGANIZATIONS, "", now).remaining
        };

        assert_eq!(remaining(0), 299);
        assert_eq!(remaining(0), 298);
        assert_eq!(remaining(10), 299);
    }

    #[test]
    fn scopes_have_buckets_of_their_own() {
        let mut limits = Limits::default();

        limits.take(&PROJECTS, "a", Duration::ZERO);

        assert_eq!(limits.take(&PROJECTS, "b", Duration::ZERO).remaining, 1199);
    }
}
