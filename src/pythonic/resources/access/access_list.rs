//! The IP access list of a project.

mod new_entry;

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::projects::{Project, ProjectHandle},
            values::value,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use new_entry::NewAccessListEntry;

resource! {
    /// The data of an [`AccessListEntry`], which the async and the blocking type share.
    pub struct AccessListEntryData(types::NetworkPermissionEntry) {
        /// Returns the CIDR block; `None` for a security group.
        cidr_block: Option<&str> = cidr_block,
        /// Returns the IP address; `None` unless the entry is a single address.
        ip_address: Option<&str> = ip_address,
        /// Returns the AWS security group; `None` for an address or a CIDR block.
        aws_security_group: Option<&str> = aws_security_group,
        /// Returns the description; empty if missing.
        comment: &str = comment,
        /// Returns the time at which Atlas deletes the entry; `None` without an expiry.
        expires: Option<Timestamp> = delete_after_date,
    }
}

/// An entry of a project's IP access list.
///
/// Dereferences to [`AccessListEntryData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct AccessListEntry {
    pub(crate) data: AccessListEntryData,
    #[serde(skip)]
    pub(crate) handle: AccessListEntryHandle,
}

impl Deref for AccessListEntry {
    type Target = AccessListEntryData;

    fn deref(&self) -> &AccessListEntryData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for AccessListEntry {
    type Api = types::NetworkPermissionEntry;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = AccessListEntryData::from_record(project, record)?;
        let handle = project.access_list_entry(data.value());
        Ok(Self { data, handle })
    }
}

impl AccessListEntryData {
    /// Returns the value that identifies the entry: its CIDR block, address or security group.
    pub fn value(&self) -> &str {
        let value = self.cidr_block().or(self.ip_address());
        value.or(self.aws_security_group()).unwrap_or_default()
    }
}

impl AccessListEntry {
    /// Returns the handle.
    pub fn handle(&self) -> AccessListEntryHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the entry.
    ///
    /// # Errors
    ///
    /// See [`AccessListEntryHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Deletes the entry. Does not close existing connections.
    ///
    /// # Errors
    ///
    /// See [`AccessListEntryHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Fetches the status of the entry. Atlas applies new entries with a delay.
    ///
    /// # Errors
    ///
    /// See [`AccessListEntryHandle::status`].
    pub async fn status(&self) -> Result<AccessListStatus> {
        self.handle.status().await
    }
}

/// A handle to an entry of a project's IP access list, identified by its value.
#[derive(Clone, Debug)]
pub struct AccessListEntryHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) value: String,
}

impl AccessListEntryHandle {
    /// Returns the value: an address, a CIDR block or an AWS security group.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("entryValue", &self.value)
    }
}

impl ProjectHandle {
    /// Returns a handle to the entry of the IP access list with this value. Does not send a
    /// request.
    pub fn access_list_entry(&self, value: &str) -> AccessListEntryHandle {
        AccessListEntryHandle {
            project: self.clone(),
            value: value.to_owned(),
        }
    }

    /// Lists the entries of the IP access list.
    pub fn access_list(&self) -> Pager<AccessListEntry> {
        self.operation(operation::LIST_GROUP_ACCESS_LIST_ENTRIES)
            .list(self)
    }

    /// Adds entries from a JSON array, sent verbatim. Returns the first page of the updated list.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_access_list_entries(
        &self,
        documents: &impl Serialize,
    ) -> Result<Vec<AccessListEntry>> {
        let create = self.operation(operation::CREATE_GROUP_ACCESS_LIST_ENTRY);
        create.with_document(documents)?.fetch_all(self).await
    }

    /// Adds one entry, or replaces the entry with the same value.
    ///
    /// # Errors
    ///
    /// See [`create_access_list_entries`](Self::create_access_list_entries).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::NewAccessListEntry;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let office = NewAccessListEntry::new("203.0.113.0/24").with_comment("office");
    /// project.allow(&office).await?;
    ///
    /// let status = project.access_list_entry("203.0.113.0/24").status().await?;
    /// println!("{}", status.status()); // PENDING, then ACTIVE
    /// # Ok(()) }) }
    /// ```
    pub async fn allow(&self, entry: &NewAccessListEntry) -> Result<()> {
        self.create_access_list_entries(&[entry]).await.map(drop)
    }
}

impl Project {
    /// Lists the entries of the IP access list.
    ///
    /// See [`ProjectHandle::access_list`].
    pub fn access_list(&self) -> Pager<AccessListEntry> {
        self.handle.access_list()
    }
}

impl AccessListEntryHandle {
    /// Fetches the entry.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the entry or the project does not exist,
    /// or any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<AccessListEntry> {
        let get = self.operation(operation::GET_GROUP_ACCESS_LIST_ENTRY);
        get.fetch(&self.project).await
    }

    /// Deletes the entry. Does not close existing connections.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_ACCESS_LIST_ENTRY)
            .execute_delete()
            .await
    }

    /// Fetches the status of the entry. Atlas applies new entries with a delay.
    ///
    /// # Errors
    ///
    /// See [`get`](Self::get).
    pub async fn status(&self) -> Result<AccessListStatus> {
        self.operation(operation::GET_GROUP_ACCESS_LIST_STATUS)
            .fetch(&())
            .await
    }
}

value! {
    /// The status of an entry of an IP access list.
    pub enum AccessListEntryStatus {
        Pending = "PENDING",
        Active = "ACTIVE",
        Failed = "FAILED",
    }
}

resource! {
    /// The status of an entry of a project's IP access list.
    pub struct AccessListStatus(types::NetworkPermissionEntryStatus) {
        /// Returns the status.
        status: AccessListEntryStatus = status,
    }
}
