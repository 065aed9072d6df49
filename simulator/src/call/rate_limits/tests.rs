//! Tests of rate limits.

use super::*;

fn set(id: &str) -> &'static EndpointSet {
    sets().iter().find(|set| set.id == id).unwrap()
}

#[test]
fn bucket_empties_with_each_request_and_refills() {
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
fn each_scope_has_its_own_bucket() {
    let mut limits = Limits::default();

    limits.take(set("projects"), "a", Duration::ZERO);

    assert_eq!(
        limits.take(set("projects"), "b", Duration::ZERO).remaining,
        1199
    );
}

#[test]
fn empty_bucket_returns_the_wait() {
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

    let mut operations = document.operations().iter();
    assert!(operations.all(|operation| set_of(operation).is_some()));
}
