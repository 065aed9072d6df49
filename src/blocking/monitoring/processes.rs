//! The processes of a project's clusters, and the measurements of processes, disks and databases, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::monitoring::processes::{
        Disk, MeasurementQuery, Measurements, ProcessData, ProcessDatabase,
    },
};

/// A `mongod` or `mongos` process returned by the API; the blocking counterpart of
/// [`Process`](crate::Process).
///
/// Dereferences to [`ProcessData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Process {
    data: ProcessData,
    #[serde(skip)]
    pub(crate) handle: ProcessHandle,
}

impl Deref for Process {
    type Target = ProcessData;

    fn deref(&self) -> &ProcessData {
        &self.data
    }
}

impl IntoBlocking for crate::Process {
    type Output = Process;

    fn into_blocking(self, atlas: &Atlas) -> Process {
        Process {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Process {
    /// Returns the handle.
    pub fn handle(&self) -> ProcessHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the process.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Fetches the measurements of the process.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::measurements`].
    pub fn measurements(&self, query: &MeasurementQuery) -> Result<Measurements> {
        self.handle.measurements(query)
    }

    /// Lists the disk partitions.
    ///
    /// See [`ProcessHandle::disks`].
    pub fn disks(&self) -> Items<Disk> {
        self.handle.disks()
    }

    /// Fetches the measurements of one disk partition, such as `data`.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::disk_measurements`].
    pub fn disk_measurements(&self, disk: &str, query: &MeasurementQuery) -> Result<Measurements> {
        self.handle.disk_measurements(disk, query)
    }

    /// Lists the databases.
    ///
    /// See [`ProcessHandle::databases`].
    pub fn databases(&self) -> Items<ProcessDatabase> {
        self.handle.databases()
    }

    /// Fetches the measurements of one database.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::database_measurements`].
    pub fn database_measurements(
        &self,
        database: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        self.handle.database_measurements(database, query)
    }
}

/// A handle to a process, identified by its host name and port; the blocking counterpart of
/// [`ProcessHandle`](crate::ProcessHandle).
#[derive(Clone, Debug)]
pub struct ProcessHandle {
    pub(crate) inner: crate::ProcessHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProcessHandle {
    type Output = ProcessHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProcessHandle {
        ProcessHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProcessHandle {
    /// Returns the id: host name and port, separated by a colon.
    pub fn process_id(&self) -> &str {
        self.inner.process_id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the process with this id, such as `host.example.com:27017`. Does not
    /// send a request.
    pub fn process(&self, process_id: &str) -> ProcessHandle {
        self.inner.process(process_id).into_blocking(&self.atlas)
    }

    /// Lists the processes of the project's clusters.
    pub fn processes(&self) -> Items<Process> {
        self.atlas.list(self.inner.processes())
    }
}

impl Project {
    /// Lists the processes of the project's clusters.
    ///
    /// See [`ProjectHandle::processes`].
    pub fn processes(&self) -> Items<Process> {
        self.handle.processes()
    }
}

impl ProcessHandle {
    /// Fetches the process.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the process does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Process> {
        self.atlas.fetch(self.inner.get())
    }

    /// Fetches the measurements of the process.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a metric or the time range is
    /// invalid, or any [request error](crate::Error#request-errors).
    pub fn measurements(&self, query: &MeasurementQuery) -> Result<Measurements> {
        self.atlas.wait(self.inner.measurements(query))
    }

    /// Lists the disk partitions.
    pub fn disks(&self) -> Items<Disk> {
        self.atlas.items(self.inner.disks())
    }

    /// Fetches the measurements of one disk partition, such as `data`.
    ///
    /// # Errors
    ///
    /// See [`measurements`](Self::measurements).
    pub fn disk_measurements(&self, disk: &str, query: &MeasurementQuery) -> Result<Measurements> {
        self.atlas.wait(self.inner.disk_measurements(disk, query))
    }

    /// Lists the databases.
    pub fn databases(&self) -> Items<ProcessDatabase> {
        self.atlas.items(self.inner.databases())
    }

    /// Fetches the measurements of one database.
    ///
    /// # Errors
    ///
    /// See [`measurements`](Self::measurements).
    pub fn database_measurements(
        &self,
        database: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        self.atlas
            .wait(self.inner.database_measurements(database, query))
    }
}
