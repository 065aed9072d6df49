//! The commands of `backups compliance-policy`.

mod policies;

use mongodbatlas::{Document, operation};
use serde_json::Value;

use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{
            Column, Command, Constant, Danger, Example, Future, Literal, Noun, Target, WaitFor,
            body, column, flag,
        },
        request::Request,
    },
    error::CliError,
};

/// The command group `backups compliance-policy`.
pub(super) static NOUN: Noun = Noun::new(
    "compliance-policy",
    "Manage the backup compliance policy of a project",
)
.commands(&[&DESCRIBE, &ENABLE, &SETUP])
.nouns(&[
    &policies::NOUN,
    &COPY_PROTECTION,
    &ENCRYPTION_AT_REST,
    &POINT_IN_TIME_RESTORES,
]);

static COPY_PROTECTION: Noun = Noun::new("copy-protection", "Protect copies of snapshots")
    .commands(&[&ENABLE_COPY_PROTECTION, &DISABLE_COPY_PROTECTION]);
static ENCRYPTION_AT_REST: Noun = Noun::new(
    "encryption-at-rest",
    "Require encryption with keys of the customer",
)
.commands(&[&ENABLE_ENCRYPTION, &DISABLE_ENCRYPTION]);
static POINT_IN_TIME_RESTORES: Noun =
    Noun::new("point-in-time-restores", "Require point-in-time restores")
        .aliases(&["point-in-time-restore"])
        .commands(&[&ENABLE_POINT_IN_TIME]);

const COLUMNS: &[Column] = &[
    column("PROJECT", "projectId"),
    column("STATE", "state").state(),
    column("EMAIL", "authorizedEmail"),
    column("COPY PROTECTION", "copyProtectionEnabled"),
    column("ENCRYPTION", "encryptionAtRestEnabled"),
    column("POINT IN TIME", "pitEnabled"),
    column("RESTORE DAYS", "restoreWindowDays"),
];

/// The wait condition of all commands that change the policy.
pub(super) const UNTIL_ACTIVE: WaitFor = WaitFor {
    operation: operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY,
    fallback: None,
    created: "projectId",
    field: "state",
    until: &["ACTIVE"],
    failed: &[],
    result: "Backup Compliance Policy is active.",
    always: false,
};

/// The result message of all commands that change the policy.
pub(super) const UPDATED: &str = "Backup Compliance Policy is updated.";

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Show the backup compliance policy of a project",
)
.columns(COLUMNS)
.examples(&[Example {
    line: "backups compliance-policy describe --project Storefront",
    task: "Show the policy of a project",
}]);

const OVERWRITE: Constant = Constant::Query("overwriteBackupPolicies", "true");

static ENABLE: Command = Command::new(
    "enable",
    operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Enable a backup compliance policy",
)
.details("Only the support of MongoDB can disable the policy, at the request of the authorized user.")
.flags(&[
    flag(
        "authorized-email",
        body("/authorizedEmail"),
        "E-mail address of the user who can ask to disable the policy",
    )
    .required(),
    flag(
        "authorized-user-first-name",
        body("/authorizedUserFirstName"),
        "First name of this user",
    )
    .required(),
    flag(
        "authorized-user-last-name",
        body("/authorizedUserLastName"),
        "Last name of this user",
    )
    .required(),
])
.constants(&[
    OVERWRITE,
    Constant::Body("/copyProtectionEnabled", Literal::Bool(false)),
    Constant::Body("/encryptionAtRestEnabled", Literal::Bool(false)),
    Constant::Body("/pitEnabled", Literal::Bool(false)),
])
.columns(COLUMNS)
.danger(Danger::Confirm)
.result("Backup Compliance Policy without any configuration enabled.")
.wait(UNTIL_ACTIVE)
.prints_reached_state()
.run(enable)
.examples(&[Example {
    line: "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada --authorized-user-last-name Lin --project Storefront --yes",
    task: "Enable a policy without requirements",
}]);

static SETUP: Command = Command::new(
    "setup",
    operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Set the whole backup compliance policy with a file",
)
.flags(&[
    flag(
        "file",
        Target::BodyFile,
        "JSON document of the policy; `-` is standard input",
    )
    .short('f')
    .required(),
    ALLOW_UNKNOWN_FIELDS,
])
.constants(&[OVERWRITE])
.columns(COLUMNS)
.danger(Danger::Confirm)
.result("Backup Compliance Policy is configured.")
.wait(UNTIL_ACTIVE)
.prints_reached_state()
.examples(&[Example {
    line: "backups compliance-policy setup --file policy.json --project Storefront --yes",
    task: "Set the policy with a file",
}]);

/// Defines a command that changes one switch of the policy.
const fn switch(
    verb: &'static str,
    summary: &'static str,
    constants: &'static [Constant],
    examples: &'static [Example],
) -> Command {
    Command::new(
        verb,
        operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
        summary,
    )
    .constants(constants)
    .columns(COLUMNS)
    .result(UPDATED)
    .wait(UNTIL_ACTIVE)
    .prints_reached_state()
    .run(change)
    .examples(examples)
}

static ENABLE_COPY_PROTECTION: Command = switch(
    "enable",
    "Enable copy protection",
    &[Constant::Body(
        "/copyProtectionEnabled",
        Literal::Bool(true),
    )],
    &[Example {
        line: "backups compliance-policy copy-protection enable --project Storefront",
        task: "Enable copy protection",
    }],
);
static DISABLE_COPY_PROTECTION: Command = switch(
    "disable",
    "Disable copy protection",
    &[Constant::Body(
        "/copyProtectionEnabled",
        Literal::Bool(false),
    )],
    &[Example {
        line: "backups compliance-policy copy-protection disable --project Storefront",
        task: "Disable copy protection",
    }],
);
static ENABLE_ENCRYPTION: Command = switch(
    "enable",
    "Require encryption at rest",
    &[Constant::Body(
        "/encryptionAtRestEnabled",
        Literal::Bool(true),
    )],
    &[Example {
        line: "backups compliance-policy encryption-at-rest enable --project Storefront",
        task: "Require encryption at rest",
    }],
);
static DISABLE_ENCRYPTION: Command = switch(
    "disable",
    "Stop requiring encryption at rest",
    &[Constant::Body(
        "/encryptionAtRestEnabled",
        Literal::Bool(false),
    )],
    &[Example {
        line: "backups compliance-policy encryption-at-rest disable --project Storefront",
        task: "Stop requiring encryption at rest",
    }],
);
static ENABLE_POINT_IN_TIME: Command = switch(
    "enable",
    "Require point-in-time restores",
    &[Constant::Body("/pitEnabled", Literal::Bool(true))],
    &[Example {
        line: "backups compliance-policy point-in-time-restores enable --restore-window-days 3 --project Storefront",
        task: "Require point-in-time restores of the last three days",
    }],
)
.flags(&[flag(
    "restore-window-days",
    body("/restoreWindowDays"),
    "Number of days that point-in-time restores reach back",
)
.integer()
.required()]);

/// Enables the policy. The body contains the id of the project.
fn enable<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project(invocation).await?;
        let mut request = update_request(invocation, &project)?;
        if let Some(body) = &mut request.body {
            body["projectId"] = project.into();
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Changes fields of the current policy.
fn change<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project(invocation).await?;
        let mut request = update_request(invocation, &project)?;
        let mut policy = current(invocation, &request).await?;
        if let Some(Value::Object(fields)) = request.body.take() {
            for (name, value) in fields {
                policy[name] = value;
            }
        }
        invocation
            .confirm_and_send(&request.with_body(policy))
            .await
    })
}

/// Returns the id of the project.
pub(super) async fn project(invocation: &Invocation<'_>) -> Result<String, CliError> {
    let scope = invocation.scope().await?;
    Ok(scope.map(|(_, place)| place.id).unwrap_or_default())
}

pub(super) fn update_request(
    invocation: &Invocation<'_>,
    project: &str,
) -> Result<Request, CliError> {
    invocation.request(
        operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
        Some(("groupId", project)),
    )
}

/// Reads the current policy without the fields that Atlas sets.
pub(super) async fn current(
    invocation: &Invocation<'_>,
    request: &Request,
) -> Result<Value, CliError> {
    let read = request.with_operation(operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY, &[]);
    let (response, _) = invocation.send(&read).await?;
    let mut policy = response
        .document()
        .map(Document::to_value)
        .unwrap_or_default();
    if let Some(fields) = policy.as_object_mut() {
        let server_owned = request.operation.server_owned;
        fields.retain(|name, _| name != "links" && !server_owned.contains(&name.as_str()));
    }
    Ok(policy)
}
