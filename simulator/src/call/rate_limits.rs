//! Rate limits: a token bucket for each endpoint set and scope.
//!
//! The capacities are recorded from Atlas. An operation without a recording has the default capacity.

pub(crate) mod invitations;

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;

use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::{Document, Operation};

/// The time in which an empty bucket refills.
const REFILL_TIME: Duration = Duration::from_secs(REFILL_SECONDS);
/// The refill time in the unit of the API.
pub(crate) const REFILL_SECONDS: u64 = 60;
/// The capacity of an endpoint set without a recording.
const DEFAULT_CAPACITY: u32 = 1200;

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

/// The endpoint set of each operation.
static SETS_BY_OPERATION: LazyLock<HashMap<&str, &EndpointSet>> = LazyLock::new(|| {
    let operations =
        |set: &'static EndpointSet| set.operations.iter().map(move |id| (id.as_str(), set));
    SETS.iter().flat_map(operations).collect()
});

/// Endpoints that share token buckets.
#[derive(Debug)]
pub(crate) struct EndpointSet {
    pub(crate) id: String,
    /// The scope of a bucket: `GROUP`, `ORGANIZATION` or `USER`.
    pub(crate) scope: &'static str,
    pub(crate) capacity: u32,
    /// The methods and path templates.
    pub(crate) endpoints: Vec<(&'static str, String)>,
    operations: Vec<String>,
}

/// Returns all endpoint sets.
pub(crate) fn sets() -> &'static [EndpointSet] {
    &SETS
}

/// Returns the endpoint set of an operation.
pub(crate) fn set_of(operation: &Operation) -> Option<&'static EndpointSet> {
    SETS_BY_OPERATION.get(operation.id.as_str()).copied()
}

/// Returns the Java class and method of an operation in Atlas; empty if not recorded.
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
        let capacity = recorded(&operation.id).unwrap_or(DEFAULT_CAPACITY);
        let scope = scope_of(operation);
        let id = set_name(operation);
        let existing = sets.iter().position(|set| {
            set.id == id && (set.capacity == capacity || recorded(&operation.id).is_none())
        });
        let endpoint = (operation.method, operation.path.clone());
        if let Some(set) = existing.and_then(|index| sets.get_mut(index)) {
            set.endpoints.push(endpoint);
            set.operations.push(operation.id.clone());
            continue;
        }
        let is_duplicate = sets.iter().any(|set| set.id == id);
        sets.push(EndpointSet {
            id: if is_duplicate {
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

/// Returns the name of an operation's endpoint set. Default: the operation's tag in camel case.
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
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
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

/// The values of the rate limit headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) capacity: u32,
    pub(crate) remaining: u32,
    /// The seconds until the next token, if the bucket is empty.
    pub(crate) retry_after: Option<u64>,
}

/// The token buckets.
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
        let elapsed = now.saturating_sub(bucket.filled_at).as_secs_f64();
        bucket.tokens = (bucket.tokens + full * elapsed / REFILL_TIME.as_secs_f64()).min(full);
        bucket.filled_at = now;
        let is_allowed = bucket.tokens >= 1.0;
        if is_allowed {
            bucket.tokens -= 1.0;
        }
        let missing = (1.0 - bucket.tokens).max(0.0);
        let wait = (missing * REFILL_TIME.as_secs_f64() / full).ceil().max(1.0);
        Allowance {
            capacity,
            remaining: floor(bucket.tokens, capacity),
            retry_after: (!is_allowed).then(|| u64::from(floor(wait, u32::MAX))),
        }
    }

    /// Fills every bucket.
    pub(crate) fn clear(&mut self) {
        self.buckets.clear();
    }
}

/// Rounds down to an integer of at most `maximum`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number of tokens is between zero and the capacity"
)]
fn floor(number: f64, maximum: u32) -> u32 {
    (number.floor() as u32).min(maximum)
}

#[cfg(test)]
mod tests;
