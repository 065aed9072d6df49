//! Defines the flags of alert configurations.

use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{Input, Target, body, flag},
    },
    error::CliError,
};

/// The flags of `create`.
pub(super) const CREATE: &[Input] = &COMMON;

/// The flags of `update`: those of `create`, and the notification to change.
pub(super) const UPDATE: &[Input] = &{
    let mut flags = [NOTIFIER; COMMON.len() + 1];
    let mut index = 0;
    while index < COMMON.len() {
        flags[index] = COMMON[index];
        index += 1;
    }
    flags
};

const NOTIFIER: Input = flag(
    "notifier-id",
    body("/notifications/0/notifierId"),
    "Notification to change, if there are several",
);

const COMMON: [Input; 29] = [
    flag(
        "event",
        body("/eventTypeName"),
        "Type of the event, such as NO_PRIMARY",
    )
    .parser(upper),
    flag("enabled", body("/enabled"), "Enable the configuration").switch(),
    flag(
        "matcher-field-name",
        body("/matchers/0/fieldName"),
        "Field to match, as `alerts settings fields type` lists them",
    )
    .parser(upper),
    flag(
        "matcher-operator",
        body("/matchers/0/operator"),
        "Comparison of the field: EQUALS, NOT_EQUALS, CONTAINS, NOT_CONTAINS, STARTS_WITH, \
         ENDS_WITH, REGEX",
    )
    .parser(upper),
    flag(
        "matcher-value",
        body("/matchers/0/value"),
        "Value to compare the field with",
    ),
    flag(
        "metric-name",
        body("/metricThreshold/metricName"),
        "Metric of the event OUTSIDE_METRIC_THRESHOLD, such as CONNECTIONS",
    )
    .parser(upper),
    flag(
        "metric-operator",
        body("/metricThreshold/operator"),
        "Comparison of the metric: LESS_THAN or GREATER_THAN",
    )
    .parser(upper),
    flag(
        "metric-threshold",
        body("/metricThreshold/threshold"),
        "Value to compare the metric with",
    )
    .number(),
    flag(
        "metric-units",
        body("/metricThreshold/units"),
        "Unit of the threshold, such as RAW, BYTES, HOURS",
    )
    .parser(upper),
    flag(
        "metric-mode",
        body("/metricThreshold/mode"),
        "Aggregation of the metric: AVERAGE",
    )
    .parser(upper),
    flag(
        "notification-type",
        body("/notifications/0/typeName"),
        "Receiver: DATADOG, EMAIL, GROUP, MICROSOFT_TEAMS, OPS_GENIE, ORG, PAGER_DUTY, SLACK, \
         SMS, TEAM, USER, VICTOR_OPS, WEBHOOK",
    )
    .parser(upper),
    flag(
        "notification-delay-min",
        body("/notifications/0/delayMin"),
        "Minutes between the event and the first notification",
    )
    .integer(),
    flag(
        "notification-interval-min",
        body("/notifications/0/intervalMin"),
        "Minutes between notifications, at least 5",
    )
    .integer(),
    flag(
        "notification-email-address",
        body("/notifications/0/emailAddress"),
        "Address for EMAIL",
    ),
    flag(
        "notification-email-enabled",
        body("/notifications/0/emailEnabled"),
        "Send an email, for GROUP, ORG, TEAM and USER",
    )
    .switch(),
    flag(
        "notification-sms-enabled",
        body("/notifications/0/smsEnabled"),
        "Send a text message, for GROUP, ORG, TEAM and USER",
    )
    .switch(),
    flag(
        "notification-role",
        body("/notifications/0/roles"),
        "Roles that receive it, for GROUP and ORG",
    )
    .list(),
    flag(
        "notification-team-id",
        body("/notifications/0/teamId"),
        "Team for TEAM",
    ),
    flag(
        "notification-username",
        body("/notifications/0/username"),
        "User for USER",
    ),
    flag(
        "notification-mobile-number",
        body("/notifications/0/mobileNumber"),
        "Telephone number for SMS",
    ),
    flag(
        "notification-channel-name",
        body("/notifications/0/channelName"),
        "Channel for SLACK",
    ),
    flag(
        "notification-token",
        body("/notifications/0/apiToken"),
        "Token for SLACK",
    )
    .secret(),
    flag(
        "notification-service-key",
        body("/notifications/0/serviceKey"),
        "Key for PAGER_DUTY",
    )
    .secret(),
    flag(
        "notification-victor-ops-routing-key",
        body("/notifications/0/victorOpsRoutingKey"),
        "Routing key for VICTOR_OPS",
    )
    .secret(),
    flag(
        "notification-webhook-secret",
        body("/notifications/0/webhookSecret"),
        "Secret for WEBHOOK",
    )
    .secret(),
    flag(
        "notification-webhook-url",
        Target::None,
        "URL for WEBHOOK and MICROSOFT_TEAMS",
    ),
    flag(
        "notification-region",
        Target::None,
        "Region for DATADOG, OPS_GENIE and PAGER_DUTY",
    ),
    flag(
        "api-key",
        Target::None,
        "API key for DATADOG, OPS_GENIE and VICTOR_OPS",
    )
    .secret(),
    flag(
        "file",
        Target::BodyFile,
        "File with the configuration as JSON",
    )
    .short('f'),
];

/// The fields of a notification that depend on its type: flag, type and field.
const FIELDS_BY_TYPE: &[(&str, &str, &str)] = &[
    ("notification-webhook-url", "WEBHOOK", "webhookUrl"),
    (
        "notification-webhook-url",
        "MICROSOFT_TEAMS",
        "microsoftTeamsWebhookUrl",
    ),
    ("notification-region", "DATADOG", "datadogRegion"),
    ("notification-region", "OPS_GENIE", "opsGenieRegion"),
    ("notification-region", "PAGER_DUTY", "region"),
    ("api-key", "DATADOG", "datadogApiKey"),
    ("api-key", "OPS_GENIE", "opsGenieApiKey"),
    ("api-key", "VICTOR_OPS", "victorOpsApiKey"),
];

/// Completes the body: fields that depend on the type of the notification, and the threshold of events that have
/// no metric.
///
/// # Errors
///
/// Fails if a flag does not fit the type of the notification.
pub(super) fn complete(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let values = [
        ("api-key", invocation.secret("api-key")?),
        (
            "notification-region",
            invocation
                .text("notification-region")
                .map(str::to_uppercase),
        ),
        (
            "notification-webhook-url",
            invocation
                .text("notification-webhook-url")
                .map(str::to_owned),
        ),
    ];
    for (name, value) in values {
        let Some(value) = value else { continue };
        let kind = body["notifications"][0]["typeName"].as_str();
        let kind = kind.unwrap_or_default().to_owned();
        let mut fields = FIELDS_BY_TYPE.iter();
        let field = fields.find(|(flag, known, _)| *flag == name && *known == kind);
        let Some((_, _, field)) = field else {
            return Err(unfit(name));
        };
        body["notifications"][0][*field] = value.into();
    }
    let threshold = &mut body["metricThreshold"];
    if threshold.is_object() && threshold["metricName"].is_null() {
        let mut threshold = threshold.take();
        if let Some(fields) = threshold.as_object_mut() {
            fields.remove("metricName");
        }
        body["threshold"] = threshold;
    }
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    Ok(())
}

fn unfit(name: &str) -> CliError {
    let kinds = FIELDS_BY_TYPE.iter().filter(|(flag, ..)| *flag == name);
    let kinds: Vec<_> = kinds.map(|(_, kind, _)| *kind).collect();
    CliError::usage(format!("`--{name}` needs another `--notification-type`"))
        .with_hint(format!("types: {}", kinds.join(", ")))
}

/// Converts a word to upper case.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Input::parser`")]
fn upper(text: &str) -> Result<Value, CliError> {
    Ok(text.to_uppercase().into())
}
