//! The table, and the kinds of codes.

use http::HeaderMap;
use serde_json::{Value, json};

use super::*;
use crate::error::Error;

fn parse_table() -> Table {
    Table::parse(include_str!("../../../openapi/error-codes.toml")).unwrap()
}

#[test]
fn table_is_valid() {
    let table = parse_table();

    assert!(table.entries.len() > 200, "{}", table.entries.len());
    assert!(table.status.contains_key(&401) && table.status.contains_key(&503));
    let mut hints: Vec<_> = table.entries.iter().map(|entry| &entry.hint).collect();
    hints.extend(table.status.values());
    for hint in hints {
        let is_phrase = !hint.ends_with('.') && !hint.contains('\n') && !hint.contains("  ");
        assert!(is_phrase && !hint.is_empty(), "{hint}");
        assert_eq!(
            hint.matches('[').count(),
            hint.matches(']').count(),
            "{hint}"
        );
    }
}

#[test]
fn patterns_are_unique() {
    let table = parse_table();
    for (index, entry) in table.entries.iter().enumerate() {
        let mut earlier = table.entries[..index].iter();
        assert!(
            earlier.all(|other| other.pattern != entry.pattern),
            "{} is listed twice",
            entry.pattern
        );
    }
}

/// Placeholders outside alternatives must always have a value.
#[test]
fn parameters_are_in_alternatives() {
    for entry in parse_table().entries {
        // the patterns with `{role}` match codes with a role only
        let hint = entry.hint.replace("{role}", "");
        let mut rest = hint.as_str();
        while let Some((before, after)) = rest.split_once('[') {
            assert!(!before.contains('{'), "{hint}");
            rest = after.split_once(']').unwrap().1;
        }
        assert!(!rest.contains('{'), "{hint}");
    }
}

#[test]
fn longest_pattern_applies() {
    let cases = [
        ("CLUSTER_NOT_FOUND", 400, NotFound),
        ("ALERT_NOT_FOUND", 400, NotFound),
        ("STREAM_TENANT_NOT_FOUND_FOR_NAME", 404, NotFound),
        ("CANNOT_PAUSE_SOMETHING_NEW", 400, Conflict),
        ("CANNOT_DO_SOMETHING_NEW", 400, BadRequest),
        ("CANNOT_DO_SOMETHING_NEW", 409, Conflict),
        ("INVALID_SOMETHING_NEW", 404, NotFound),
        ("SOMETHING_NOT_ALLOWED", 403, Forbidden),
        ("CANNOT_RESTORE_FROM_SOMETHING_NEW", 400, Conflict),
        ("EXPORT_OF_INCOMPLETE_BACKUP", 400, Conflict),
        ("SEARCH_NODES_NOT_READY", 400, Conflict),
        ("MIGRATION_IN_PROGRESS_FOR_CLUSTER", 400, Conflict),
        ("STREAM_PROCESSOR_INVALID_STATE", 400, Conflict),
        ("ENDPOINT_MUST_BE_ACTIVE", 400, Conflict),
        (
            "CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT",
            400,
            Conflict,
        ),
        ("TEAM_ALREADY_EXISTS", 400, Conflict),
        ("RATE_LIMITED_TOKEN_BUCKET", 429, RateLimited),
        ("INVITATIONS_RATE_LIMITED_IP", 400, RateLimited),
        ("RATE_LIMITED_IP", 503, RateLimited),
        ("NEW_RATE_LIMIT_FOR_KEYS", 400, RateLimited),
        ("INVALID_RATE_LIMIT_NAME", 400, BadRequest),
        ("NOT_ORG_OWNER", 401, Forbidden),
        ("NOT_ORG_GROUP_CREATOR", 401, Forbidden),
        ("NOT_GROUP_DATA_ACCESS_ADMIN", 400, Forbidden),
        ("USER_CANNOT_ACCESS_ORG", 401, Forbidden),
        ("FEATURE_UNSUPPORTED", 400, BadRequest),
        ("FEATURE_UNSUPPORTED", 500, Server),
        ("FEATURE_UNSUPPORTED", 401, Forbidden),
        ("USER_NEVER_SEEN_NOT_FOUND", 401, Forbidden),
        ("CANNOT_DELETE_NEVER_SEEN", 401, Forbidden),
        ("CANNOT_DELETE_NEVER_SEEN", 500, Server),
        ("NEVER_SEEN", 401, Forbidden),
        ("NEVER_SEEN", 404, NotFound),
        ("UNEXPECTED_ERROR", 401, Unauthorized),
        ("UNEXPECTED_ERROR", 500, Server),
        ("INVALID_ACCESS_TOKEN", 401, Unauthorized),
    ];

    for (code, status, expected) in cases {
        assert_eq!(
            find_meaning(status, Some(code)).0,
            expected,
            "{status} {code}"
        );
    }
}

#[test]
fn listed_permission_code_is_conclusive_for_unsigned_requests() {
    for (code, unsigned, signed) in [
        ("NOT_ORG_OWNER", true, true),
        ("USER_CANNOT_ACCESS_GROUP", true, true),
        ("NEVER_SEEN", false, true),
        ("UNEXPECTED_ERROR", false, false),
        ("UNAUTHORIZED", false, false),
        ("INVALID_ACCESS_TOKEN", false, false),
        ("", false, false),
    ] {
        assert_eq!(is_permission_code(code, false), unsigned, "{code}");
        assert_eq!(is_permission_code(code, true), signed, "{code}");
    }
}

#[test]
fn wildcards_match_any_text() {
    assert!(matches("*A*", "A") && matches("*A*", "xAy") && matches("a*c", "abc"));
    assert!(matches("*_B_*", "A_B_C") && matches("*", ""));
    assert!(!matches("*A", "Ab") && !matches("A*", "bA") && !matches("AC*CA", "ACA"));
}

/// One line for each code that Atlas or the simulator sends: status, code and parameters as JSON.
const KNOWN_CODES: &str = include_str!("../../../openapi/known-error-codes.txt");

#[test]
fn known_codes_have_a_hint_that_names_their_parameters() {
    let lines = KNOWN_CODES.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut parts = line.splitn(3, ' ');
        let status: u16 = parts.next().unwrap().parse().unwrap();
        let code = parts.next().unwrap();
        let parameters: Vec<Value> = serde_json::from_str(parts.next().unwrap()).unwrap();
        let document = json!({ "error": status, "errorCode": code, "parameters": parameters });

        let body = document.to_string();
        let error = Error::from_response(status, None, &HeaderMap::new(), body.as_bytes());

        let hint = error.hint().unwrap_or_else(|| panic!("{code} has no hint"));
        assert!(
            find_entry(code).is_some() || code == "UNEXPECTED_ERROR",
            "{code}"
        );
        assert!(!hint.contains(['{', '[', '|']), "{code}: {hint}");
        for parameter in parameters {
            let text = parameter
                .as_str()
                .map_or_else(|| parameter.to_string(), str::to_owned);
            assert!(hint.contains(&text), "{code}: {hint} lacks {text}");
        }
    }
}

#[test]
fn code_names_the_role() {
    for (code, expected) in [
        ("NOT_ORG_OWNER", Some("ORG_OWNER")),
        ("NOT_GROUP_BACKUP_MANAGER", Some("GROUP_BACKUP_MANAGER")),
        ("NOT_GLOBAL_READ_ONLY", Some("GLOBAL_READ_ONLY")),
        ("ORG_OWNER_REQUIRED", Some("ORG_OWNER")),
        ("USER_IS_NOT_GROUP_OWNER", Some("GROUP_OWNER")),
        ("NOT_IN_GROUP", None),
        ("USER_UNAUTHORIZED", None),
    ] {
        assert_eq!(role_in_code(code), expected, "{code}");
    }
}
