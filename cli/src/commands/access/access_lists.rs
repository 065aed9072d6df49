//! `access-lists`: the IP access list of a project.

use std::net::IpAddr;

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Input, Noun, Target, argument, body, column, flag,
            path,
        },
        value,
    },
    error::CliError,
};

/// The command group `access-lists`.
pub(crate) static NOUN: Noun = Noun::new("access-lists", "Manage the IP access list of a project")
    .aliases(&["access-list", "whitelist", "whitelists"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &DELETE]);

const ENTRY: Input = argument(
    "entry",
    path("entryValue"),
    "IP address, CIDR block or AWS security group",
);

const COLUMNS: &[Column] = &[
    column("CIDR BLOCK", "cidrBlock"),
    column("SECURITY GROUP", "awsSecurityGroup"),
    column("COMMENT", "comment"),
    column("DELETED AT", "deleteAfterDate").time(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("CIDR BLOCK", "cidrBlock"),
    column("SECURITY GROUP", "awsSecurityGroup"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_ACCESS_LIST_ENTRIES,
    "List the entries of an IP access list",
)
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "access-lists list --project Storefront",
    task: "List the entries of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_ACCESS_LIST_ENTRY,
    "Show an entry of an IP access list",
)
.arguments(&[ENTRY])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "access-lists describe 192.0.2.15 --project Storefront",
    task: "Show an entry",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_ACCESS_LIST_ENTRY,
    "Add an entry to an IP access list",
)
.arguments(&[argument(
    "entry",
    Target::None,
    "IP address, CIDR block or AWS security group",
)
.optional()])
.flags(&[
    flag("comment", body("/0/comment"), "Comment"),
    flag(
        "current-ip",
        Target::None,
        "Add the address that Atlas sees for this machine",
    )
    .switch(),
    flag(
        "delete-after",
        body("/0/deleteAfterDate"),
        "Time at which Atlas deletes the entry, or a duration from now such as `6h`",
    )
    .parser(value::time),
    flag("type", Target::None, "Kind of the entry")
        .choices(&["ipAddress", "cidrBlock", "awsSecurityGroup"])
        .default("ipAddress"),
])
.adjust(add_entry)
.run(create)
.result("Created a new IP access list.")
.examples(&[
    Example {
        line: "access-lists create 192.0.2.0/24 --type cidrBlock --comment office --project Storefront",
        task: "Add a block of addresses",
    },
    Example {
        line: "access-lists create --current-ip --comment laptop --project Storefront",
        task: "Add the address of this machine",
    },
]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_ACCESS_LIST_ENTRY,
    "Delete an entry of an IP access list",
)
.arguments(&[ENTRY])
.result("Project access list entry '{entry}' deleted")
.examples(&[Example {
    line: "access-lists delete 192.0.2.15 --project Storefront --yes",
    task: "Delete an entry",
}]);

/// Adds the entry to the body field for the kind of entry.
fn add_entry(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let entry = invocation.text("entry").unwrap_or_default();
    let kind = invocation.text("type").unwrap_or("ipAddress");
    check_kind(entry, kind)?;
    value::set_at(body, &format!("/0/{kind}"), json!(entry));
    Ok(())
}

/// Rejects an entry of the wrong kind, because the error message of Atlas would contain an internal field name.
fn check_kind(entry: &str, kind: &str) -> Result<(), CliError> {
    let actual = if entry.starts_with("sg-") {
        "awsSecurityGroup"
    } else if entry.contains('/') {
        "cidrBlock"
    } else if entry.parse::<IpAddr>().is_ok() {
        "ipAddress"
    } else {
        return Ok(());
    };
    if actual == kind {
        return Ok(());
    }
    Err(
        CliError::usage(format!("`{entry}` is not of the kind `{kind}`"))
            .with_hint(format!("add `--type {actual}`")),
    )
}

/// Sets the entry to the caller's address if `--current-ip` is given.
fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let has_entry = invocation.text("entry").is_some();
        match (has_entry, invocation.is_on("current-ip")) {
            (true, false) => {}
            (false, true) => {
                let address = current_address(invocation).await?;
                invocation.values.set("entry", vec![address]);
                invocation.values.set("type", vec!["ipAddress".to_owned()]);
            }
            (true, true) => {
                return Err(CliError::usage(
                    "an entry and `--current-ip` exclude each other",
                ));
            }
            (false, false) => {
                return Err(CliError::usage("missing argument ENTRY")
                    .with_hint("give an address, or `--current-ip` for this machine's"));
            }
        }
        invocation.run_definition().await
    })
}

/// Adds the caller's address to `--ip` of `organizations api-keys access-lists create --current-ip`.
pub(super) fn create_for_key<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if invocation.is_on("current-ip") {
            let mut addresses = invocation.texts("ip").to_vec();
            addresses.push(current_address(invocation).await?);
            invocation.values.set("ip", addresses);
        }
        invocation.run_definition().await
    })
}

/// Returns the address from which Atlas receives the requests.
async fn current_address(invocation: &Invocation<'_>) -> Result<String, CliError> {
    let atlas = invocation.session.atlas().await?;
    let address = atlas.current_ip_address().await;
    let address =
        address.map_err(|error| CliError::from_request_error(&error, &invocation.action()))?;
    Ok(address.to_string())
}
