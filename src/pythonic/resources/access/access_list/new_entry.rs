//! New entries of an IP access list.

use jiff::Timestamp;
use serde::Serialize;

/// An entry to add to a project's IP access list.
///
/// ```
/// use std::time::Duration;
/// use mongodbatlas::NewAccessListEntry;
///
/// let office = NewAccessListEntry::new("203.0.113.0/24").with_comment("office");
/// let today = NewAccessListEntry::new("198.51.100.7")
///     .with_expiry(jiff::Timestamp::now() + Duration::from_hours(8));
/// # let _ = (office, today);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[must_use = "an entry has no effect until it is added"]
pub struct NewAccessListEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    cidr_block: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aws_security_group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(rename = "deleteAfterDate", skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
}

impl NewAccessListEntry {
    /// Creates an entry for an address, a CIDR block (`203.0.113.0/24`) or an AWS security group
    /// (`sg-…`, or `ACCOUNT/sg-…`).
    pub fn new(value: impl Into<String>) -> Self {
        let mut entry = Self {
            cidr_block: None,
            ip_address: None,
            aws_security_group: None,
            comment: None,
            expires: None,
        };
        let value = value.into();
        let group = value.rsplit('/').next().unwrap_or_default();
        let field = if group.starts_with("sg-") {
            &mut entry.aws_security_group
        } else if value.contains('/') {
            &mut entry.cidr_block
        } else {
            &mut entry.ip_address
        };
        *field = Some(value);
        entry
    }

    /// Sets the comment.
    pub fn with_comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Sets the time at which Atlas deletes the entry, at most one week from now.
    pub fn with_expiry(mut self, time: Timestamp) -> Self {
        self.expires = Some(time.to_string());
        self
    }
}
