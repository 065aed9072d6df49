//! `auditing`: the audit log of the databases of a project.

use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{Column, Command, Example, Noun, Target, body, column, flag},
    },
    error::CliError,
};

/// The command group `auditing`.
pub(crate) static NOUN: Noun = Noun::new("auditing", "Manage the database audit log of a project")
    .commands(&[&DESCRIBE, &UPDATE]);

const COLUMNS: &[Column] = &[
    column("ENABLED", "enabled"),
    column("AUTHORIZATION SUCCESS", "auditAuthorizationSuccess"),
    column("CONFIGURATION TYPE", "configurationType"),
    column("FILTER", "auditFilter"),
];

static DESCRIBE: Command =
    Command::describe(operation::GET_GROUP_AUDIT_LOG, "Show the audit settings")
        .columns(COLUMNS)
        .plain(&[
            column("AUDIT AUTHORIZATION SUCCESS", "auditAuthorizationSuccess"),
            column("AUDIT FILTER", "auditFilter"),
            column("CONFIGURATION TYPE", "configurationType"),
            column("ENABLED", "enabled"),
        ])
        .examples(&[Example {
            line: "auditing describe --project Storefront",
            task: "Show the audit settings of a project",
        }]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_AUDIT_LOG,
    "Change the audit settings",
)
.flags(&[
    flag("enabled", body("/enabled"), "Write an audit log").switch(),
    flag(
        "audit-authorization-success",
        body("/auditAuthorizationSuccess"),
        "Log successful authorizations too; this can slow down the cluster",
    )
    .switch(),
    flag(
        "audit-filter",
        body("/auditFilter"),
        "Filter of the events, a JSON document",
    )
    .value_name("JSON"),
    flag(
        "file",
        Target::FileText("/auditFilter"),
        "File with the filter of the events; `-` is standard input",
    )
    .short('f')
    .excludes("audit-filter"),
])
.adjust(check_filter)
.columns(COLUMNS)
.result("Auditing configuration successfully updated.")
.examples(&[
    Example {
        line: "auditing update --enabled --file audit.json --project Storefront",
        task: "Log the events that the filter of a file selects",
    },
    Example {
        line: "auditing update --enabled=false --project Storefront",
        task: "Stop the audit log",
    },
]);

/// Rejects a filter that is not a JSON object.
fn check_filter(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let Some(filter) = body["auditFilter"].as_str() else {
        if let Some(fields) = body.as_object_mut() {
            fields.remove("auditFilter");
        }
        return Ok(());
    };
    let source = invocation.text("file").unwrap_or("--audit-filter");
    let hint = r#"write a filter such as `{"atype": "authenticate"}`"#;
    match serde_json::from_str::<Value>(filter) {
        Ok(Value::Object(_)) => Ok(()),
        Ok(_) => Err(CliError::usage(format!(
            "the audit filter in `{source}` is not a JSON object"
        ))
        .with_hint(hint)),
        Err(error) => Err(CliError::usage(format!(
            "invalid JSON in `{source}`, line {}, column {}",
            error.line(),
            error.column()
        ))
        .with_hint(hint)),
    }
}
