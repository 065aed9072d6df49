//! `access-logs`: the logins to clusters.

use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Noun, Scope, Target, column, flag, path, query},
        value,
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The command group `access-logs`.
pub(crate) static NOUN: Noun = Noun::new("access-logs", "List the logins to clusters")
    .aliases(&["access-log"])
    .commands(&[&LIST]);

/// The number of entries without `--n-log`; in official mode it is Atlas's default.
const ENTRIES: &str = "100";
const OFFICIAL_ENTRIES: &str = "20000";

static LIST: Command = Command::list(
    operation::GET_GROUP_DB_ACCESS_HISTORY_CLUSTER,
    "List the logins to a cluster or to one of its hosts, the newest first",
)
.scope(Scope::Project)
.on_cluster()
.flags(&[
    flag("cluster-name", path("clusterName"), "Name of the cluster")
        .value_name("CLUSTER")
        .excludes("hostname"),
    flag("hostname", Target::None, "Host, without a port"),
    flag(
        "auth-result",
        query("authResult"),
        "Only logins with this result: success or fail",
    )
    .parser(auth_result),
    flag("ip", query("ipAddress"), "Only logins from this address").value_name("ADDRESS"),
    flag(
        "n-log",
        query("nLogs"),
        "Maximum number of logins, up to 20000. Default: 100",
    )
    .integer(),
    flag(
        "start",
        query("start"),
        "Start: a time, or milliseconds since the Unix epoch",
    )
    .parser(value::epoch_milliseconds),
    flag(
        "end",
        query("end"),
        "End: a time, or milliseconds since the Unix epoch",
    )
    .parser(value::epoch_milliseconds),
])
.columns(&[
    column("TIME", "timestamp"),
    column("USER", "username"),
    column("DATABASE", "authSource"),
    column("ADDRESS", "ipAddress"),
    column("HOST", "hostname"),
    column("SUCCESS", "authResult"),
    column("REASON", "failureReason"),
])
.plain(&[
    column("HOSTNAME", "hostname"),
    column("AUTH RESULT", "authResult"),
    column("LOG LINE", "logLine"),
])
.run(list)
.examples(&[
    Example {
        line: "access-logs list --cluster-name shop-production --n-log 5 --project Storefront",
        task: "List the five newest logins to a cluster",
    },
    Example {
        line: "access-logs list --hostname shop-production-shard-00-00.12a526.mongodb.example \
               --auth-result fail --start 2026-08-31 --project Storefront",
        task: "List the failed logins to a host since a day",
    },
]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let host = invocation.text("hostname").map(str::to_owned);
        let operation = match (&host, invocation.text("cluster-name")) {
            (Some(_), _) => operation::GET_GROUP_DB_ACCESS_HISTORY_PROCESS,
            (None, Some(_)) => operation::GET_GROUP_DB_ACCESS_HISTORY_CLUSTER,
            (None, None) => {
                return Err(
                    CliError::usage("missing option `--cluster-name` or `--hostname`")
                        .with_hint("add `--cluster-name CLUSTER`"),
                );
            }
        };
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let mut request = invocation.request(operation, scope)?;
        if let Some(host) = host {
            request = request.with("hostname", host);
        }
        let is_shortened = request.parameter("nLogs").is_none();
        if is_shortened {
            let emulates_official_cli = invocation.session.emulates_official_cli;
            let entries = if emulates_official_cli {
                OFFICIAL_ENTRIES
            } else {
                ENTRIES
            };
            request = request.with("nLogs", entries);
        }
        let list = invocation.fetch_part(&request, "accessLogs").await?;
        let count = list.items.len();
        invocation.print(&Data::List(list))?;
        if is_shortened && count.to_string() == ENTRIES {
            invocation.warn("these are the 100 newest logins; `--n-log 20000` prints more");
        }
        Ok(Exit::Success)
    })
}

/// Returns the value of the parameter `authResult`.
fn auth_result(text: &str) -> Result<Value, CliError> {
    match text.to_lowercase().as_str() {
        "success" | "true" => Ok(true.into()),
        "fail" | "false" => Ok(false.into()),
        _ => Err(CliError::usage(format!("`{text}` is not a result"))
            .with_hint("write `success` or `fail`")),
    }
}
