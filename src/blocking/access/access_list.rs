//! The IP access list of a project, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::access::access_list::{
        AccessListEntryData, AccessListStatus, NewAccessListEntry,
    },
};

/// An entry of a project's IP access list; the blocking counterpart of
/// [`AccessListEntry`](crate::AccessListEntry).
///
/// Dereferences to [`AccessListEntryData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct AccessListEntry {
    data: AccessListEntryData,
    #[serde(skip)]
    pub(crate) handle: AccessListEntryHandle,
}

impl Deref for AccessListEntry {
    type Target = AccessListEntryData;

    fn deref(&self) -> &AccessListEntryData {
        &self.data
    }
}

impl IntoBlocking for crate::AccessListEntry {
    type Output = AccessListEntry;

    fn into_blocking(self, atlas: &Atlas) -> AccessListEntry {
        AccessListEntry {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Deletes the entry. Does not close existing connections.
    ///
    /// # Errors
    ///
    /// See [`AccessListEntryHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Fetches the status of the entry. Atlas applies new entries with a delay.
    ///
    /// # Errors
    ///
    /// See [`AccessListEntryHandle::status`].
    pub fn status(&self) -> Result<AccessListStatus> {
        self.handle.status()
    }
}

/// A handle to an entry of a project's IP access list, identified by its value; the blocking
/// counterpart of [`AccessListEntryHandle`](crate::AccessListEntryHandle).
#[derive(Clone, Debug)]
pub struct AccessListEntryHandle {
    pub(crate) inner: crate::AccessListEntryHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::AccessListEntryHandle {
    type Output = AccessListEntryHandle;

    fn into_blocking(self, atlas: &Atlas) -> AccessListEntryHandle {
        AccessListEntryHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl AccessListEntryHandle {
    /// Returns the value: an address, a CIDR block or an AWS security group.
    pub fn value(&self) -> &str {
        self.inner.value()
    }
}

impl ProjectHandle {
    /// Returns a handle to the entry of the IP access list with this value. Does not send a
    /// request.
    pub fn access_list_entry(&self, value: &str) -> AccessListEntryHandle {
        self.inner
            .access_list_entry(value)
            .into_blocking(&self.atlas)
    }

    /// Lists the entries of the IP access list.
    pub fn access_list(&self) -> Items<AccessListEntry> {
        self.atlas.list(self.inner.access_list())
    }

    /// Adds entries from a JSON array, sent verbatim. Returns the first page of the updated list.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_access_list_entries(
        &self,
        documents: &impl Serialize,
    ) -> Result<Vec<AccessListEntry>> {
        self.atlas
            .fetch(self.inner.create_access_list_entries(documents))
    }

    /// Adds one entry, or replaces the entry with the same value.
    ///
    /// # Errors
    ///
    /// See [`create_access_list_entries`](Self::create_access_list_entries).
    pub fn allow(&self, entry: &NewAccessListEntry) -> Result<()> {
        self.atlas.wait(self.inner.allow(entry))
    }
}

impl Project {
    /// Lists the entries of the IP access list.
    ///
    /// See [`ProjectHandle::access_list`].
    pub fn access_list(&self) -> Items<AccessListEntry> {
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
    pub fn get(&self) -> Result<AccessListEntry> {
        self.atlas.fetch(self.inner.get())
    }

    /// Deletes the entry. Does not close existing connections.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Fetches the status of the entry. Atlas applies new entries with a delay.
    ///
    /// # Errors
    ///
    /// See [`get`](Self::get).
    pub fn status(&self) -> Result<AccessListStatus> {
        self.atlas.wait(self.inner.status())
    }
}
