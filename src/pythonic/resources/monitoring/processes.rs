//! The processes of a project's clusters: list, get, and what is measured of them, of their disks
//! and of their databases.

use jiff::Timestamp;
use serde::Serialize;

use crate::pythonic::{
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::projects::ProjectHandle,
    },
};
use crate::{api::types, error::Result, operation, request::Call};

view! {
    /// A `mongod` or `mongos`, as the server described it.
    pub struct Process(types::Host) in ProjectHandle {
        /// The id: host name and port, with a colon between them.
        process_id: &str = id,
        /// The host name.
        hostname: &str = hostname,
        /// The host name that Atlas shows to people.
        user_alias: Option<&str> = user_alias,
        /// The port.
        port: Option<u64> = port,
        /// What it is, such as `REPLICA_PRIMARY` or `SHARD_MONGOS`.
        process_type: &str = type_name,
        /// The version of MongoDB that it runs.
        mongodb_version: Option<&str> = version,
        /// The replica set to which it belongs, if it belongs to one.
        replica_set: Option<&str> = replica_set_name,
        /// The shard to which it belongs, if it belongs to one.
        shard: Option<&str> = shard_name,
        /// When it was created, if the server sent a valid time.
        created: Option<Timestamp> = created,
        /// When Atlas last heard of it.
        last_ping: Option<Timestamp> = last_ping,
    }
}

impl<C: Clone> Process<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ProcessHandle<C> {
        self.parent.process(self.process_id())
    }
}

view! {
    /// A disk partition of a process, as the server described it.
    pub struct Disk(types::DiskMeasurements) {
        /// The name, such as `data`.
        name: &str = partition_name,
    }
}

view! {
    /// A database of a process, as the server described it.
    pub struct ProcessDatabase(types::DatabaseMeasurements) {
        /// The name.
        name: &str = database_name,
    }
}

view! {
    /// What was measured of a process, a disk or a database, as the server described it.
    pub struct Measurements(types::HostMeasurements) {
        /// The time between two points, as a duration of ISO 8601, such as `PT1M`.
        granularity: &str = granularity,
        /// The earliest time.
        start: Option<Timestamp> = start,
        /// The latest time.
        end: Option<Timestamp> = end,
    }
}

/// One thing that was measured, over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Series {
    /// What was measured, such as `CONNECTIONS`.
    pub name: String,
    /// The unit, such as `BYTES_PER_SECOND` or `SCALAR`.
    pub unit: String,
    /// The times and values; none where nothing was measured.
    pub points: Vec<Point>,
}

/// A time and a value; none where nothing was measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Point {
    /// When it was measured.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub time: Timestamp,
    /// The value in the unit of its series.
    pub value: Option<f64>,
}

impl Measurements {
    /// What was measured, one series a metric.
    pub fn series(&self) -> impl Iterator<Item = Series> {
        let measurements = self.as_api().measurements.iter().flatten();
        measurements.map(|measurement| {
            let points = measurement.data_points.iter().flatten();
            let points = points.filter_map(|point| {
                Some(Point {
                    time: point.timestamp.as_deref()?.parse().ok()?,
                    value: point.value,
                })
            });
            Series {
                name: measurement.name.clone().unwrap_or_default(),
                unit: measurement
                    .units
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                points: points.collect(),
            }
        })
    }
}

fn as_text<S: serde::Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// What is to be measured: which metrics, how densely, and of which time.
///
/// ```
/// use mongodbatlas::MeasurementQuery;
///
/// let last_day = MeasurementQuery::last("PT1H", "P1D").with_metric("CONNECTIONS");
/// let an_hour = MeasurementQuery::between(
///     "PT1M",
///     "2026-09-01T08:00:00Z".parse().expect("a time"),
///     "2026-09-01T09:00:00Z".parse().expect("a time"),
/// );
/// # let _ = (last_day, an_hour);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a query does nothing until it is given to a process"]
pub struct MeasurementQuery {
    granularity: String,
    period: Option<String>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    metrics: Vec<String>,
}

impl MeasurementQuery {
    /// All metrics of the last time, such as `P1D`, with a point each `granularity`, such as `PT1M`;
    /// both are durations of ISO 8601.
    pub fn last(granularity: impl Into<String>, period: impl Into<String>) -> Self {
        Self {
            granularity: granularity.into(),
            period: Some(period.into()),
            start: None,
            end: None,
            metrics: Vec::new(),
        }
    }

    /// All metrics between two times, with a point each `granularity`.
    pub fn between(granularity: impl Into<String>, start: Timestamp, end: Timestamp) -> Self {
        Self {
            granularity: granularity.into(),
            period: None,
            start: Some(start),
            end: Some(end),
            metrics: Vec::new(),
        }
    }

    /// Only this metric, such as `CONNECTIONS`, and the others that are given.
    pub fn with_metric(mut self, name: impl Into<String>) -> Self {
        self.metrics.push(name.into());
        self
    }

    fn apply(&self, call: Call) -> Call {
        call.with("granularity", &self.granularity)
            .with_each("period", &self.period)
            .with_each("start", self.start)
            .with_each("end", self.end)
            .with_each("m", &self.metrics)
    }
}

handle! {
    /// What can be done with a process, which is known by its host name and port.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::{MeasurementQuery, Point, Series};
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let processes = project.processes().collect().await?;
    /// for process in &processes {
    ///     println!("{}:{:?} {}", process.hostname(), process.port(), process.process_type());
    ///     println!("{:?} {:?}", process.user_alias(), process.replica_set());
    ///     println!("{:?} {:?}", process.mongodb_version(), process.created());
    ///     println!("{:?}", process.last_ping());
    /// }
    ///
    /// let process = project.process(processes[0].handle().process_id());
    /// assert_eq!(process.get().await?.process_id(), processes[0].process_id());
    /// let query = MeasurementQuery::last("PT1M", "PT1H").with_metric("CONNECTIONS");
    /// let measured = process.measurements(&query).await?;
    /// assert_eq!(measured.granularity(), "PT1M");
    /// assert!(measured.start() < measured.end());
    /// for Series { name, points, .. } in measured.series() {
    ///     let last: Option<&Point> = points.last();
    ///     println!("{name} {last:?}");
    /// }
    ///
    /// let query = MeasurementQuery::last("PT1H", "P1D");
    /// for disk in process.disks().collect().await? {
    ///     let measured = process.disk_measurements(disk.name(), &query).await?;
    ///     println!("{}: {} series", disk.name(), measured.series().count());
    /// }
    /// for database in process.databases().collect().await? {
    ///     println!("{}", database.name());
    /// }
    /// let measured = process.database_measurements("shop", &query).await?;
    /// println!("{} series", measured.series().count());
    /// # Ok(()) }) }
    /// ```
    pub struct ProcessHandle in ProjectHandle {
        /// The id: host name and port, with a colon between them.
        process_id: String => "processId",
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The process with this id, such as `host.example.com:27017`; nothing is sent before something
    /// is asked of it.
    pub fn process(&self, process_id: &str) -> ProcessHandle<C> {
        ProcessHandle {
            parent: self.clone(),
            process_id: process_id.to_owned(),
        }
    }
}

impl ProjectHandle {
    /// The processes of its clusters.
    pub fn processes(&self) -> Pager<Process> {
        self.operation(operation::LIST_GROUP_PROCESSES).list(self)
    }
}

impl ProcessHandle {
    /// Fetches the process.
    ///
    /// # Errors
    ///
    /// Not found for an unknown process, and what a call can end with.
    pub async fn get(&self) -> Result<Process> {
        self.operation(operation::GET_GROUP_PROCESS)
            .one(&self.parent)
            .await
    }

    /// What was measured of the process.
    ///
    /// # Errors
    ///
    /// Rejected for a metric or a time that Atlas does not have, and what a call can end with.
    pub async fn measurements(&self, query: &MeasurementQuery) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_MEASUREMENTS);
        query.apply(get).one(&()).await
    }

    /// Its disk partitions.
    pub fn disks(&self) -> Pager<Disk> {
        self.operation(operation::LIST_GROUP_PROCESS_DISKS)
            .list(&())
    }

    /// What was measured of one of its disk partitions, such as `data`.
    ///
    /// # Errors
    ///
    /// As [`measurements`](Self::measurements).
    pub async fn disk_measurements(
        &self,
        disk: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_DISK_MEASUREMENTS);
        query.apply(get.with("partitionName", disk)).one(&()).await
    }

    /// Its databases.
    pub fn databases(&self) -> Pager<ProcessDatabase> {
        self.operation(operation::LIST_GROUP_PROCESS_DATABASES)
            .list(&())
    }

    /// What was measured of one of its databases.
    ///
    /// # Errors
    ///
    /// As [`measurements`](Self::measurements).
    pub async fn database_measurements(
        &self,
        database: &str,
        query: &MeasurementQuery,
    ) -> Result<Measurements> {
        let get = self.operation(operation::GET_GROUP_PROCESS_DATABASE_MEASUREMENTS);
        query
            .apply(get.with("databaseName", database))
            .one(&())
            .await
    }
}
