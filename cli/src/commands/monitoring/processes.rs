//! `processes`: the MongoDB processes of a project.

use mongodbatlas::operation;

use crate::engine::definition::{Command, Example, Input, Noun, argument, column, path};

/// The command group `processes`.
pub(crate) static NOUN: Noun = Noun::new("processes", "List the MongoDB processes of a project")
    .aliases(&["process"])
    .commands(&[&LIST, &DESCRIBE]);

/// The argument for a process.
pub(super) const PROCESS: Input =
    argument("process", path("processId"), "Host and port of the process").value_name("HOST:PORT");

static LIST: Command = Command::list(operation::LIST_GROUP_PROCESSES, "List processes")
    .columns(&[
        column("ID", "id"),
        column("TYPE", "typeName"),
        column("REPLICA SET", "replicaSetName"),
        column("SHARD", "shardName"),
        column("VERSION", "version"),
        column("LAST PING", "lastPing").time(),
    ])
    .plain(&[
        column("ID", "id"),
        column("REPLICA SET NAME", "replicaSetName"),
        column("SHARD NAME", "shardName"),
        column("VERSION", "version"),
    ])
    .examples(&[
        Example {
            line: "processes list --project Storefront",
            task: "List the processes of a project",
        },
        Example {
            line: "processes list --project Storefront -o ids",
            task: "Print the HOST:PORT of each process, as `metrics` takes it",
        },
    ]);

static DESCRIBE: Command = Command::describe(operation::GET_GROUP_PROCESS, "Show a process")
    .action("show process")
    .arguments(&[PROCESS])
    .columns(&[
        column("ID", "id"),
        column("TYPE", "typeName"),
        column("REPLICA SET", "replicaSetName"),
        column("SHARD", "shardName"),
        column("VERSION", "version"),
        column("ALIAS", "userAlias"),
        column("CREATED", "created").time(),
        column("LAST PING", "lastPing").time(),
    ])
    .plain(&[
        column("ID", "id"),
        column("REPLICA SET NAME", "replicaSetName"),
        column("SHARD NAME", "shardName"),
        column("VERSION", "version"),
    ])
    .examples(&[Example {
        line: "processes describe shop-production-shard-00-00.12a526.mongodb.example:27017 --project Storefront",
        task: "Show the replica set and the version of a process",
    }]);
