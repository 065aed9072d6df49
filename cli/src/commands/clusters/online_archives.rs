//! The commands of `clusters online-archives`.

mod body;

use mongodbatlas::operation;

use self::body::{complete_archive, complete_update, set_paused, update};
use super::target::CLUSTER_FLAG;
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::definition::{
        Column, Command, Constant, Danger, Example, Input, Literal, Noun, Target, WaitFor,
        argument, body as field, column, flag, path,
    },
};

/// The command group `clusters online-archives`.
pub(crate) static NOUN: Noun =
    Noun::new("online-archives", "Move old documents to an online archive")
        .aliases(&["online-archive"])
        .commands(&[
            &LIST, &DESCRIBE, &CREATE, &UPDATE, &PAUSE, &START, &WATCH, &DELETE,
        ]);

const ARCHIVE: Input =
    argument("archive-id", path("archiveId"), "Id of the online archive").value_name("ARCHIVE_ID");
const FILE: Input = flag(
    "file",
    Target::BodyFile,
    "JSON document of the archive; `-` is standard input",
);
const ARCHIVE_AFTER: Input = flag(
    "archive-after",
    field("/criteria/expireAfterDays"),
    "Age in days at which documents move to the archive",
)
.integer()
.excludes("file");
const EXPIRE_AFTER: Input = flag(
    "expire-after-days",
    field("/dataExpirationRule/expireAfterDays"),
    "Age in days at which Atlas deletes archived documents",
)
.integer()
.excludes("file");

const COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("DATABASE", "dbName"),
    column("COLLECTION", "collName"),
    column("STATE", "state").state(),
];
const DETAIL_COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("CLUSTER", "clusterName"),
    column("DATABASE", "dbName"),
    column("COLLECTION", "collName"),
    column("STATE", "state").state(),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_CLUSTER_ONLINE_ARCHIVES,
    "List the online archives of a cluster",
)
.flags(&[CLUSTER_FLAG])
.on_cluster()
.columns(COLUMNS)
.examples(&[Example {
    line: "clusters online-archives list --cluster-name shop-production --project Storefront",
    task: "List the archives of a cluster",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Show an online archive",
)
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.columns(DETAIL_COLUMNS)
.examples(&[Example {
    line: "clusters online-archives describe 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    task: "Show an archive",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Create an online archive of a collection",
)
.details("The date field needs an index. Documents move when their date is older than `--archive-after`.")
.flags(&[
    CLUSTER_FLAG,
    flag("db", field("/dbName"), "Name of the database").excludes("file"),
    flag("collection", field("/collName"), "Name of the collection").excludes("file"),
    flag("date-field", field("/criteria/dateField"), "Field with the date of a document")
        .excludes("file"),
    flag("date-format", Target::None, "Format of the date field")
        .choices(&["ISODATE", "EPOCH_SECONDS", "EPOCH_MILLIS", "EPOCH_NANOSECONDS"])
        .default("ISODATE")
        .excludes("file"),
    ARCHIVE_AFTER,
    EXPIRE_AFTER,
    flag("partition", Target::None, "Fields by which queries select documents; up to two")
        .list()
        .value_name("FIELDS")
        .excludes("file"),
    FILE,
    ALLOW_UNKNOWN_FIELDS,
])
.on_cluster()
.adjust(complete_archive)
.columns(DETAIL_COLUMNS)
.wait(WaitFor {
    always: false,
    ..UNTIL_ACTIVE
})
.result("Online archive '{_id}' created.")
.examples(&[
    Example {
        line: "clusters online-archives create --cluster-name shop-production --db shop --collection orders --date-field placedAt --archive-after 90 --partition customer --project Storefront",
        task: "Archive orders that are older than 90 days",
    },
    Example {
        line: "clusters online-archives create --cluster-name shop-production --file archive.json --project Storefront",
        task: "Create an archive from a file",
    },
]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Change the rules of an online archive",
)
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG, ARCHIVE_AFTER, EXPIRE_AFTER, FILE, ALLOW_UNKNOWN_FIELDS])
.on_cluster()
.adjust(complete_update)
.run(update)
.columns(DETAIL_COLUMNS)
.result("Online archive '{_id}' updated.")
.examples(&[Example {
    line: "clusters online-archives update 5f0c2a9e1b3d4e0001a2b602 --archive-after 30 --cluster-name shop-production --project Storefront",
    task: "Archive documents earlier",
}]);

static PAUSE: Command = Command::new(
    "pause",
    operation::UPDATE_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Pause an online archive",
)
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.constants(&[Constant::Body("/paused", Literal::Bool(true))])
.adjust(set_paused)
.columns(DETAIL_COLUMNS)
.result("Online archive '{_id}' paused.")
.examples(&[Example {
    line: "clusters online-archives pause 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    task: "Stop moving documents to an archive",
}]);

static START: Command = Command::new(
    "start",
    operation::UPDATE_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Resume an online archive",
)
.aliases(&["resume"])
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.constants(&[Constant::Body("/paused", Literal::Bool(false))])
.adjust(set_paused)
.columns(DETAIL_COLUMNS)
.result("Online archive '{_id}' started.")
.examples(&[Example {
    line: "clusters online-archives start 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    task: "Move documents to a paused archive again",
}]);

const UNTIL_ACTIVE: WaitFor = WaitFor {
    operation: operation::GET_GROUP_CLUSTER_ONLINE_ARCHIVE,
    fallback: None,
    created: "_id",
    field: "state",
    until: &["ACTIVE"],
    failed: &["DELETED", "ORPHANED"],
    result: "Online archive available.",
    always: true,
};

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Wait until an online archive is active",
)
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.wait(UNTIL_ACTIVE)
.examples(&[Example {
    line: "clusters online-archives watch 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    task: "Wait until an archive is active",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CLUSTER_ONLINE_ARCHIVE,
    "Delete an online archive with its documents",
)
.arguments(&[ARCHIVE])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.danger(Danger::TypeName)
.result("Archive '{archive-id}' deleted")
.examples(&[Example {
    line: "clusters online-archives delete 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront --yes",
    task: "Delete an archive",
}]);
