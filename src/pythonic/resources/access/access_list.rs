//! The IP access list of a project: list, get, create (with its project), delete, status.

use jiff::Timestamp;
use serde::Serialize;

use crate::pythonic::{
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::projects::ProjectHandle,
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// An entry of a project's IP access list, as the server described it: who may reach its
    /// databases.
    pub struct AccessListEntry(types::NetworkPermissionEntry) in ProjectHandle {
        /// The addresses, as a block in CIDR notation; none for a security group.
        cidr_block: Option<&str> = cidr_block,
        /// The one address, if it is one.
        ip_address: Option<&str> = ip_address,
        /// The AWS security group, if it is one.
        aws_security_group: Option<&str> = aws_security_group,
        /// What somebody wrote about it; empty if nothing.
        comment: &str = comment,
        /// When Atlas will delete it; none if it stays.
        expires: Option<Timestamp> = delete_after_date,
    }
}

impl<C> AccessListEntry<C> {
    /// What names the entry: its block, address or security group.
    pub fn value(&self) -> &str {
        let value = self.cidr_block().or(self.ip_address());
        value.or(self.aws_security_group()).unwrap_or_default()
    }
}

impl<C: Clone> AccessListEntry<C> {
    /// What can be done with it.
    pub fn handle(&self) -> AccessListEntryHandle<C> {
        self.parent.access_list_entry(self.value())
    }
}

handle! {
    /// What can be done with an entry of a project's IP access list, which is known by its value.
    pub struct AccessListEntryHandle in ProjectHandle {
        /// The address, the block in CIDR notation, or the AWS security group.
        value: String => "entryValue",
    }
}

/// An entry to be added to a project's IP access list.
///
/// ```
/// use std::time::Duration;
/// use mongodbatlas::NewAccessListEntry;
///
/// let office = NewAccessListEntry::new("203.0.113.0/24").with_comment("the office");
/// let today = NewAccessListEntry::new("198.51.100.7")
///     .with_expiry(jiff::Timestamp::now() + Duration::from_secs(8 * 60 * 60));
/// # let _ = (office, today);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[must_use = "an entry does nothing until it is added"]
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
    /// An entry for an address, a block in CIDR notation (`203.0.113.0/24`) or an AWS security group
    /// (`sg-…`).
    pub fn new(value: impl Into<String>) -> Self {
        let mut entry = Self {
            cidr_block: None,
            ip_address: None,
            aws_security_group: None,
            comment: None,
            expires: None,
        };
        let value = value.into();
        let field = if value.contains('/') {
            &mut entry.cidr_block
        } else if value.starts_with("sg-") {
            &mut entry.aws_security_group
        } else {
            &mut entry.ip_address
        };
        *field = Some(value);
        entry
    }

    /// Says what the entry is for.
    pub fn with_comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Has Atlas delete the entry at this time, which must be within the next week.
    pub fn with_expiry(mut self, time: Timestamp) -> Self {
        self.expires = Some(time.to_string());
        self
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The entry of its IP access list with this value; nothing is sent before something is asked of
    /// it.
    pub fn access_list_entry(&self, value: &str) -> AccessListEntryHandle<C> {
        AccessListEntryHandle {
            parent: self.clone(),
            value: value.to_owned(),
        }
    }
}

impl ProjectHandle {
    /// The entries of its IP access list.
    pub fn access_list(&self) -> Pager<AccessListEntry> {
        self.operation(operation::LIST_GROUP_ACCESS_LIST_ENTRIES)
            .list(self)
    }

    /// Adds entries from a JSON array, which is sent as it is; gives the first page of the list with
    /// them in it.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_access_list_entries(
        &self,
        documents: &impl Serialize,
    ) -> Result<Vec<AccessListEntry>> {
        let create = self.operation(operation::CREATE_GROUP_ACCESS_LIST_ENTRY);
        create.with_document(documents)?.all(self).await
    }

    /// Adds one entry. An entry of the same value is replaced.
    ///
    /// # Errors
    ///
    /// As [`create_access_list_entries`](Self::create_access_list_entries).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::NewAccessListEntry;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let office = NewAccessListEntry::new("203.0.113.0/24").with_comment("the office");
    /// project.allow(&office).await?;
    /// project.create_access_list_entries(&[
    ///     &NewAccessListEntry::new("198.51.100.7"),
    ///     &NewAccessListEntry::new("198.51.100.8").with_expiry("2100-01-01T00:00:00Z".parse().expect("a time")),
    /// ]).await?;
    ///
    /// for entry in project.access_list().collect().await? {
    ///     println!("{} {:?} {:?}", entry.value(), entry.cidr_block(), entry.ip_address());
    ///     println!("{:?} {} {:?}", entry.aws_security_group(), entry.comment(), entry.expires());
    /// }
    /// let entry = project.access_list_entry("203.0.113.0/24");
    /// assert_eq!(entry.get().await?.comment(), "the office");
    /// println!("{} is {}", entry.value(), entry.status().await?.status());
    /// entry.get().await?.handle().delete().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn allow(&self, entry: &NewAccessListEntry) -> Result<()> {
        self.create_access_list_entries(&[entry]).await.map(drop)
    }
}

impl AccessListEntryHandle {
    /// Fetches the entry.
    ///
    /// # Errors
    ///
    /// Not found for an unknown value or project, and what a call can end with.
    pub async fn get(&self) -> Result<AccessListEntry> {
        let get = self.operation(operation::GET_GROUP_ACCESS_LIST_ENTRY);
        get.one(&self.parent).await
    }

    /// Deletes the entry. Connections that stand are not closed.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_ACCESS_LIST_ENTRY)
            .deleted()
            .await
    }

    /// Asks how far the entry is in force, which takes a while after it was added: `PENDING`,
    /// `ACTIVE` or `FAILED`.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub async fn status(&self) -> Result<AccessListStatus> {
        self.operation(operation::GET_GROUP_ACCESS_LIST_STATUS)
            .one(&())
            .await
    }
}

view! {
    /// How far an entry of a project's IP access list is in force.
    pub struct AccessListStatus(types::NetworkPermissionEntryStatus) {
        /// `PENDING`, `ACTIVE` or `FAILED`.
        status: &str = status,
    }
}
