//! `integrations`: third-party services that receive alerts and metrics of a project.

use mongodbatlas::operation;

use crate::engine::definition::{
    Column, Command, Constant, Example, Input, Literal, Noun, argument, body, column, flag, path,
};

/// The command group `integrations`.
pub(crate) static NOUN: Noun = Noun::new(
    "integrations",
    "Manage the third-party integrations of a project",
)
.aliases(&["integration"])
.commands(&[&LIST, &DESCRIBE, &DELETE])
.nouns(&[&CREATE]);

const TYPE: Input = argument(
    "integration-type",
    path("integrationType"),
    "Type of the integration, such as DATADOG",
)
.value_name("TYPE");

const API_KEY: Input = flag("api-key", body("/apiKey"), "API key of the service")
    .secret()
    .required();

const COLUMNS: &[Column] = &[column("ID", "id"), column("TYPE", "type")];

static LIST: Command = Command::list(operation::LIST_GROUP_INTEGRATIONS, "List integrations")
    .columns(COLUMNS)
    .plain(&[column("TYPE", "type")])
    .examples(&[Example {
        line: "integrations list --project Storefront",
        task: "List the integrations of a project",
    }]);

static DESCRIBE: Command =
    Command::describe(operation::GET_GROUP_INTEGRATION, "Show an integration")
        .arguments(&[TYPE])
        .columns(COLUMNS)
        .examples(&[Example {
            line: "integrations describe DATADOG --project Storefront",
            task: "Show an integration",
        }]);

static DELETE: Command =
    Command::delete(operation::DELETE_GROUP_INTEGRATION, "Delete an integration")
        .arguments(&[TYPE])
        .result("Integration '{integration-type}' deleted")
        .examples(&[Example {
            line: "integrations delete DATADOG --project Storefront --yes",
            task: "Delete an integration",
        }]);

static CREATE: Noun = Noun::new("create", "Create or replace an integration")
    .aliases(&["update"])
    .commands(&[
        &DATADOG,
        &MICROSOFT_TEAMS,
        &OPS_GENIE,
        &PAGER_DUTY,
        &PROMETHEUS,
        &VICTOR_OPS,
        &WEBHOOK,
    ]);

/// Creates the command for an integration of one type.
const fn integration(
    verb: &'static str,
    summary: &'static str,
    constants: &'static [Constant],
) -> Command {
    Command::new(verb, operation::CREATE_GROUP_INTEGRATION, summary).constants(constants)
}

static DATADOG: Command = integration(
    "datadog",
    "Send metrics and alerts to Datadog",
    &[
        Constant::Path("integrationType", "DATADOG"),
        Constant::Body("/type", Literal::Text("DATADOG")),
    ],
)
.flags(&[
    API_KEY,
    flag("region", body("/region"), "Region of the Datadog account")
        .choices(&["US", "EU", "US3", "US5", "AP1", "US1_FED"])
        .default("US"),
])
.result("Datadog integration configured.")
.examples(&[Example {
    line: "integrations create datadog --api-key-file service-key.txt --region EU --project Storefront",
    task: "Send metrics and alerts to Datadog",
}]);

static MICROSOFT_TEAMS: Command = integration(
    "microsoft-teams",
    "Send alerts to a channel of Microsoft Teams",
    &[
        Constant::Path("integrationType", "MICROSOFT_TEAMS"),
        Constant::Body("/type", Literal::Text("MICROSOFT_TEAMS")),
    ],
)
.flags(&[flag(
    "url",
    body("/microsoftTeamsWebhookUrl"),
    "URL of the incoming webhook of the channel",
)
.secret()
.required()])
.result("Microsoft Teams integration configured.")
.examples(&[Example {
    line: "integrations create microsoft-teams --url-file url.txt --project Storefront",
    task: "Send alerts to a channel",
}]);

static OPS_GENIE: Command = integration(
    "ops-genie",
    "Send alerts to Opsgenie",
    &[
        Constant::Path("integrationType", "OPS_GENIE"),
        Constant::Body("/type", Literal::Text("OPS_GENIE")),
    ],
)
.flags(&[
    API_KEY,
    flag("region", body("/region"), "Region of the Opsgenie account")
        .choices(&["US", "EU"])
        .default("US"),
])
.result("Ops Genie integration configured.")
.examples(&[Example {
    line: "integrations create ops-genie --api-key-file key.txt --project Storefront",
    task: "Send alerts to Opsgenie",
}]);

static PAGER_DUTY: Command = integration(
    "pager-duty",
    "Send alerts to PagerDuty",
    &[
        Constant::Path("integrationType", "PAGER_DUTY"),
        Constant::Body("/type", Literal::Text("PAGER_DUTY")),
    ],
)
.flags(&[flag(
    "service-key",
    body("/serviceKey"),
    "Key of the PagerDuty service",
)
.secret()
.required()])
.result("Pager Duty integration configured.")
.examples(&[Example {
    line: "integrations create pager-duty --service-key-file service-key.txt --project Storefront",
    task: "Send alerts to PagerDuty",
}]);

static PROMETHEUS: Command = integration(
    "prometheus",
    "Let Prometheus scrape metrics",
    &[
        Constant::Path("integrationType", "PROMETHEUS"),
        Constant::Body("/type", Literal::Text("PROMETHEUS")),
        Constant::Body("/enabled", Literal::Bool(true)),
    ],
)
.flags(&[
    flag("username", body("/username"), "User name of Prometheus").required(),
    flag("password", body("/password"), "Password of Prometheus")
        .secret()
        .required(),
    flag(
        "service-discovery",
        body("/serviceDiscovery"),
        "Service discovery that Prometheus uses",
    )
    .choices(&["http", "file"])
    .default("http"),
])
.result("Prometheus integration configured.")
.examples(&[Example {
    line: "integrations create prometheus --username scraper --password env:APP_PASSWORD --project Storefront",
    task: "Let Prometheus scrape metrics",
}]);

static VICTOR_OPS: Command = integration(
    "victor-ops",
    "Send alerts to Splunk On-Call, formerly VictorOps",
    &[
        Constant::Path("integrationType", "VICTOR_OPS"),
        Constant::Body("/type", Literal::Text("VICTOR_OPS")),
    ],
)
.flags(&[
    API_KEY,
    flag("routing-key", body("/routingKey"), "Routing key").required(),
])
.result("Victor Ops integration configured.")
.examples(&[Example {
    line: "integrations create victor-ops --api-key-file key.txt --routing-key database --project Storefront",
    task: "Send alerts to one route",
}]);

static WEBHOOK: Command = integration(
    "webhook",
    "Send alerts to a webhook",
    &[
        Constant::Path("integrationType", "WEBHOOK"),
        Constant::Body("/type", Literal::Text("WEBHOOK")),
    ],
)
.flags(&[
    flag("url", body("/url"), "URL that receives the alerts").required(),
    flag("secret", body("/secret"), "Secret that signs the alerts")
        .secret()
        .required(),
])
.result("Webhook integration configured.")
.examples(&[Example {
    line: "integrations create webhook --url https://hooks.example.com/atlas --secret env:APP_PASSWORD --project Storefront",
    task: "Send signed alerts to a webhook",
}]);
