//! Rate limits: a token bucket for each endpoint set and scope, shown in headers and enforced.
//!
//! The capacities are those the service was seen to have; an operation that was not seen shares
//! the one most of its neighbours have.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;

use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::{Document, Operation};

/// How long an empty bucket takes to fill up.
const REFILL: Duration = Duration::from_secs(REFILL_SECONDS);
/// The same, in the unit of the API.
pub(crate) const REFILL_SECONDS: u64 = 60;
/// What an endpoint set has that nobody has seen.
const USUAL_CAPACITY: u32 = 1200;

/// The recorded capacity of each operation.
static CAPACITIES: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let recorded: Recorded = parse(include_str!("../../openapi/rate-limits.toml"));
    let limits = recorded.limit.into_iter().flat_map(|limit| {
        let operations = limit.operations.into_iter();
        operations.map(move |operation| (operation, limit.capacity))
    });
    limits.collect()
});

/// The value of the `X-Java-Method` header of each operation.
static JAVA_METHODS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let recorded: JavaMethods = parse(behaviour!("java-methods.toml"));
    recorded
        .group
        .into_iter()
        .flat_map(|group| group.methods)
        .collect()
});

#[derive(Default, Deserialize)]
struct Recorded {
    limit: Vec<RecordedLimit>,
}

#[derive(Deserialize)]
struct RecordedLimit {
    capacity: u32,
    operations: Vec<String>,
}

#[derive(Default, Deserialize)]
struct JavaMethods {
    group: Vec<JavaMethodGroup>,
}

#[derive(Deserialize)]
struct JavaMethodGroup {
    methods: HashMap<String, String>,
}

static SETS: LazyLock<Vec<EndpointSet>> = LazyLock::new(sets_of_document);

/// The set of each operation.
static SET_OF: LazyLock<HashMap<&str, &EndpointSet>> = LazyLock::new(|| {
    let operations = |set: &'static EndpointSet| set.operations.iter().map(move |it| (&**it, set));
    SETS.iter().flat_map(operations).collect()
});

/// Endpoints that share their buckets.
#[derive(Debug)]
pub(crate) struct EndpointSet {
    pub(crate) id: String,
    /// What has a bucket of its own: a word of the API.
    pub(crate) scope: &'static str,
    pub(crate) capacity: u32,
    /// Methods and path templates.
    pub(crate) endpoints: Vec<(&'static str, String)>,
    operations: Vec<String>,
}

/// All sets there are.
pub(crate) fn sets() -> &'static [EndpointSet] {
    &SETS
}

/// The set an operation belongs to.
pub(crate) fn set_of(operation: &Operation) -> Option<&'static EndpointSet> {
    SET_OF.get(operation.id.as_str()).copied()
}

/// The class and method that answer an operation at Atlas; empty where it is not known.
pub(crate) fn java_method(operation: &str) -> &'static str {
    JAVA_METHODS.get(operation).map_or("", String::as_str)
}

fn recorded(operation: &str) -> Option<u32> {
    CAPACITIES.get(operation).copied()
}

fn sets_of_document() -> Vec<EndpointSet> {
    let mut sets: Vec<EndpointSet> = Vec::new();
    let operations = Document::vendored().map_or(&[][..], Document::operations);
    for operation in operations {
        let capacity = recorded(&operation.id).unwrap_or(USUAL_CAPACITY);
        let scope = scope_of(operation);
        let id = set_name(operation);
        let known = sets.iter().position(|it| {
            it.id == id && (it.capacity == capacity || recorded(&operation.id).is_none())
        });
        let endpoint = (operation.method, operation.path.clone());
        if let Some(set) = known.and_then(|index| sets.get_mut(index)) {
            set.endpoints.push(endpoint);
            set.operations.push(operation.id.clone());
            continue;
        }
        let is_taken = sets.iter().any(|it| it.id == id);
        sets.push(EndpointSet {
            id: if is_taken {
                format!("{id}{capacity}")
            } else {
                id
            },
            scope,
            capacity,
            endpoints: vec![endpoint],
            operations: vec![operation.id.clone()],
        });
    }
    sets
}

fn scope_of(operation: &Operation) -> &'static str {
    if operation.path.contains("/groups") {
        "GROUP"
    } else if operation.path.contains("/orgs/{orgId}") {
        "ORGANIZATION"
    } else {
        "USER"
    }
}

/// The name of an operation's set: its tag, except where one tag has several limits.
fn set_name(operation: &Operation) -> String {
    match operation.id.as_str() {
        "listOrgs" => return "organizations".to_owned(),
        "getOrg" | "getOrgGroups" => return "organization".to_owned(),
        "listClusterDetails" => return "root".to_owned(),
        _ => {}
    }
    let mut name = String::new();
    for word in operation
        .tag
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
    {
        if name.is_empty() {
            name.push_str(&word.to_lowercase());
        } else {
            name.push_str(&word[..1].to_uppercase());
            name.push_str(&word[1..].to_lowercase());
        }
    }
    name
}

/// What the headers of an answer say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) capacity: u32,
    pub(crate) remaining: u32,
    /// How long to wait for the next token, when there was none.
    pub(crate) retry_after: Option<u64>,
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
    pub(crate) fn take(
        &mut self,
        set: &'static EndpointSet,
        scope: &str,
        now: Duration,
    ) -> Allowance {
        let capacity = set.capacity;
        let full = f64::from(capacity);
        let bucket = self
            .buckets
            .entry((&set.id, scope.to_owned()))
            .or_insert(Bucket {
                tokens: full,
                filled_at: now,
            });
        let waited = now.saturating_sub(bucket.filled_at).as_secs_f64();
        bucket.tokens = (bucket.tokens + full * waited / REFILL.as_secs_f64()).min(full);
        bucket.filled_at = now;
        let is_allowed = bucket.tokens >= 1.0;
        if is_allowed {
            bucket.tokens -= 1.0;
        }
        let missing = (1.0 - bucket.tokens).max(0.0);
        let wait = (missing * REFILL.as_secs_f64() / full).ceil().max(1.0);
        Allowance {
            capacity,
            remaining: whole(bucket.tokens, capacity),
            retry_after: (!is_allowed).then(|| u64::from(whole(wait, u32::MAX))),
        }
    }

    /// Fills every bucket.
    pub(crate) fn clear(&mut self) {
        self.buckets.clear();
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

    fn set(id: &str) -> &'static EndpointSet {
        sets().iter().find(|set| set.id == id).unwrap()
    }

    #[test]
    fn what_remains_falls_with_each_request_and_fills_up_again() {
        let mut limits = Limits::default();
        let mut remaining = |minutes| {
            let now = Duration::from_mins(minutes);
            limits.take(set("organizations"), "", now).remaining
        };

        assert_eq!(remaining(0), 299);
        assert_eq!(remaining(0), 298);
        assert_eq!(remaining(10), 299);
    }

    #[test]
    fn scopes_have_buckets_of_their_own() {
        let mut limits = Limits::default();

        limits.take(set("projects"), "a", Duration::ZERO);

        assert_eq!(
            limits.take(set("projects"), "b", Duration::ZERO).remaining,
            1199
        );
    }

    #[test]
    fn an_empty_bucket_says_how_long_to_wait() {
        let mut limits = Limits::default();
        let orgs = set("organizations");
        let mut take = |seconds| {
            limits
                .take(orgs, "", Duration::from_secs(seconds))
                .retry_after
        };

        for _ in 0..300 {
            assert_eq!(take(0), None);
        }

        assert_eq!(take(0), Some(1));
        assert_eq!(take(1), None);
    }

    #[test]
    fn recorded_operations_are_in_the_document() {
        let operations = Document::vendored().unwrap().operations();
        for id in CAPACITIES.keys().chain(JAVA_METHODS.keys()) {
            assert!(
                operations.iter().any(|operation| operation.id == *id),
                "{id}"
            );
        }
    }

    #[test]
    fn every_operation_has_a_limit() {
        let document = Document::vendored().unwrap();

        assert!(document.operations().iter().all(|it| set_of(it).is_some()));
    }
}
