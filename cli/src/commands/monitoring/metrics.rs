//! `metrics`: measurements of processes, databases and disks.

mod measurements;

use mongodbatlas::operation;

use super::processes::PROCESS;
use crate::engine::{
    definition::{
        Column, Command, Example, Input, Noun, Target, argument, column, flag, path, query,
    },
    value,
};

/// The command group `metrics`.
pub(crate) static NOUN: Noun = Noun::new("metrics", "Show measurements")
    .aliases(&["metric", "measurements", "measurement"])
    .commands(&[&PROCESSES])
    .nouns(&[&DATABASES, &DISKS]);

static DATABASES: Noun = Noun::new("databases", "Show measurements of databases")
    .aliases(&["database"])
    .commands(&[&LIST_DATABASES, &DESCRIBE_DATABASE]);

static DISKS: Noun = Noun::new("disks", "Show measurements of disk partitions")
    .aliases(&["disk"])
    .commands(&[&LIST_DISKS, &DESCRIBE_DISK]);

const DETAILS: &str = "A table has one line for each measurement. csv, tsv and plaintext have one for each data point.";

const FLAGS: &[Input] = &[
    flag(
        "granularity",
        query("granularity"),
        "Interval between data points, such as PT1M or 1m. Default: PT5M",
    )
    .value_name("DURATION")
    .parser(value::iso_duration),
    flag(
        "period",
        query("period"),
        "Length of the time range up to now, such as PT8H or 8h. Default: PT1H",
    )
    .value_name("DURATION")
    .parser(value::iso_duration)
    .excludes("start"),
    flag("start", query("start"), "Start of the time range").parser(value::time),
    flag("end", query("end"), "End of the time range")
        .parser(value::time)
        .excludes("period"),
    flag(
        "type",
        query("m"),
        "Measurements, such as CONNECTIONS. Default: all",
    )
    .list(),
    flag(
        "limit",
        Target::None,
        "Maximum number of measurements to print",
    )
    .integer(),
    flag(
        "page",
        Target::None,
        "Page of `--limit` measurements to print. Default: 1",
    )
    .integer(),
];

/// The columns of tables; all but the first two are computed from the data points.
const COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("UNITS", "units"),
    column("LATEST", "latest"),
    column("MINIMUM", "minimum"),
    column("MAXIMUM", "maximum"),
    column("AVERAGE", "average"),
];
const COMPUTED: &[&str] = &["name", "units", "latest", "minimum", "maximum", "average"];

static PROCESSES: Command = Command::new(
    "processes",
    operation::GET_GROUP_PROCESS_MEASUREMENTS,
    "Show the measurements of a process",
)
.aliases(&["process"])
.action("show the measurements of process")
.details(DETAILS)
.arguments(&[PROCESS])
.flags(FLAGS)
.columns(COLUMNS)
.computed(COMPUTED)
.run(measurements::show)
.examples(&[
    Example {
        line: "metrics processes shop-production-shard-00-00.12a526.mongodb.example:27017 --type CONNECTIONS \
               --project Storefront",
        task: "Show the connections of the last hour",
    },
    Example {
        line: "metrics processes shop-production-shard-00-00.12a526.mongodb.example:27017 --granularity 1h \
               --period 4h --type CONNECTIONS,OPCOUNTER_QUERY --project Storefront -o csv",
        task: "Print the data points of two measurements as CSV",
    },
]);

static LIST_DATABASES: Command = Command::list(
    operation::LIST_GROUP_PROCESS_DATABASES,
    "List the databases of a process",
)
.action("list the databases of process")
.arguments(&[PROCESS])
.columns(&[column("DATABASE NAME", "databaseName")])
.examples(&[Example {
    line: "metrics databases list shop-production-shard-00-00.12a526.mongodb.example:27017 --project Storefront",
    task: "List the databases of a process",
}]);

static DESCRIBE_DATABASE: Command = Command::describe(
    operation::GET_GROUP_PROCESS_DATABASE_MEASUREMENTS,
    "Show the measurements of a database",
)
.action("show the measurements of a database of process")
.details(DETAILS)
.arguments(&[
    PROCESS,
    argument("database-name", path("databaseName"), "Name of the database"),
])
.flags(FLAGS)
.columns(COLUMNS)
.computed(COMPUTED)
.run(measurements::show)
.examples(&[Example {
    line: "metrics databases describe shop-production-shard-00-00.12a526.mongodb.example:27017 local \
           --type DATABASE_DATA_SIZE --project Storefront",
    task: "Show the size of the data in a database",
}]);

static LIST_DISKS: Command = Command::list(
    operation::LIST_GROUP_PROCESS_DISKS,
    "List the disk partitions of a process",
)
.action("list the disk partitions of process")
.arguments(&[PROCESS])
.columns(&[column("PARTITION NAME", "partitionName")])
.examples(&[Example {
    line: "metrics disks list shop-production-shard-00-00.12a526.mongodb.example:27017 --project Storefront",
    task: "List the disk partitions of a process",
}]);

static DESCRIBE_DISK: Command = Command::describe(
    operation::GET_GROUP_PROCESS_DISK_MEASUREMENTS,
    "Show the measurements of a disk partition",
)
.action("show the measurements of a disk partition of process")
.details(DETAILS)
.arguments(&[
    PROCESS,
    argument("disk-name", path("partitionName"), "Name of the partition"),
])
.flags(FLAGS)
.columns(COLUMNS)
.computed(COMPUTED)
.run(measurements::show)
.examples(&[Example {
    line: "metrics disks describe shop-production-shard-00-00.12a526.mongodb.example:27017 data \
           --type DISK_PARTITION_SPACE_FREE --project Storefront",
    task: "Show the free space of a partition",
}]);
