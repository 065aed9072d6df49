//! Kinds, retry rules and hints of the error codes of Atlas, which are data:
//! `openapi/error-codes.toml`. `error/hint.rs` renders the hints.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::ErrorKind::{
    self, BadRequest, Conflict, Forbidden, NotFound, RateLimited, Server, Unauthorized,
};

/// Codes of a 401 that rejects the credentials.
const GENERIC_CODES: [&str; 2] = ["UNEXPECTED_ERROR", "UNAUTHORIZED"];

/// The prefix of a code that names the missing role, such as `NOT_ORG_OWNER`.
const ROLE_PREFIXES: [&str; 3] = ["NOT_ORG_", "NOT_GROUP_", "NOT_GLOBAL_"];

/// Roles that codes such as `ORG_OWNER_REQUIRED` contain.
const ROLE_NAMES: [&str; 9] = [
    "ORG_OWNER",
    "ORG_GROUP_CREATOR",
    "ORG_BILLING_ADMIN",
    "ORG_READ_ONLY",
    "ORG_MEMBER",
    "GROUP_OWNER",
    "GROUP_CLUSTER_MANAGER",
    "GROUP_DATA_ACCESS_ADMIN",
    "GROUP_READ_ONLY",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // a test parses the same text
    Table::parse(include_str!("../../openapi/error-codes.toml")).unwrap_or_default()
});

type Hints = BTreeMap<String, String>;

/// The contents of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sections {
    temporary: Vec<String>,
    server_error_of_change: String,
    unauthorized: Hints,
    rate_limited: Hints,
    forbidden: Hints,
    not_found: Hints,
    conflict: Hints,
    bad_request: Hints,
    server: Hints,
    status: Hints,
}

/// The entries, those with the longest pattern first.
#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    temporary: Vec<String>,
    server_error_of_change: String,
    status: BTreeMap<u16, String>,
}

/// The kind and the hint of a code or a pattern.
pub(super) struct Entry {
    pattern: String,
    kind: ErrorKind,
    pub(super) hint: String,
}

impl Table {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let sections: Sections = toml::from_str(text)?;
        let kinds = [
            (Unauthorized, sections.unauthorized),
            (RateLimited, sections.rate_limited),
            (Forbidden, sections.forbidden),
            (NotFound, sections.not_found),
            (Conflict, sections.conflict),
            (BadRequest, sections.bad_request),
            (Server, sections.server),
        ];
        let entries = kinds.into_iter().flat_map(|(kind, hints)| {
            hints.into_iter().map(move |(pattern, hint)| Entry {
                pattern,
                kind,
                hint,
            })
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(specificity(&entry.pattern)));
        let status = sections.status.into_iter();
        let status = status.filter_map(|(status, hint)| Some((status.parse().ok()?, hint)));
        Ok(Self {
            entries,
            temporary: sections.temporary,
            server_error_of_change: sections.server_error_of_change,
            status: status.collect(),
        })
    }
}

/// Returns the entry of a code, if the code or a pattern is listed.
pub(super) fn find_entry(code: &str) -> Option<&'static Entry> {
    let mut entries = TABLE.entries.iter();
    entries.find(|entry| matches(&entry.pattern, code))
}

/// Returns the kind of an error, and the hint for its code if the code has one.
pub(super) fn find_meaning(status: u16, code: Option<&str>) -> (ErrorKind, Option<&'static str>) {
    let entry = code.and_then(find_entry);
    match entry.filter(|entry| entry.applies_to(status)) {
        Some(entry) => (entry.kind_with_status(status), Some(&entry.hint)),
        None if status == 401 && code.is_some_and(|code| !GENERIC_CODES.contains(&code)) => {
            (Forbidden, status_hint(403))
        }
        None => (status_kind(status), None),
    }
}

/// Returns `true` if a 401 with this code reports missing permissions rather than rejected
/// credentials. The code is conclusive only in the response to a signed request, unless it is listed.
pub(crate) fn is_permission_code(code: &str, is_signed: bool) -> bool {
    match find_entry(code) {
        Some(entry) if is_signed => entry.kind != Unauthorized,
        Some(entry) => entry.kind == Forbidden,
        None => is_signed && !code.is_empty() && !GENERIC_CODES.contains(&code),
    }
}

/// Returns the role in a code such as `NOT_ORG_OWNER`.
pub(super) fn role_in_code(code: &str) -> Option<&str> {
    let has_prefix = ROLE_PREFIXES.iter().any(|prefix| code.starts_with(prefix));
    let role = code.strip_prefix("NOT_").filter(|_| has_prefix);
    let mut roles = ROLE_NAMES.iter();
    role.or_else(|| roles.find(|role| code.contains(**role)).copied())
}

/// Returns `true` if the caller's IP address is rejected.
pub(super) fn is_address_code(code: &str) -> bool {
    code.starts_with("IP_ADDRESS_NOT_ON_")
        || code.ends_with("_REQUIRES_ACCESS_LIST")
        || code.ends_with("_REQUIRES_WHITELIST")
}

/// Returns `true` if a rejection with this code ends without a change of the request.
pub(super) fn is_temporary(code: &str) -> bool {
    TABLE.temporary.iter().any(|pattern| matches(pattern, code))
}

/// Returns the kind of a status.
pub(super) fn status_kind(status: u16) -> ErrorKind {
    match status {
        401 => Unauthorized,
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

/// Returns the hint for a status.
pub(super) fn status_hint(status: u16) -> Option<&'static str> {
    TABLE.status.get(&status).map(String::as_str)
}

/// Returns the hint for a server error of a request that is not idempotent.
pub(super) fn failed_change_hint() -> &'static str {
    &TABLE.server_error_of_change
}

impl Entry {
    /// Returns `true` unless the status contradicts a pattern: an unlisted code of a 401 is a missing
    /// permission, and a server error is not the fault of the request.
    fn applies_to(&self, status: u16) -> bool {
        let is_pattern = self.pattern.contains('*');
        let depends_on_status = matches!(self.kind, NotFound | Conflict | BadRequest);
        !is_pattern || !depends_on_status || (400..500).contains(&status) && status != 401
    }

    /// Returns the kind of the entry, or the more precise kind of the status if the entry is a pattern for
    /// any bad request.
    fn kind_with_status(&self, status: u16) -> ErrorKind {
        let is_general = self.kind == BadRequest && self.pattern.contains('*');
        if is_general {
            status_kind(status)
        } else {
            self.kind
        }
    }
}

/// Returns the rank of a pattern: codes without `*` precede patterns, longer patterns shorter ones.
fn specificity(pattern: &str) -> (bool, usize) {
    (!pattern.contains('*'), pattern.replace('*', "").len())
}

/// Returns `true` if a code matches a pattern, in which `*` is any text.
fn matches(pattern: &str, code: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else {
        return pattern == code;
    };
    let Some(mut code) = code.strip_prefix(prefix) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return code.ends_with(part);
        }
        match code.split_once(part) {
            Some((_, after)) => code = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests;
