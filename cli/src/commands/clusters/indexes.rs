//! The commands of `clusters indexes`: rolling index builds.

use mongodbatlas::operation;
use serde_json::Value;

use super::target::CLUSTER_FLAG;
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{Command, Example, Kind, Noun, Target, argument, body, flag},
        value,
    },
    error::CliError,
};

/// The command group `clusters indexes`.
pub(crate) static NOUN: Noun = Noun::new(
    "indexes",
    "Create indexes of collections, one node at a time",
)
.aliases(&["index"])
.commands(&[&CREATE]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CLUSTER_INDEX_ROLLING_INDEX,
    "Create an index on one node after the other",
)
.details(
    "A file has the fields `db`, `collection`, `keys` and, optionally, `options` and `collation`. Atlas returns \
     no document: it builds the index in the background.",
)
.arguments(&[argument("index-name", body("/options/name"), "Name of the index").optional()])
.flags(&[
    CLUSTER_FLAG,
    flag("db", body("/db"), "Name of the database").excludes("file"),
    flag("collection", body("/collection"), "Name of the collection").excludes("file"),
    flag(
        "key",
        body("/keys"),
        "Field and type of the index: 1, -1, 2dsphere, text or another; can be repeated",
    )
    .kind(Kind::List)
    .parser(value::key_type)
    .value_name("FIELD:TYPE")
    .excludes("file"),
    flag("sparse", body("/options/sparse"), "Leave out documents without the fields").switch(),
    flag("file", Target::BodyFile, "JSON document of the index; `-` is standard input").short('f'),
    ALLOW_UNKNOWN_FIELDS,
])
.on_cluster()
.adjust(check_fields)
.result("Rolling index build started.")
.examples(&[
    Example {
        line: "clusters indexes create by_price --cluster-name shop-production --db shop --collection items --key price:1 --key sku:-1 --project Storefront",
        task: "Create an index of two fields",
    },
    Example {
        line: "clusters indexes create --cluster-name shop-production --file index.json --project Storefront",
        task: "Create an index from a file",
    },
]);

/// Rejects an index without database, collection or keys.
fn check_fields(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let fields = [("db", "db"), ("collection", "collection"), ("keys", "key")];
    for (field, flag) in fields {
        if body.get(field).is_none() {
            return Err(
                CliError::usage(format!("the index has no field `{field}`")).with_hint(format!(
                    "add `--{flag}`, or `--file` with a document that has `db`, `collection` and `keys`"
                )),
            );
        }
    }
    Ok(())
}
