//! The commands of `backups schedule`.

use mongodbatlas::operation;
use serde_json::{Value, json};

use super::{DEDICATED, DEDICATED_FLAG};
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Input, Kind, Literal, Noun, Target, body, column,
            flag,
        },
    },
    error::CliError,
};

/// The command group `backups schedule`.
pub(super) static NOUN: Noun = Noun::new("schedule", "Manage the backup schedules of clusters")
    .aliases(&["schedules"])
    .commands(&[&DESCRIBE, &UPDATE, &DELETE]);

const COLUMNS: &[Column] = &[
    column("CLUSTER", "clusterName"),
    column("FREQUENCY", "policies.0.policyItems.*.frequencyType"),
    column("RETENTION", "policies.0.policyItems.*.retentionValue"),
    column("UNIT", "policies.0.policyItems.*.retentionUnit"),
    column("EXPORT", "autoExportEnabled"),
    column("NEXT SNAPSHOT", "nextSnapshot").time(),
];

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CLUSTER_BACKUP_SCHEDULE,
    "Show the backup schedule of a cluster",
)
.arguments(&[DEDICATED])
.on_cluster()
.columns(COLUMNS)
.examples(&[Example {
    line: "backups schedule describe shop-production --project Storefront",
    task: "Show the backup schedule of a cluster",
}]);

/// A pair of flags for one boolean field.
const fn pair(on: Input, off: Input) -> [Input; 2] {
    [
        on.switch(),
        off.sends(Literal::Bool(false)).excludes(on.name),
    ]
}

const AUTO_EXPORT: [Input; 2] = pair(
    flag(
        "auto-export",
        body("/autoExportEnabled"),
        "Export snapshots to the bucket automatically",
    ),
    flag(
        "no-auto-export",
        body("/autoExportEnabled"),
        "Stop exporting snapshots automatically",
    ),
);
const UPDATE_SNAPSHOTS: [Input; 2] = pair(
    flag(
        "update-snapshots",
        body("/updateSnapshots"),
        "Apply the new retention to earlier snapshots too",
    ),
    flag(
        "no-update-snapshots",
        body("/updateSnapshots"),
        "Apply the new retention to new snapshots only",
    ),
);
const NAMES_IN_PREFIX: [Input; 2] = pair(
    flag(
        "use-org-and-group-names-in-export-prefix",
        body("/useOrgAndGroupNamesInExportPrefix"),
        "Name the folders of exports by organization and project",
    ),
    flag(
        "no-use-org-and-group-names-in-export-prefix",
        body("/useOrgAndGroupNamesInExportPrefix"),
        "Name the folders of exports by the ids of organization and project",
    ),
);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_CLUSTER_BACKUP_SCHEDULE,
    "Update the backup schedule of a cluster",
)
.aliases(&["updates"])
.flags(&[
    DEDICATED_FLAG,
    flag(
        "file",
        Target::BodyFile,
        "JSON document with the fields to change; `-` is standard input",
    )
    .short('f'),
    flag(
        "policy",
        Target::None,
        "Item of the policy; replaces the item with this id; can be repeated",
    )
    .kind(Kind::Repeated)
    .value_name("POLICY_ID,ITEM_ID,FREQUENCY,INTERVAL,UNIT,VALUE"),
    flag("export-bucket-id", body("/export/exportBucketId"), "Id of the export bucket"),
    flag(
        "export-frequency-type",
        body("/export/frequencyType"),
        "Frequency of the exports: daily, weekly or monthly",
    ),
    flag(
        "reference-hour-of-day",
        body("/referenceHourOfDay"),
        "Hour of the snapshots, in UTC",
    )
    .integer(),
    flag(
        "reference-minute-of-hour",
        body("/referenceMinuteOfHour"),
        "Minute of the snapshots",
    )
    .integer(),
    flag(
        "restore-window-days",
        body("/restoreWindowDays"),
        "Number of days that point-in-time restores reach back",
    )
    .integer(),
    AUTO_EXPORT[0],
    AUTO_EXPORT[1],
    UPDATE_SNAPSHOTS[0],
    UPDATE_SNAPSHOTS[1],
    NAMES_IN_PREFIX[0],
    NAMES_IN_PREFIX[1],
    ALLOW_UNKNOWN_FIELDS,
])
.on_cluster()
.columns(COLUMNS)
.result("Snapshot backup policy for cluster '{clusterName}' updated.")
.run(update)
.examples(&[
    Example {
        line: "backups schedule update --cluster-name shop-production --reference-hour-of-day 3 --project Storefront",
        task: "Take the snapshots at three in the night",
    },
    Example {
        line: "backups schedule update --cluster-name shop-production --file schedule.json --project Storefront",
        task: "Update the schedule with a file",
    },
]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CLUSTER_BACKUP_SCHEDULE,
    "Delete the backup schedule of a cluster",
)
.arguments(&[DEDICATED])
.on_cluster()
.result("Backup schedules of the cluster with name '{cluster-name}' deleted.")
.examples(&[Example {
    line: "backups schedule delete shop-production --project Storefront --yes",
    task: "Delete the backup schedule of a cluster",
}]);

/// Updates a schedule. The items of `--policy` replace items of the current policy; in official mode
/// they are the whole policy.
fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let mut request =
            invocation.request(operation::UPDATE_GROUP_CLUSTER_BACKUP_SCHEDULE, scope)?;
        let items = invocation.texts("policy").iter();
        let items = items.map(|text| policy_item(text));
        let items = items.collect::<Result<Vec<_>, _>>()?;
        let mut policies = Value::Null;
        if !items.is_empty() && !invocation.session.emulates_official_cli {
            let read = request.with_operation(operation::GET_GROUP_CLUSTER_BACKUP_SCHEDULE, &[]);
            let (response, _) = invocation.send(&read).await?;
            let document = response.document().map(mongodbatlas::Document::to_value);
            policies = document.unwrap_or_default()["policies"].take();
        }
        if let Some(body) = &mut request.body {
            if !items.is_empty() {
                body["policies"] = replace_items(policies, items);
            }
            if invocation.session.emulates_official_cli {
                body["clusterName"] = invocation.text("cluster-name").into();
            }
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Parses `POLICY_ID,ITEM_ID,FREQUENCY,INTERVAL,UNIT,VALUE` into the id of the policy and the item.
fn policy_item(text: &str) -> Result<(String, Value), CliError> {
    let fields: Vec<_> = text.split(',').map(str::trim).collect();
    let invalid = || {
        CliError::usage(format!("invalid value `{text}` for `--policy`"))
            .with_hint("write `POLICY_ID,ITEM_ID,FREQUENCY,INTERVAL,UNIT,VALUE`")
    };
    let [policy, id, frequency, interval, unit, value] = fields[..] else {
        return Err(invalid());
    };
    let number = |text: &str| text.parse::<u32>().map_err(|_| invalid());
    let item = json!({
        "id": id,
        "frequencyType": frequency,
        "frequencyInterval": number(interval)?,
        "retentionUnit": unit,
        "retentionValue": number(value)?,
    });
    Ok((policy.to_owned(), item))
}

/// Puts items into policies, in place of items with the same id.
fn replace_items(policies: Value, items: Vec<(String, Value)>) -> Value {
    let mut policies = match policies {
        Value::Array(policies) => policies,
        _ => Vec::new(),
    };
    for (id, item) in items {
        let index = policies.iter().position(|policy| policy["id"] == *id);
        let index = index.unwrap_or_else(|| {
            policies.push(json!({ "id": id, "policyItems": [] }));
            policies.len() - 1
        });
        let Some(known) = policies[index]["policyItems"].as_array_mut() else {
            continue;
        };
        match known.iter_mut().find(|known| known["id"] == item["id"]) {
            Some(known) => *known = item,
            None => known.push(item),
        }
    }
    policies.into()
}
