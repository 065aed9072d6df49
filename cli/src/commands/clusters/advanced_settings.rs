//! The commands of `clusters advanced-settings`.

use mongodbatlas::operation;
use serde_json::Value;

use super::target::CLUSTER;
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Input, Literal, Noun, body, flag},
    },
    error::CliError,
};

/// The command group `clusters advanced-settings`.
pub(crate) static NOUN: Noun = Noun::new("advanced-settings", "Show and change advanced settings")
    .aliases(&["advanced-setting", "settings"])
    .commands(&[&DESCRIBE, &UPDATE]);

/// The value that marks an unset number in the official CLI.
const UNSET: i64 = -1;

const FLAGS: &[Input] = &[
    flag(
        "enable-javascript",
        body("/javascriptEnabled"),
        "Allow JavaScript on the server",
    )
    .switch(),
    flag(
        "disable-javascript",
        body("/javascriptEnabled"),
        "Forbid JavaScript on the server",
    )
    .sends(Literal::Bool(false))
    .excludes("enable-javascript"),
    flag(
        "enable-table-scan",
        body("/noTableScan"),
        "Allow queries without an index",
    )
    .sends(Literal::Bool(false)),
    flag(
        "disable-table-scan",
        body("/noTableScan"),
        "Forbid queries without an index",
    )
    .switch()
    .excludes("enable-table-scan"),
    flag(
        "enable-fail-index-key-too-long",
        crate::engine::definition::Target::None,
        "Has no effect since MongoDB 4.4",
    )
    .switch()
    .hidden(),
    flag(
        "disable-fail-index-key-too-long",
        crate::engine::definition::Target::None,
        "Has no effect since MongoDB 4.4",
    )
    .switch()
    .hidden(),
    flag(
        "oplog-min-retention-hours",
        body("/oplogMinRetentionHours"),
        "Minimum retention of the oplog in hours",
    )
    .number(),
    flag(
        "oplog-size-mb",
        body("/oplogSizeMB"),
        "Size of the oplog in MB",
    )
    .integer(),
    flag(
        "read-concern",
        crate::engine::definition::Target::None,
        "Default read concern; Atlas no longer takes it",
    )
    .hidden(),
    flag(
        "write-concern",
        body("/defaultWriteConcern"),
        "Default write concern",
    ),
    flag(
        "tls-protocol",
        body("/minimumEnabledTlsProtocol"),
        "Minimum TLS version",
    )
    .choices(&["TLS1_2", "TLS1_3"]),
    flag(
        "sample-refresh-interval-bi-connector",
        body("/sampleRefreshIntervalBIConnector"),
        "Interval at which the BI Connector samples, in seconds",
    )
    .integer(),
    flag(
        "sample-size-bi-connector",
        body("/sampleSizeBIConnector"),
        "Number of documents that the BI Connector samples",
    )
    .integer(),
];

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CLUSTER_PROCESS_ARGS,
    "Show the advanced settings of a cluster",
)
.arguments(&[CLUSTER])
.on_cluster()
.examples(&[Example {
    line: "clusters advanced-settings describe shop-staging",
    task: "Show the advanced settings of a cluster",
}]);

static UPDATE: Command =
    Command::update(operation::UPDATE_GROUP_CLUSTER_PROCESS_ARGS, "Change the advanced settings of a cluster")
        .arguments(&[CLUSTER])
        .on_cluster()
        .flags(FLAGS)
        .adjust(adjust)
        .result("Updating advanced configuration settings of your cluster'.")
        .examples(&[Example {
            line: "clusters advanced-settings update shop-staging --disable-javascript --tls-protocol TLS1_3",
            task: "Forbid JavaScript and older TLS versions",
        }]);

/// Removes numbers that are not set, and rejects an update without a change.
fn adjust(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|_, value| value.as_i64() != Some(UNSET));
        if fields.is_empty() && !invocation.session.emulates_official_cli {
            return Err(CliError::usage("nothing to change")
                .with_hint("add a flag such as `--oplog-size-mb 2048`"));
        }
    }
    Ok(())
}
