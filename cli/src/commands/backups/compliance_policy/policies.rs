//! `backups compliance-policy policies`: the required snapshots.

use mongodbatlas::operation;
use serde_json::json;

use super::{UNTIL_ACTIVE, UPDATED, current, project, update_request};
use crate::engine::{
    Invocation,
    definition::{Column, Command, Example, Future, Input, Noun, Target, column, flag},
};

/// The command group `backups compliance-policy policies`.
pub(super) static NOUN: Noun = Noun::new("policies", "Manage the required snapshots")
    .aliases(&["policy"])
    .commands(&[&DESCRIBE])
    .nouns(&[&ON_DEMAND, &SCHEDULED]);

static ON_DEMAND: Noun = Noun::new("ondemand", "Manage the requirement for on-demand snapshots")
    .commands(&[&DESCRIBE_ON_DEMAND, &CREATE_ON_DEMAND, &UPDATE_ON_DEMAND]);
static SCHEDULED: Noun = Noun::new(
    "scheduled",
    "Manage the requirements for scheduled snapshots",
)
.commands(&[&DESCRIBE_SCHEDULED, &CREATE_SCHEDULED]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Show the required snapshots",
)
.columns(&[
    column("SCHEDULED", "scheduledPolicyItems.*.frequencyType"),
    column("RETENTION", "scheduledPolicyItems.*.retentionValue"),
    column("UNIT", "scheduledPolicyItems.*.retentionUnit"),
    column("ON DEMAND RETENTION", "onDemandPolicyItem.retentionValue"),
    column("ON DEMAND UNIT", "onDemandPolicyItem.retentionUnit"),
])
.examples(&[Example {
    line: "backups compliance-policy policies describe --project Storefront",
    task: "Show the required snapshots of a project",
}]);

static DESCRIBE_ON_DEMAND: Command = Command::describe(
    operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Show the requirement for on-demand snapshots",
)
.projection("/onDemandPolicyItem")
.columns(ITEM_COLUMNS)
.examples(&[Example {
    line: "backups compliance-policy policies ondemand describe --project Storefront",
    task: "Show the retention of on-demand snapshots",
}]);

static DESCRIBE_SCHEDULED: Command = Command::describe(
    operation::GET_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Show the requirements for scheduled snapshots",
)
.aliases(&["list", "ls"])
.projection("/scheduledPolicyItems")
.columns(&[
    column("ID", "*.id"),
    column("FREQUENCY", "*.frequencyType"),
    column("INTERVAL", "*.frequencyInterval"),
    column("RETENTION", "*.retentionValue"),
    column("UNIT", "*.retentionUnit"),
])
.examples(&[Example {
    line: "backups compliance-policy policies scheduled describe --project Storefront",
    task: "Show the required scheduled snapshots",
}]);

const ITEM_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("FREQUENCY", "frequencyType"),
    column("INTERVAL", "frequencyInterval"),
    column("RETENTION", "retentionValue"),
    column("UNIT", "retentionUnit"),
];

const RETENTION_UNIT: Input = flag("retention-unit", Target::None, "Unit of the retention")
    .choices(&["days", "weeks", "months", "years"])
    .required();
const RETENTION_VALUE: Input = flag(
    "retention-value",
    Target::None,
    "Retention of the snapshots, in the unit of `--retention-unit`",
)
.integer()
.required();

/// Defines a command that sets the item for on-demand snapshots.
const fn on_demand(
    verb: &'static str,
    summary: &'static str,
    examples: &'static [Example],
) -> Command {
    Command::new(
        verb,
        operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
        summary,
    )
    .flags(&[RETENTION_UNIT, RETENTION_VALUE])
    .result(UPDATED)
    .wait(UNTIL_ACTIVE)
    .prints_reached_state()
    .run(set_on_demand)
    .examples(examples)
}

static CREATE_ON_DEMAND: Command = on_demand(
    "create",
    "Set the required retention of on-demand snapshots",
    &[Example {
        line: "backups compliance-policy policies ondemand create --retention-unit days --retention-value 3 --project Storefront",
        task: "Require that on-demand snapshots are stored for three days",
    }],
);
static UPDATE_ON_DEMAND: Command = on_demand(
    "update",
    "Change the required retention of on-demand snapshots",
    &[Example {
        line: "backups compliance-policy policies ondemand update --retention-unit weeks --retention-value 1 --project Storefront",
        task: "Require that on-demand snapshots are kept for a week",
    }],
);

static CREATE_SCHEDULED: Command = Command::create(
    operation::UPDATE_GROUP_BACKUP_COMPLIANCE_POLICY,
    "Require scheduled snapshots",
)
.flags(&[
    flag("frequency-type", Target::None, "Frequency of the snapshots")
        .choices(&["hourly", "daily", "weekly", "monthly", "yearly"])
        .required(),
    flag(
        "frequency-interval",
        Target::None,
        "Hours between hourly snapshots, day of the week or month for weekly and monthly ones, 1 for daily ones",
    )
    .integer()
    .required(),
    RETENTION_UNIT,
    RETENTION_VALUE,
])
.result(UPDATED)
.wait(UNTIL_ACTIVE)
.prints_reached_state()
.run(add_scheduled)
.examples(&[Example {
    line: "backups compliance-policy policies scheduled create --frequency-type daily --frequency-interval 1 --retention-unit days --retention-value 7 --project Storefront",
    task: "Require daily snapshots that are stored for a week",
}]);

/// Sets the item for on-demand snapshots.
fn set_on_demand<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project(invocation).await?;
        let request = update_request(invocation, &project)?;
        let mut policy = current(invocation, &request).await?;
        policy["onDemandPolicyItem"] = json!({
            "frequencyType": "ondemand",
            "frequencyInterval": 0,
            "retentionUnit": invocation.choice("retention-unit")?,
            "retentionValue": number(invocation, "retention-value"),
        });
        invocation
            .confirm_and_send(&request.with_body(policy))
            .await
    })
}

/// Adds an item for scheduled snapshots.
fn add_scheduled<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project(invocation).await?;
        let request = update_request(invocation, &project)?;
        let mut policy = current(invocation, &request).await?;
        let item = json!({
            "frequencyType": invocation.choice("frequency-type")?,
            "frequencyInterval": number(invocation, "frequency-interval"),
            "retentionUnit": invocation.choice("retention-unit")?,
            "retentionValue": number(invocation, "retention-value"),
        });
        match policy["scheduledPolicyItems"].as_array_mut() {
            Some(items) => items.push(item),
            None => policy["scheduledPolicyItems"] = json!([item]),
        }
        invocation
            .confirm_and_send(&request.with_body(policy))
            .await
    })
}

/// Returns the number of a flag; the line reader has checked it.
fn number(invocation: &Invocation<'_>, name: &str) -> Option<i64> {
    invocation.text(name)?.parse().ok()
}
