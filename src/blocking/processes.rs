//! Processes, what is measured of them, and logs: each verb waits for its async twin.

use std::io::Write;

use crate::blocking::{Items, Process, ProcessHandle, ProjectHandle, twin::twins};
use crate::{
    error::Result,
    pythonic::resources::monitoring::{
        logs::LogRequest,
        processes::{Disk, MeasurementQuery, Measurements, ProcessDatabase},
    },
};

twins! {
    impl ProjectHandle {
        /// The processes of its clusters.
        fn processes() -> Items<Process>;
    }

    impl ProcessHandle {
        /// Fetches the process.
        fn get() -> Result<Process>;

        /// What was measured of the process.
        fn measurements(query: &MeasurementQuery) -> Result<Measurements>;

        /// Its disk partitions.
        fn disks() -> Items<Disk>;

        /// What was measured of one of its disk partitions, such as `data`.
        fn disk_measurements(disk: &str, query: &MeasurementQuery) -> Result<Measurements>;

        /// Its databases.
        fn databases() -> Items<ProcessDatabase>;

        /// What was measured of one of its databases.
        fn database_measurements(database: &str, query: &MeasurementQuery) -> Result<Measurements>;
    }

    impl ProjectHandle {
        /// Downloads a log, compressed with gzip, and writes it as it comes; gives the number of
        /// bytes.
        fn download_log(log: &LogRequest, writer: &mut impl Write, progress: impl FnMut(u64)) -> Result<u64>;
    }
}
