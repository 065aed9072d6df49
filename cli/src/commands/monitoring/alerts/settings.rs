//! `alerts settings`: the alert configurations of a project.

mod change;
mod flags;

use mongodbatlas::operation;

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Constant, Example, Future, Input, Literal, Noun, argument, column,
            path,
        },
        request::Request,
    },
    exit::Exit,
    output::{format::Format, render::Data},
};

/// The command group `alerts settings`.
pub(super) static NOUN: Noun = Noun::new("settings", "Manage alert configurations")
    .aliases(&["config"])
    .commands(&[
        &LIST, &DESCRIBE, &CREATE, &UPDATE, &ENABLE, &DISABLE, &DELETE,
    ])
    .nouns(&[&FIELDS]);

static FIELDS: Noun = Noun::new(
    "fields",
    "List the fields that alert configurations can match",
)
.aliases(&["field"])
.commands(&[&TYPES]);

const SETTING: Input = argument(
    "alert-config-id",
    path("alertConfigId"),
    "Id of the alert configuration",
)
.value_name("ALERT_CONFIG_ID");

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("TYPE", "eventTypeName"),
    column("METRIC", "metricThreshold.metricName"),
    column("ENABLED", "enabled"),
    column("NOTIFIES", "notifications.*.typeName"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("TYPE", "eventTypeName"),
    column("ENABLED", "enabled"),
];

static LIST: Command = Command::list(
    operation::LIST_GROUP_ALERT_CONFIGS,
    "List alert configurations",
)
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "alerts settings list --project Storefront",
    task: "List the alert configurations of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_ALERT_CONFIG,
    "Show an alert configuration",
)
.arguments(&[SETTING])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "alerts settings describe 5f0c2a9e1b3d4e0001a2b701 --project Storefront",
    task: "Show an alert configuration",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_ALERT_CONFIG,
    "Create an alert configuration",
)
.details("Without `--enabled` the configuration is created disabled.")
.flags(flags::CREATE)
.run(change::create)
.result("Alert configuration {id} created.")
.examples(&[
    Example {
        line: "alerts settings create --event NO_PRIMARY --enabled --notification-type GROUP \
               --notification-email-enabled --notification-interval-min 60 --project Storefront",
        task: "Send an email to the members of a project when a replica set has no primary",
    },
    Example {
        line: "alerts settings create --event OUTSIDE_METRIC_THRESHOLD --enabled --metric-name CONNECTIONS \
               --metric-operator GREATER_THAN --metric-threshold 500 --metric-units RAW --metric-mode AVERAGE \
               --notification-type EMAIL --notification-email-address ops@example.com \
               --notification-interval-min 15 --project Storefront",
        task: "Send an email when a process has more than 500 connections",
    },
    Example {
        line: "alerts settings create --file alert.json --project Storefront",
        task: "Create a configuration from a file",
    },
]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_ALERT_CONFIG,
    "Update an alert configuration",
)
.details(
    "Flags change the settings that they name; `--file` replaces the configuration. \
     In official mode flags replace it too.",
)
.arguments(&[SETTING])
.flags(flags::UPDATE)
.run(change::update)
.result("Alert configuration '{id}' updated.")
.examples(&[Example {
    line: "alerts settings update 5f0c2a9e1b3d4e0001a2b701 --notification-interval-min 120 --project Storefront",
    task: "Repeat a notification every two hours",
}]);

static ENABLE: Command = Command::new(
    "enable",
    operation::TOGGLE_GROUP_ALERT_CONFIG,
    "Enable an alert configuration",
)
.arguments(&[SETTING])
.constants(&[Constant::Body("/enabled", Literal::Bool(true))])
.result("Alert configuration '{id}' enabled")
.examples(&[Example {
    line: "alerts settings enable 5f0c2a9e1b3d4e0001a2b701 --project Storefront",
    task: "Enable an alert configuration",
}]);

static DISABLE: Command = Command::new(
    "disable",
    operation::TOGGLE_GROUP_ALERT_CONFIG,
    "Disable an alert configuration",
)
.arguments(&[SETTING])
.constants(&[Constant::Body("/enabled", Literal::Bool(false))])
.result("Alert configuration '{id}' disabled")
.examples(&[Example {
    line: "alerts settings disable 5f0c2a9e1b3d4e0001a2b701 --project Storefront",
    task: "Disable an alert configuration",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_ALERT_CONFIG,
    "Delete an alert configuration",
)
.arguments(&[SETTING])
.result("Alert config '{alert-config-id}' deleted")
.examples(&[Example {
    line: "alerts settings delete 5f0c2a9e1b3d4e0001a2b701 --project Storefront --yes",
    task: "Delete an alert configuration",
}]);

static TYPES: Command = Command::new(
    "type",
    operation::LIST_ALERT_CONFIG_MATCHER_FIELD_NAMES,
    "List the values of `--matcher-field-name`",
)
.aliases(&["types"])
.action("list the fields that alert configurations can match")
.run(list_types)
.examples(&[Example {
    line: "alerts settings fields type",
    task: "List the fields that a matcher can name",
}]);

/// Prints the names of fields, in tables one for each line.
fn list_types<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let request = Request::new(operation::LIST_ALERT_CONFIG_MATCHER_FIELD_NAMES);
        let (response, _) = invocation.send(&request).await?;
        let Some(document) = response.document() else {
            return Ok(Exit::Success);
        };
        let is_json = !(invocation.session.format.is_human_readable()
            || invocation.session.format == Format::Ids);
        if is_json || invocation.values.has("jq") {
            invocation.print(&Data::Document(document.clone()))?;
            return Ok(Exit::Success);
        }
        let names: Vec<String> = serde_json::from_str(document.as_str()).unwrap_or_default();
        for name in names {
            invocation.ui.print(&format!("{name}\n"))?;
        }
        Ok(Exit::Success)
    })
}
