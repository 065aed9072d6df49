//! Kinds and hints of the error codes of Atlas.
//!
//! Atlas sends the same code with different statuses (400, 401, 403 and 409), so the code overrides the
//! status. A code that is not listed is matched by pattern (`…_NOT_FOUND`), then by status.

use super::ErrorKind::{self, BadRequest, Conflict, Forbidden, NotFound, RateLimited, Server};

/// What a code means.
pub(super) struct Meaning {
    /// What a caller can do about it.
    pub(super) kind: ErrorKind,
    /// The cure.
    pub(super) hint: Option<&'static str>,
}

/// What this code means, if it says more than the status does.
pub(super) fn meaning(code: &str) -> Option<Meaning> {
    if let Some((_, kind, hint)) = CODES.iter().find(|(known, ..)| *known == code) {
        return Some(Meaning {
            kind: *kind,
            hint: Some(hint),
        });
    }
    by_shape(code).map(|kind| Meaning { kind, hint: None })
}

/// What the names of codes have in common.
fn by_shape(code: &str) -> Option<ErrorKind> {
    if code.starts_with("RATE_LIMITED") {
        Some(RateLimited)
    } else if code.ends_with("_NOT_FOUND") {
        Some(NotFound)
    } else if code.starts_with("CANNOT_PAUSE_")
        || code.starts_with("DUPLICATE_")
        || code.ends_with("_ALREADY_EXISTS")
    {
        Some(Conflict)
    } else {
        None
    }
}

/// The kind that a status stands for where no code says more.
pub(super) fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        408 => ErrorKind::Timeout,
        409 => Conflict,
        429 => RateLimited,
        400..=499 => BadRequest,
        500..=599 => Server,
        _ => ErrorKind::InvalidResponse,
    }
}

/// The cure that a status suggests where no code says more.
pub(super) fn hint_of_status(status: u16) -> Option<&'static str> {
    match status {
        401 => Some(
            "check the public and the private key (`ATLAS_PUBLIC_KEY`, `ATLAS_PRIVATE_KEY`): they \
             must belong together and must not have been deleted in Atlas",
        ),
        403 => Some(ROLE),
        407 => Some("give the proxy's user and password in `HTTPS_PROXY`"),
        429 => Some("wait a minute, then try again with fewer requests at a time"),
        500 | 502..=504 => Some(
            "try again in a moment; https://status.mongodb.com says whether Atlas is disturbed",
        ),
        _ => None,
    }
}

const ROLE: &str = "give the key a role that allows this, in Atlas under Access Manager, API Keys";
const ACCESS_LIST: &str = "add this machine's address to the key's API access list, in Atlas under \
                           Access Manager, API Keys";
const PROJECT: &str = "check the project's id and that the key is invited to the project; listing \
                       the projects shows those that it can see";
const CLUSTER: &str = "check the cluster's name, capitals included, and the project; listing the \
                       project's clusters shows the names";
const CAPACITY: &str = "try again later, or choose another region or instance size";
const TENANT: &str = "free, shared and flex clusters cannot be paused or changed this way; move to \
                      a dedicated cluster (M10 or larger) first";
const NAME_TAKEN: &str = "choose another name, or use the one that exists";

/// Refusals that pass on their own: what stands in the way is under way or being mended.
const TEMPORARY: &[&str] = &[
    "OPERATION_INVALID_MEMBER_REPLICATION_LAG",
    "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
    "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
    "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE",
    "NO_CAPACITY",
    "OUT_OF_CAPACITY",
    "WRITES_NOT_ALLOWED_DURING_APP_UPGRADES",
];

/// Whether a refusal of this code passes on its own.
pub(super) fn is_temporary(code: &str) -> bool {
    TEMPORARY.contains(&code)
}

/// The codes that have a kind or a cure of their own.
const CODES: &[(&str, ErrorKind, &str)] = &[
    // Who may do it.
    ("USER_UNAUTHORIZED", Forbidden, ROLE),
    ("ACCESS_FORBIDDEN", Forbidden, ROLE),
    ("USER_CANNOT_ACCESS_GROUP", Forbidden, PROJECT),
    ("NOT_IN_GROUP", Forbidden, PROJECT),
    ("IP_ADDRESS_NOT_ON_ACCESS_LIST", Forbidden, ACCESS_LIST),
    ("IP_ADDRESS_NOT_ON_WHITELIST", Forbidden, ACCESS_LIST),
    ("ORG_REQUIRES_ACCESS_LIST", Forbidden, ACCESS_LIST),
    ("ORG_REQUIRES_WHITELIST", Forbidden, ACCESS_LIST),
    ("RESOURCE_REQUIRES_ACCESS_LIST", Forbidden, ACCESS_LIST),
    ("RESOURCE_REQUIRES_WHITELIST", Forbidden, ACCESS_LIST),
    (
        "API_KEY_CANNOT_CREATE_ORG",
        Forbidden,
        "create the organization in the Atlas user interface, signed in as a person",
    ),
    (
        "ACCOUNT_SUSPENDED",
        BadRequest,
        "pay the organization's open invoice in Atlas under Billing",
    ),
    // What there is.
    ("CLUSTER_NOT_FOUND", NotFound, CLUSTER),
    (
        "RESOURCE_NOT_FOUND",
        NotFound,
        "check the ids and names in the path, and that the base URL (`ATLAS_BASE_URL`) is an Atlas",
    ),
    ("GROUP_NOT_FOUND", NotFound, PROJECT),
    (
        "INVALID_GROUP_ID",
        NotFound,
        "a project's id is 24 hexadecimal digits; check it",
    ),
    (
        "INVALID_ORG_ID",
        NotFound,
        "an organization's id is 24 hexadecimal digits; check it",
    ),
    // Pausing and resuming.
    (
        "CLUSTER_ALREADY_PAUSED",
        Conflict,
        "nothing is left to do: the cluster is paused",
    ),
    (
        "CANNOT_UPDATE_PAUSED_CLUSTER",
        Conflict,
        "resume the cluster, wait until it is idle, then change it",
    ),
    (
        "CANNOT_UPDATE_AND_PAUSE_CLUSTER",
        Conflict,
        "change the cluster first, wait until it is idle, then pause it in a call of its own",
    ),
    (
        "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
        Conflict,
        "wait until the change under way is done and the cluster is idle, then pause it",
    ),
    (
        "CANNOT_PAUSE_NVME_CLUSTER",
        Conflict,
        "clusters on NVMe storage cannot be paused; move to another storage class, or delete the \
         cluster and restore it from a backup when it is needed",
    ),
    (
        "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
        Conflict,
        "a resumed cluster must run for about an hour before it can be paused again; try later",
    ),
    (
        "CANNOT_CREATE_PAUSED_CLUSTER",
        BadRequest,
        "create the cluster running, wait until it is idle, then pause it",
    ),
    ("TENANT_CLUSTER_UPDATE_UNSUPPORTED", BadRequest, TENANT),
    (
        "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
        BadRequest,
        "this is a flex cluster: use the flex cluster calls; flex clusters cannot be paused",
    ),
    (
        "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API",
        BadRequest,
        "this is not a flex cluster: use the cluster calls",
    ),
    (
        "OPERATION_INVALID_MEMBER_REPLICATION_LAG",
        Conflict,
        "wait until the cluster's members have caught up, then try again",
    ),
    (
        "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE",
        Conflict,
        "wait until the online archive is active, then pause it",
    ),
    // Creating and deleting.
    (
        "CLUSTER_ALREADY_REQUESTED_DELETION",
        Conflict,
        "nothing is left to do but to wait",
    ),
    (
        "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
        Conflict,
        "turn the cluster's termination protection off, then delete it",
    ),
    (
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS",
        Conflict,
        "delete the project's clusters and wait until they are gone, then delete the project",
    ),
    ("DUPLICATE_CLUSTER_NAME", Conflict, NAME_TAKEN),
    ("GROUP_ALREADY_EXISTS", Conflict, NAME_TAKEN),
    (
        "CLUSTER_NAME_INVALID",
        BadRequest,
        "use ASCII letters, digits and hyphens only, beginning with a letter or a digit",
    ),
    ("NO_CAPACITY", Conflict, CAPACITY),
    ("OUT_OF_CAPACITY", Conflict, CAPACITY),
    // What Atlas itself is doing.
    (
        "WRITES_NOT_ALLOWED_DURING_APP_UPGRADES",
        Server,
        "Atlas is being upgraded and takes no changes; try again in a few minutes",
    ),
    (
        "INVALID_VERSION_DATE",
        BadRequest,
        "this release asks for a version Atlas lacks; report it",
    ),
    (
        "VERSION_GONE",
        BadRequest,
        "Atlas no longer serves this version; update to a newer release",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once() {
        for (index, (code, ..)) in CODES.iter().enumerate() {
            assert!(
                CODES[..index].iter().all(|(other, ..)| other != code),
                "{code} is there twice"
            );
        }
    }

    #[test]
    fn hints_are_phrases() {
        for (code, _, hint) in CODES {
            assert!(
                !hint.ends_with('.') && !hint.contains('\n') && !hint.contains("  "),
                "{code}"
            );
        }
    }

    #[test]
    fn unlisted_codes_are_matched_by_pattern() {
        assert_eq!(meaning("ALERT_NOT_FOUND").unwrap().kind, NotFound);
        assert_eq!(
            meaning("CANNOT_PAUSE_SOMETHING_NEW").unwrap().kind,
            Conflict
        );
        assert_eq!(
            meaning("RATE_LIMITED_TOKEN_BUCKET").unwrap().kind,
            RateLimited
        );
        assert!(meaning("UNEXPECTED_ERROR").is_none());
    }
}
