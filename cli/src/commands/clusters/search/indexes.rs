//! The commands of `clusters search indexes`.
//!
//! Atlas has two representations of an index. The newest operations have the settings below `definition`; those of
//! 2023-01-01, which the official CLI sends for all but files with `definition`, have them beside the name.

mod body;

use mongodbatlas::operation;

use self::body::{complete, create_or_update};
use crate::{
    commands::{clusters::target::CLUSTER_FLAG, organization::projects::ALLOW_UNKNOWN_FIELDS},
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Fallback, Future, Input, Kind, Noun, Target, argument,
            column, flag, path,
        },
    },
};

/// The command group `clusters search indexes`.
pub(super) static NOUN: Noun = Noun::new("indexes", "Manage search and vector search indexes")
    .aliases(&["index"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE]);

const INDEX: Input =
    argument("index-id", path("indexId"), "Id of the index").value_name("INDEX_ID");
const FILE: Input = flag(
    "file",
    Target::BodyFile,
    "JSON document of the index; `-` is standard input",
)
.short('f');
const ANALYZER: Input = flag("analyzer", Target::None, "Analyzer of the index")
    .default("lucene.standard")
    .excludes("file")
    .hidden();
const SEARCH_ANALYZER: Input = flag("search-analyzer", Target::None, "Analyzer of queries")
    .default("lucene.standard")
    .excludes("file")
    .hidden();
const COLLECTION: Input = flag("collection", Target::None, "Name of the collection")
    .excludes("file")
    .hidden();
const DATABASE: Input = flag("db", Target::None, "Name of the database")
    .excludes("file")
    .hidden();
const DYNAMIC: Input = flag("dynamic", Target::None, "Index all fields")
    .switch()
    .excludes("file")
    .hidden();
const FIELD: Input = flag("field", Target::None, "Field of the index")
    .kind(Kind::List)
    .value_name("FIELD:ANALYZER:TYPE")
    .excludes("file")
    .hidden();

const COLUMNS: &[Column] = &[
    column("ID", "indexID"),
    column("NAME", "name"),
    column("DATABASE", "database"),
    column("COLLECTION", "collectionName"),
    column("TYPE", "type"),
    column("STATUS", "status").state(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "indexID"),
    column("NAME", "name"),
    column("DATABASE", "database"),
    column("COLLECTION", "collectionName"),
    column("TYPE", "type"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_CLUSTER_SEARCH_INDEX,
    "List the search indexes of a collection",
)
.flags(&[
    CLUSTER_FLAG,
    flag("db", path("databaseName"), "Name of the database").required(),
    flag("collection", path("collectionName"), "Name of the collection").required(),
    flag("limit", Target::None, "Has no effect: Atlas returns all indexes").integer().hidden(),
    flag("page", Target::None, "Has no effect: Atlas returns all indexes").integer().hidden(),
])
.on_cluster()
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.fallback(Fallback {
    operation: operation::LIST_GROUP_CLUSTER_FTS_INDEX,
    codes: &[],
    rename: &[],
})
.run(list)
.examples(&[Example {
    line: "clusters search indexes list --cluster-name shop-production --db shop --collection items --project Storefront",
    task: "List the indexes of a collection",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CLUSTER_SEARCH_INDEX,
    "Show a search index",
)
.arguments(&[INDEX])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.fallback(Fallback {
    operation: operation::GET_GROUP_CLUSTER_FTS_INDEX,
    codes: &[],
    rename: &[],
})
.run(describe)
.examples(&[Example {
    line: "clusters search indexes describe 5f0c2a9e1b3d4e0001a2b603 --cluster-name shop-production --project Storefront",
    task: "Show an index",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CLUSTER_SEARCH_INDEX,
    "Create a search or vector search index",
)
.details(
    "The file has `collectionName`, `database`, `name`, `definition` and, for a vector search index, `type`. The \
     settings of `definition` may also stand beside the name.",
)
.arguments(&[argument("index-name", Target::None, "Name of the index").optional()])
.flags(&[
    CLUSTER_FLAG,
    FILE,
    ALLOW_UNKNOWN_FIELDS,
    ANALYZER,
    SEARCH_ANALYZER,
    COLLECTION,
    DATABASE,
    DYNAMIC,
    FIELD,
])
.on_cluster()
.columns(COLUMNS)
.result("Index {name} created.")
.fallback(Fallback {
    operation: operation::CREATE_GROUP_CLUSTER_FTS_INDEX,
    codes: &[],
    rename: &[],
})
.adjust(complete)
.run(create_or_update)
.examples(&[Example {
    line: "clusters search indexes create --cluster-name shop-production --file search.json --project Storefront",
    task: "Create an index from a file",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_CLUSTER_SEARCH_INDEX,
    "Replace the definition of a search index",
)
.arguments(&[INDEX])
.flags(&[
    CLUSTER_FLAG,
    FILE,
    ALLOW_UNKNOWN_FIELDS,
    flag("index-name", Target::None, "Name of the index").hidden(),
    ANALYZER,
    SEARCH_ANALYZER,
    COLLECTION,
    DATABASE,
    DYNAMIC,
    FIELD,
])
.on_cluster()
.columns(COLUMNS)
.result("Index {name} updated.")
.fallback(Fallback {
    operation: operation::UPDATE_GROUP_CLUSTER_FTS_INDEX,
    codes: &[],
    rename: &[],
})
.adjust(complete)
.run(create_or_update)
.examples(&[Example {
    line: "clusters search indexes update 5f0c2a9e1b3d4e0001a2b603 --cluster-name shop-production --file search.json --project Storefront",
    task: "Replace the definition of an index with a file",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CLUSTER_SEARCH_INDEX,
    "Delete a search index",
)
.arguments(&[INDEX])
.flags(&[CLUSTER_FLAG])
.on_cluster()
.result("Index '{index-id}' deleted")
.fallback(Fallback {
    operation: operation::DELETE_GROUP_CLUSTER_FTS_INDEX,
    codes: &[],
    rename: &[],
})
.run(delete)
.examples(&[Example {
    line: "clusters search indexes delete 5f0c2a9e1b3d4e0001a2b603 --cluster-name shop-production --project Storefront --yes",
    task: "Delete an index",
}]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let request = body::request(invocation, invocation.session.emulates_official_cli).await?;
        invocation.list_request(&request).await
    })
}

fn describe<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let request = body::request(invocation, invocation.session.emulates_official_cli).await?;
        invocation.send_and_wait(&request).await
    })
}

fn delete<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let request = body::request(invocation, invocation.session.emulates_official_cli).await?;
        invocation.confirm_and_send(&request).await
    })
}
