//! `logs`: the logs of MongoDB processes.

use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Noun, Target, argument, flag, path, query},
        steps::download::Destination,
        value,
    },
    error::CliError,
};

/// The command group `logs`.
pub(crate) static NOUN: Noun = Noun::new("logs", "Download the logs of processes")
    .aliases(&["log"])
    .commands(&[&DOWNLOAD]);

/// The logs, without the ending `.gz`, which is optional.
const LOGS: [&str; 5] = [
    "mongodb",
    "mongos",
    "mongosqld",
    "mongodb-audit-log",
    "mongos-audit-log",
];

/// The flag for the start of a log.
pub(in crate::commands) const START: Input = flag(
    "start",
    query("startDate"),
    "Start: a time, or seconds since the Unix epoch. Default: 24 hours before the end",
)
.parser(value::epoch_seconds);
/// The flag for the end of a log.
pub(in crate::commands) const END: Input = flag(
    "end",
    query("endDate"),
    "End: a time, or seconds since the Unix epoch. Default: 24 hours after the start, or now",
)
.parser(value::epoch_seconds);
/// The flag that permits replacing an existing file.
pub(in crate::commands) const FORCE: Input =
    flag("force", Target::None, "Replace an existing file").switch();

static DOWNLOAD: Command = Command::new(
    "download",
    operation::DOWNLOAD_GROUP_CLUSTER_LOG,
    "Download a log of a host",
)
.action("download a log of host")
.details("The logs: mongodb, mongos, mongodb-audit-log, mongos-audit-log. `processes list` shows the hosts.")
.arguments(&[
    argument(
        "hostname",
        path("hostName"),
        "Host of the process; a port is ignored",
    )
    .parser(host),
    argument("log", path("logName"), "Log, such as mongodb.gz").parser(log_name),
])
.flags(&[
    flag(
        "out",
        Target::None,
        "File to write; `-` is standard output. Default: the name of the log, as in mongodb.log.gz",
    )
    .value_name("FILE"),
    flag("decompress", Target::None, "Decompress the log")
        .short('d')
        .switch(),
    START,
    END,
    FORCE,
])
.run(download)
.examples(&[
    Example {
        line: "logs download shop-production-shard-00-00.12a526.mongodb.example mongodb.gz --project Storefront",
        task: "Download the log of the last 24 hours",
    },
    Example {
        line: "logs download shop-production-shard-00-00.12a526.mongodb.example mongodb --decompress \
               --start 2026-08-31T22:00 --end 2026-08-31T22:05 --out - --project Storefront",
        task: "Print five minutes of a log",
    },
]);

fn download<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let is_decompressed = invocation.is_on("decompress");
        let file = match invocation.text("out") {
            Some(file) => file.to_owned(),
            None => default_file(invocation.text("log").unwrap_or_default(), is_decompressed),
        };
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::DOWNLOAD_GROUP_CLUSTER_LOG, scope)?;
        let destination = Destination {
            file: &file,
            is_decompressed,
        };
        invocation
            .download_file(&request, &destination, "Download of {log} completed.")
            .await
    })
}

/// Returns the name of the file for a log.
fn default_file(log: &str, is_decompressed: bool) -> String {
    let name = log.strip_suffix(".gz").unwrap_or(log);
    let ending = if is_decompressed { "log" } else { "log.gz" };
    format!("{name}.{ending}")
}

/// Returns a host without its port.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Input::parser`")]
fn host(text: &str) -> Result<Value, CliError> {
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    let host = text.rsplit_once(':').filter(|(_, port)| is_port(port));
    Ok(host.map_or(text, |(host, _)| host).into())
}

/// Returns the name of a log without its ending.
fn log_name(text: &str) -> Result<Value, CliError> {
    let name = text.strip_suffix(".gz").unwrap_or(text);
    if !LOGS.contains(&name) {
        return Err(
            CliError::usage(format!("unknown log `{text}`")).with_hint(format!(
                "logs: {}",
                LOGS.map(|log| format!("{log}.gz")).join(", ")
            )),
        );
    }
    Ok(name.into())
}
