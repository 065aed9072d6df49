//! The processes of a project's clusters, with their disks and databases.

mod measurements;

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
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use measurements::{MeasurementQuery, Measurements, Point, Series};

resource! {
    /// The data of a [`Process`], which the async and the blocking type share.
    pub struct ProcessData(types::Host) {
        /// Returns the id: host name and port, separated by a colon.
        process_id: &str = id,
        /// Returns the host name.
        hostname: &str = hostname,
        /// Returns the public host name.
        user_alias: Option<&str> = user_alias,
        /// Returns the port.
        port: Option<u64> = port,
        /// Returns the type, such as `REPLICA_PRIMARY` or `SHARD_MONGOS`.
        process_type: &str = type_name,
        /// Returns the MongoDB version of the process.
        mongodb_version: Option<&str> = version,
        /// Returns the name of the replica set; `None` for a `mongos`.
        replica_set: Option<&str> = replica_set_name,
        /// Returns the name of the shard; `None` outside of sharded clusters.
        shard: Option<&str> = shard_name,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created,
        /// Returns the time of the last ping.
        last_ping: Option<Timestamp> = last_ping,
    }
}

/// A `mongod` or `mongos` process returned by the API.
///
/// Dereferences to [`ProcessData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Process {
    pub(crate) data: ProcessData,
    #[serde(skip)]
    pub(crate) handle: ProcessHandle,
}

impl Deref for Process {
    type Target = ProcessData;

    fn deref(&self) -> &ProcessData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for Process {
    type Api = types::Host;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ProcessData::from_record(project, record)?;
        let handle = project.process(data.process_id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Fetches the measurements of the process.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::measurements`].
    pub async fn measurements(&self, query: &MeasurementQuery) -> Result<Measurements> {
        self.handle.measurements(query).await
    }

    /// Lists the disk partitions.
    ///
    /// See [`ProcessHandle::disks`].
    pub fn disks(&self) -> Pager<Disk> {
        self.handle.disks()
    }

    /// Fetches the measurements of one disk partition, such as `data`.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::disk_measurements`].
    pub async fn disk_measurements(
        &self,
        disk: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        self.handle.disk_measurements(disk, query).await
    }

    /// Lists the databases.
    ///
    /// See [`ProcessHandle::databases`].
    pub fn databases(&self) -> Pager<ProcessDatabase> {
        self.handle.databases()
    }

    /// Fetches the measurements of one database.
    ///
    /// # Errors
    ///
    /// See [`ProcessHandle::database_measurements`].
    pub async fn database_measurements(
        &self,
        database: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        self.handle.database_measurements(database, query).await
    }
}

resource! {
    /// A disk partition of a process returned by the API.
    pub struct Disk(types::DiskMeasurements) {
        /// Returns the name, such as `data`.
        name: &str = partition_name,
    }
}

resource! {
    /// A database of a process returned by the API.
    pub struct ProcessDatabase(types::DatabaseMeasurements) {
        /// Returns the name.
        name: &str = database_name,
    }
}

/// A handle to a process, identified by its host name and port.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use jiff::SignedDuration;
/// use mongodbatlas::MeasurementQuery;
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let process = project.processes().try_next().await?.expect("a process");
/// let (minute, hour) = (SignedDuration::from_mins(1), SignedDuration::from_hours(1));
/// let query = MeasurementQuery::last(minute, hour).with_metric("CONNECTIONS");
/// for series in process.measurements(&query).await?.series() {
///     println!("{}: {:?}", series.name, series.points.last());
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProcessHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) process_id: String,
}

impl ProcessHandle {
    /// Returns the id: host name and port, separated by a colon.
    pub fn process_id(&self) -> &str {
        &self.process_id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("processId", &self.process_id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the process with this id, such as `host.example.com:27017`. Does not
    /// send a request.
    pub fn process(&self, process_id: &str) -> ProcessHandle {
        ProcessHandle {
            project: self.clone(),
            process_id: process_id.to_owned(),
        }
    }

    /// Lists the processes of the project's clusters.
    pub fn processes(&self) -> Pager<Process> {
        self.operation(operation::LIST_GROUP_PROCESSES).list(self)
    }
}

impl Project {
    /// Lists the processes of the project's clusters.
    ///
    /// See [`ProjectHandle::processes`].
    pub fn processes(&self) -> Pager<Process> {
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
    pub async fn get(&self) -> Result<Process> {
        self.operation(operation::GET_GROUP_PROCESS)
            .fetch(&self.project)
            .await
    }

    /// Fetches the measurements of the process.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a metric or the time range is
    /// invalid, or any [request error](crate::Error#request-errors).
    pub async fn measurements(&self, query: &MeasurementQuery) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_MEASUREMENTS);
        query.apply(get)?.fetch(&()).await
    }

    /// Lists the disk partitions.
    pub fn disks(&self) -> Pager<Disk> {
        self.operation(operation::LIST_GROUP_PROCESS_DISKS)
            .list(&())
    }

    /// Fetches the measurements of one disk partition, such as `data`.
    ///
    /// # Errors
    ///
    /// See [`measurements`](Self::measurements).
    pub async fn disk_measurements(
        &self,
        disk: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_DISK_MEASUREMENTS);
        query
            .apply(get.with("partitionName", disk))?
            .fetch(&())
            .await
    }

    /// Lists the databases.
    pub fn databases(&self) -> Pager<ProcessDatabase> {
        self.operation(operation::LIST_GROUP_PROCESS_DATABASES)
            .list(&())
    }

    /// Fetches the measurements of one database.
    ///
    /// # Errors
    ///
    /// See [`measurements`](Self::measurements).
    pub async fn database_measurements(
        &self,
        database: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_DATABASE_MEASUREMENTS);
        query
            .apply(get.with("databaseName", database))?
            .fetch(&())
            .await
    }
}
