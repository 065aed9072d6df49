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

    /// Fetches the entry again.
    ///
    /// # Errors
    ///
    /// As [`AccessListEntryHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Deletes the entry. Open connections stay open.
    ///
    /// # Errors
    ///
    /// As [`AccessListEntryHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Fetches the status of the entry, which Atlas applies with a delay.
    ///
    /// # Errors
    ///
    /// As [`AccessListEntryHandle::status`].
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
    ///
    /// See the async [`access_list`](crate::ProjectHandle::access_list).
    pub fn access_list(&self) -> Items<AccessListEntry> {
        self.atlas.list(self.inner.access_list())
    }

    /// Adds entries from a JSON array, which is sent verbatim; returns the first page of the
    /// updated list.
    ///
    /// # Errors
    ///
    /// As the async
    /// [`create_access_list_entries`](crate::ProjectHandle::create_access_list_entries). Fails
    /// inside an async runtime.
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
    /// As the async [`allow`](crate::ProjectHandle::allow). Fails inside an async runtime.
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
    /// As the async [`get`](crate::AccessListEntryHandle::get). Fails inside an async runtime.
    pub fn get(&self) -> Result<AccessListEntry> {
        self.atlas.fetch(self.inner.get())
    }

    /// Deletes the entry. Open connections stay open.
    ///
    /// # Errors
    ///
    /// As the async [`delete`](crate::AccessListEntryHandle::delete). Fails inside an async
    /// runtime.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Fetches the status of the entry, which Atlas applies with a delay.
    ///
    /// # Errors
    ///
    /// As the async [`status`](crate::AccessListEntryHandle::status). Fails inside an async
    /// runtime.
    pub fn status(&self) -> Result<AccessListStatus> {
        self.atlas.wait(self.inner.status())
    }
}
