//! `performance-advisor`: slow queries, suggested indexes and the slow operation threshold.

use mongodbatlas::operation;

use super::parts;
use crate::engine::{
    definition::{Command, Example, Input, Noun, column, flag, path, query},
    value,
};

/// The command group `performance-advisor`.
pub(crate) static NOUN: Noun = Noun::new(
    "performance-advisor",
    "Show slow queries and suggested indexes",
)
.nouns(&[
    &NAMESPACES,
    &THRESHOLD,
    &SLOW_QUERY_LOGS,
    &SUGGESTED_INDEXES,
]);

static NAMESPACES: Noun = Noun::new("namespaces", "List the namespaces with slow queries")
    .aliases(&["namespace"])
    .commands(&[&LIST_NAMESPACES]);

static THRESHOLD: Noun = Noun::new(
    "slow-operation-threshold",
    "Choose whether Atlas manages the slow operation threshold",
)
.aliases(&["slowMS", "slowOT", "sot"])
.commands(&[&ENABLE, &DISABLE]);

static SLOW_QUERY_LOGS: Noun = Noun::new("slow-query-logs", "List slow queries")
    .aliases(&["slow-query-log"])
    .commands(&[&LIST_SLOW_QUERIES]);

static SUGGESTED_INDEXES: Noun = Noun::new("suggested-indexes", "List suggested indexes")
    .aliases(&["suggested-index"])
    .commands(&[&LIST_SUGGESTED_INDEXES]);

/// The process. The official CLI has a hidden flag `--hostId` for the same value.
const PROCESS: Input = flag(
    "process-name",
    path("processId"),
    "Host and port of the process",
)
.aliases(&["host-id"])
.value_name("HOST:PORT")
.required();
const SINCE: Input = flag(
    "since",
    query("since"),
    "Start: a time, or milliseconds since the Unix epoch. Default: 24 hours ago",
)
.parser(value::epoch_milliseconds);
const DURATION: Input = flag(
    "duration",
    query("duration"),
    "Length of the time range in milliseconds",
)
.integer();
const ONLY_NAMESPACES: Input = flag(
    "namespaces",
    query("namespaces"),
    "Namespaces as DATABASE.COLLECTION. Default: all",
)
.list();

static LIST_NAMESPACES: Command = Command::list(
    operation::LIST_GROUP_PROCESS_PERFORMANCE_ADVISOR_NAMESPACES,
    "List the namespaces with slow queries on a process",
)
.flags(&[PROCESS, SINCE, DURATION])
.columns(&[column("NAMESPACE", "namespace"), column("TYPE", "type")])
.examples(&[Example {
    line: "performance-advisor namespaces list --project Storefront \
           --process-name shop-production-shard-00-00.12a526.mongodb.example:27017",
    task: "List the namespaces with slow queries",
}]);

static LIST_SLOW_QUERIES: Command = Command::list(
    operation::LIST_GROUP_PROCESS_PERFORMANCE_ADVISOR_SLOW_QUERY_LOGS,
    "List the slow queries of a process",
)
.flags(&[
    PROCESS,
    SINCE,
    DURATION,
    ONLY_NAMESPACES,
    flag("n-log", query("nLogs"), "Maximum number of log lines")
        .integer()
        .default("20000"),
])
.columns(&[column("NAMESPACE", "namespace"), column("LINE", "line")])
.examples(&[Example {
    line: "performance-advisor slow-query-logs list --n-log 5 --project Storefront \
           --process-name shop-production-shard-00-00.12a526.mongodb.example:27017",
    task: "List the five newest slow queries",
}]);

static LIST_SUGGESTED_INDEXES: Command = Command::list(
    operation::LIST_GROUP_PROCESS_PERFORMANCE_ADVISOR_SUGGESTED_INDEXES,
    "List the indexes that Atlas suggests for a process",
)
.flags(&[
    PROCESS,
    SINCE,
    DURATION,
    ONLY_NAMESPACES,
    flag(
        "n-indexes",
        query("nIndexes"),
        "Number of indexes at most. Default: all",
    )
    .integer(),
    flag(
        "n-examples",
        query("nExamples"),
        "Number of example queries for each index",
    )
    .integer()
    .default("5"),
])
.columns(&[
    column("ID", "id"),
    column("NAMESPACE", "namespace"),
    column("INDEX", "index"),
    column("WEIGHT", "weight"),
])
.run(parts::list_suggested_indexes)
.examples(&[Example {
    line: "performance-advisor suggested-indexes list --n-indexes 3 --project Storefront \
           --process-name shop-production-shard-00-00.12a526.mongodb.example:27017",
    task: "List the three most useful indexes",
}]);

static ENABLE: Command = Command::new(
    "enable",
    operation::ENABLE_GROUP_MANAGED_SLOW_MS,
    "Let Atlas manage the slow operation threshold",
)
.aliases(&["ls"])
.result("Atlas management of the slow operation enabled")
.examples(&[Example {
    line: "performance-advisor slow-operation-threshold enable --project Storefront",
    task: "Let Atlas choose the threshold",
}]);

static DISABLE: Command = Command::new(
    "disable",
    operation::DISABLE_GROUP_MANAGED_SLOW_MS,
    "Use the fixed slow operation threshold of 100 milliseconds",
)
.result("Atlas management of the slow operation disabled")
.examples(&[Example {
    line: "performance-advisor slow-operation-threshold disable --project Storefront",
    task: "Use the fixed threshold",
}]);
