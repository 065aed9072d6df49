//! The commands of `clusters sample-data`.

use mongodbatlas::operation;

use crate::engine::definition::{
    Column, Command, Example, Input, Noun, WaitFor, argument, column, path,
};

/// The command group `clusters sample-data`.
pub(crate) static NOUN: Noun = Noun::new("sample-data", "Load sample data into a cluster")
    .aliases(&["sample-datum"])
    .commands(&[&LOAD, &DESCRIBE, &WATCH]);

const JOB: Input = argument(
    "id",
    path("sampleDatasetId"),
    "Id of the job that loads the data",
)
.value_name("JOB_ID");

const COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("CLUSTER NAME", "clusterName"),
    column("STATE", "state").state(),
];

const UNTIL_LOADED: WaitFor = WaitFor {
    operation: operation::GET_GROUP_SAMPLE_DATASET_LOAD,
    fallback: None,
    created: "_id",
    field: "state",
    until: &["COMPLETED"],
    failed: &["FAILED"],
    result: "Sample data available.",
    always: false,
};

static LOAD: Command = Command::new(
    "load",
    operation::REQUEST_GROUP_SAMPLE_DATASET_LOAD,
    "Load the sample data into a cluster",
)
.arguments(&[argument("cluster-name", path("name"), "Name of the cluster").value_name("CLUSTER")])
.on_cluster()
.columns(COLUMNS)
.result("Sample Data Job {_id} created.")
.wait(UNTIL_LOADED)
.examples(&[Example {
    line: "clusters sample-data load shop-staging --project Storefront --wait",
    task: "Load the sample data, and wait until the job is complete",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_SAMPLE_DATASET_LOAD,
    "Show a job that loads sample data",
)
.arguments(&[JOB])
.columns(COLUMNS)
.examples(&[Example {
    line: "clusters sample-data describe 5f0c2a9e1b3d4e0001a2b601 --project Storefront",
    task: "Show a job",
}]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_SAMPLE_DATASET_LOAD,
    "Wait until sample data is loaded",
)
.arguments(&[JOB])
.wait(WaitFor {
    always: true,
    ..UNTIL_LOADED
})
.examples(&[Example {
    line: "clusters sample-data watch 5f0c2a9e1b3d4e0001a2b601 --project Storefront",
    task: "Wait until a job is complete",
}]);
