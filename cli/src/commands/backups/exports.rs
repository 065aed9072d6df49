//! `backups exports`: export buckets and export jobs.

use mongodbatlas::operation;
use serde_json::Value;

use super::{DEDICATED, DEDICATED_FLAG};
use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Input, Kind, Noun, Target, WaitFor, argument, body, column,
            flag, path,
        },
        value,
    },
    error::CliError,
};

/// The command group `backups exports`.
pub(super) static NOUN: Noun = Noun::new("exports", "Export snapshots to buckets")
    .aliases(&["export"])
    .nouns(&[&BUCKETS, &JOBS]);

static BUCKETS: Noun = Noun::new("buckets", "Manage export buckets")
    .aliases(&["bucket"])
    .commands(&[
        &LIST_BUCKETS,
        &DESCRIBE_BUCKET,
        &CREATE_BUCKET,
        &DELETE_BUCKET,
    ]);

static JOBS: Noun = Noun::new("jobs", "Manage export jobs")
    .aliases(&["job"])
    .commands(&[&LIST_JOBS, &DESCRIBE_JOB, &CREATE_JOB, &WATCH_JOB]);

const BUCKET_COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("BUCKET NAME", "bucketName"),
    column("CLOUD PROVIDER", "cloudProvider"),
    column("IAM ROLE ID", "iamRoleId"),
];
const JOB_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("EXPORT BUCKET ID", "exportBucketId"),
    column("STATE", "state").state(),
    column("SNAPSHOT ID", "snapshotId"),
];

const BUCKET_ID: Input = flag(
    "bucket-id",
    path("exportBucketId"),
    "Id of the export bucket",
)
.required();

static LIST_BUCKETS: Command = Command::list(
    operation::LIST_GROUP_BACKUP_EXPORT_BUCKETS,
    "List the export buckets of a project",
)
.columns(BUCKET_COLUMNS)
.examples(&[Example {
    line: "backups exports buckets list --project Storefront",
    task: "List the export buckets of a project",
}]);

static DESCRIBE_BUCKET: Command = Command::describe(
    operation::GET_GROUP_BACKUP_EXPORT_BUCKET,
    "Show an export bucket",
)
.flags(&[BUCKET_ID])
.columns(BUCKET_COLUMNS)
.examples(&[Example {
    line: "backups exports buckets describe --bucket-id 5f0c2a9e1b3d4e0001a2b503 --project Storefront",
    task: "Show an export bucket",
}]);

static CREATE_BUCKET: Command = Command::create(
    operation::CREATE_GROUP_BACKUP_EXPORT_BUCKET,
    "Use a bucket for exports",
)
.arguments(&[argument("bucket-name", body("/bucketName"), "Name of the bucket")])
.flags(&[
    flag("cloud-provider", body("/cloudProvider"), "Cloud provider of the bucket")
        .choices(&["AWS", "AZURE", "GCP"])
        .required(),
    flag(
        "iam-role-id",
        body("/iamRoleId"),
        "Id of the role that can write to the bucket",
    )
    .required(),
])
.columns(BUCKET_COLUMNS)
.result("Export destination created using '{bucketName}'.")
.examples(&[Example {
    line: "backups exports buckets create shop-archive --cloud-provider AWS --iam-role-id 5f0c2a9e1b3d4e0001a2b504 --project Storefront",
    task: "Use a bucket of AWS",
}]);

static DELETE_BUCKET: Command = Command::delete(
    operation::DELETE_GROUP_BACKUP_EXPORT_BUCKET,
    "Stop using a bucket for exports",
)
.flags(&[BUCKET_ID])
.result("Snapshot export bucket with id '{bucket-id}' deleted.")
.examples(&[Example {
    line: "backups exports buckets delete --bucket-id 5f0c2a9e1b3d4e0001a2b503 --project Storefront --yes",
    task: "Stop using a bucket",
}]);

static LIST_JOBS: Command = Command::list(
    operation::LIST_GROUP_CLUSTER_BACKUP_EXPORTS,
    "List the export jobs of a cluster",
)
.history()
.arguments(&[DEDICATED])
.on_cluster()
.columns(JOB_COLUMNS)
.examples(&[Example {
    line: "backups exports jobs list shop-production --project Storefront",
    task: "List the newest export jobs of a cluster",
}]);

static DESCRIBE_JOB: Command = Command::describe(
    operation::GET_GROUP_CLUSTER_BACKUP_EXPORT,
    "Show an export job",
)
.flags(&[
    DEDICATED_FLAG,
    flag("export-id", path("exportId"), "Id of the export job").required(),
    flag("bucket-id", Target::None, "Id of the export bucket").hidden(),
])
.on_cluster()
.columns(JOB_COLUMNS)
.examples(&[Example {
    line: "backups exports jobs describe --cluster-name shop-production --export-id 5f0c2a9e1b3d4e0001a2b505 --project Storefront",
    task: "Show an export job",
}]);

static CREATE_JOB: Command = Command::create(
    operation::CREATE_GROUP_CLUSTER_BACKUP_EXPORT,
    "Export a snapshot to a bucket",
)
.flags(&[
    DEDICATED_FLAG,
    flag("snapshot-id", body("/snapshotId"), "Id of the snapshot").required(),
    flag("bucket-id", body("/exportBucketId"), "Id of the export bucket").required(),
    flag("custom-data", body("/customData"), "Metadata of the export; can be repeated")
        .kind(Kind::Pairs)
        .parser(value::pair)
        .value_name("KEY=VALUE"),
])
.on_cluster()
.adjust(add_custom_data)
.columns(JOB_COLUMNS)
.result("Export job '{id}' created in a bucket with ID '{exportBucketId}'.")
.examples(&[Example {
    line: "backups exports jobs create --cluster-name shop-production --snapshot-id 5f0c2a9e1b3d4e0001a2b501 --bucket-id 5f0c2a9e1b3d4e0001a2b503 --project Storefront",
    task: "Export a snapshot",
}]);

static WATCH_JOB: Command = Command::new(
    "watch",
    operation::GET_GROUP_CLUSTER_BACKUP_EXPORT,
    "Wait until an export job is complete",
)
.arguments(&[argument("export-id", path("exportId"), "Id of the export job").value_name("JOB_ID")])
.flags(&[DEDICATED_FLAG])
.on_cluster()
.wait(WaitFor {
    operation: operation::GET_GROUP_CLUSTER_BACKUP_EXPORT,
    fallback: None,
    created: "id",
    field: "state",
    until: &["Successful"],
    failed: &["Failed", "Cancelled"],
    result: "Export completed.",
    always: true,
})
.examples(&[Example {
    line: "backups exports jobs watch 5f0c2a9e1b3d4e0001a2b505 --cluster-name shop-production --project Storefront",
    task: "Wait until an export job is complete",
}]);

/// Sends an empty list without `--custom-data` in official mode.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Command::adjust`")]
fn add_custom_data(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.session.emulates_official_cli && body["customData"].is_null() {
        body["customData"] = Value::Array(Vec::new());
    }
    Ok(())
}
