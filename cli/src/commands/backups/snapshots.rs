//! The commands of `backups snapshots`.

mod download;

use mongodbatlas::operation;

use super::{
    ANY_CLUSTER, ANY_CLUSTER_FLAG, DEDICATED, DEDICATED_FLAG, NON_FLEX_ERROR_CODES,
    RENAMED_PARAMETERS,
};
use crate::engine::definition::{
    Column, Command, Example, Fallback, Input, Noun, WaitFor, argument, body, column, flag, path,
};

/// The command group `backups snapshots`.
pub(super) static NOUN: Noun = Noun::new("snapshots", "Manage snapshots of clusters")
    .aliases(&["snapshot"])
    .commands(&[
        &LIST,
        &DESCRIBE,
        &CREATE,
        &WATCH,
        &download::DOWNLOAD,
        &DELETE,
    ]);

pub(super) const SNAPSHOT: Input =
    argument("snapshot-id", path("snapshotId"), "Id of the snapshot").value_name("SNAPSHOT_ID");

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("TYPE", "snapshotType"),
    column("STATUS", "status").state(),
    column("DESCRIPTION", "description"),
    column("CREATED", "createdAt|startTime").time(),
    column("EXPIRES", "expiresAt|expiration").time(),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_FLEX_CLUSTER_BACKUP_SNAPSHOTS,
    "List the snapshots of a cluster",
)
.history()
.arguments(&[ANY_CLUSTER])
.on_cluster()
.columns(COLUMNS)
.plain(&[
    column("ID", "id"),
    column("TYPE", "snapshotType"),
    column("STATUS", "status"),
    column("CREATED AT", "createdAt|startTime"),
    column("EXPIRES AT", "expiresAt|expiration"),
])
.fallback(Fallback {
    operation: operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOTS,
    codes: NON_FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.examples(&[Example {
    line: "backups snapshots list shop-production --project Storefront",
    task: "List the newest snapshots of a cluster",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_FLEX_CLUSTER_BACKUP_SNAPSHOT,
    "Show a snapshot",
)
.arguments(&[SNAPSHOT])
.flags(&[ANY_CLUSTER_FLAG])
.on_cluster()
.columns(COLUMNS)
.plain(&[
    column("ID", "id"),
    column("SNAPSHOT TYPE", "snapshotType"),
    column("TYPE", "type"),
    column("DESCRIPTION", "description"),
    column("EXPIRES AT", "expiresAt|expiration"),
])
.fallback(Fallback {
    operation: operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT,
    codes: NON_FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.examples(&[Example {
    line: "backups snapshots describe 5f0c2a9e1b3d4e0001a2b501 --cluster-name shop-production --project Storefront",
    task: "Show a snapshot",
}]);

static CREATE: Command = Command::create(
    operation::TAKE_GROUP_CLUSTER_BACKUP_SNAPSHOTS,
    "Take a snapshot of a cluster",
)
.aliases(&["take"])
.arguments(&[DEDICATED])
.on_cluster()
.flags(&[
    flag("desc", body("/description"), "Description").required(),
    flag(
        "retention",
        body("/retentionInDays"),
        "Number of days for which Atlas stores the snapshot",
    )
    .integer()
    .default("1"),
])
.columns(&[
    column("ID", "id"),
    column("STATUS", "status").state(),
    column("DESCRIPTION", "description"),
    column("EXPIRES", "expiresAt").time(),
])
.result("Snapshot '{id}' created.")
.examples(&[Example {
    line: "backups snapshots create shop-production --desc \"before the migration\" --retention 3 --project Storefront",
    task: "Take a snapshot that is stored for three days",
}]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_FLEX_CLUSTER_BACKUP_SNAPSHOT,
    "Wait until a snapshot is complete",
)
.arguments(&[SNAPSHOT])
.flags(&[ANY_CLUSTER_FLAG])
.on_cluster()
.fallback(Fallback {
    operation: operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT,
    codes: NON_FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.wait(WaitFor {
    operation: operation::GET_GROUP_FLEX_CLUSTER_BACKUP_SNAPSHOT,
    fallback: Some(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT),
    created: "id",
    field: "status",
    until: &["completed", "COMPLETED"],
    failed: &["failed", "FAILED"],
    result: "Snapshot changes completed.",
    always: true,
})
.examples(&[Example {
    line: "backups snapshots watch 5f0c2a9e1b3d4e0001a2b501 --cluster-name shop-production --project Storefront",
    task: "Wait until a snapshot is complete",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT,
    "Delete a snapshot",
)
.arguments(&[SNAPSHOT])
.flags(&[DEDICATED_FLAG])
.on_cluster()
.result("Snapshot '{snapshot-id}' deleted")
.examples(&[Example {
    line: "backups snapshots delete 5f0c2a9e1b3d4e0001a2b501 --cluster-name shop-production --project Storefront --yes",
    task: "Delete a snapshot",
}]);
