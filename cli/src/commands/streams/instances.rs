//! `streams instances`: stream processing instances, which Atlas calls workspaces.

use mongodbatlas::operation;

use crate::engine::{
    Invocation,
    definition::{
        Column, Command, Example, Future, Input, Noun, Target, argument, body, column, flag, path,
        query,
    },
    steps::download::Destination,
    value,
};

/// The command group `streams instances`.
pub(super) static NOUN: Noun = Noun::new("instances", "Manage stream processing instances")
    .aliases(&["instance"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE, &DOWNLOAD]);

const COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("NAME", "name"),
    column("CLOUD", "dataProcessRegion.cloudProvider"),
    column("REGION", "dataProcessRegion.region"),
    column("TIER", "streamConfig.tier"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("NAME", "name"),
    column("CLOUD", "dataProcessRegion.cloudProvider"),
    column("REGION", "dataProcessRegion.region"),
];

const NAME: Input = argument("name", path("tenantName"), "Name of the instance");

const fn provider(target: Target) -> Input {
    flag("provider", target, "Cloud provider of the instance")
        .choices(&["AWS", "AZURE", "GCP"])
        .default("AWS")
}

const fn region(target: Target) -> Input {
    flag(
        "region",
        target,
        "Region of the instance, such as `VIRGINIA_USA`",
    )
    .short('r')
    .required()
}

static LIST: Command = Command::list(
    operation::LIST_GROUP_STREAM_WORKSPACES,
    "List the stream processing instances of a project",
)
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "streams instances list --project Storefront",
    task: "List the instances of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_STREAM_WORKSPACE,
    "Show a stream processing instance",
)
.arguments(&[NAME])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "streams instances describe shop-stream --project Storefront",
    task: "Show an instance",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_STREAM_WORKSPACE,
    "Create a stream processing instance",
)
.arguments(&[argument("name", body("/name"), "Name of the instance")])
.flags(&[
    provider(body("/dataProcessRegion/cloudProvider")),
    region(body("/dataProcessRegion/region")),
    flag("tier", body("/streamConfig/tier"), "Tier of the instance")
        .choices(&["SP2", "SP5", "SP10", "SP30", "SP50"])
        .default("SP30"),
])
.columns(COLUMNS)
.result("Atlas Streams Processor Instance '{name}' successfully created.")
.run(create)
.examples(&[Example {
    line: "streams instances create order-stream --provider AWS --region VIRGINIA_USA --tier SP10 --project Storefront",
    task: "Create an instance in Virginia",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_STREAM_WORKSPACE,
    "Move a stream processing instance to another region",
)
.arguments(&[NAME])
.flags(&[provider(body("/cloudProvider")), region(body("/region"))])
.columns(COLUMNS)
.result("Atlas Streams Processor Instance '{name}' successfully updated.")
.examples(&[Example {
    line: "streams instances update shop-stream --provider AWS --region DUBLIN_IRL --project Storefront",
    task: "Move an instance to Ireland",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_STREAM_WORKSPACE,
    "Delete a stream processing instance",
)
.arguments(&[NAME])
.result("Atlas Streams processor instance '{name}' deleted")
.examples(&[Example {
    line: "streams instances delete shop-stream --project Storefront --yes",
    task: "Delete an instance",
}]);

static DOWNLOAD: Command = Command::new(
    "download",
    operation::DOWNLOAD_GROUP_STREAM_AUDIT_LOGS,
    "Download the audit logs of a stream processing instance",
)
.details("Writes a file in gzip format. Without `--start` and `--end` it has the logs of the last 24 hours.")
.arguments(&[argument("tenant-name", path("tenantName"), "Name of the instance")])
.flags(&[
    flag("out", Target::None, "File to write").value_name("FILE").required(),
    flag("force", Target::None, "Overwrite the file").switch(),
    flag("start", query("startDate"), "Start of the logs: a time, or seconds since the Unix epoch").parser(value::epoch_seconds),
    flag("end", query("endDate"), "End of the logs: a time, or seconds since the Unix epoch").parser(value::epoch_seconds),
])
.run(download)
.examples(&[Example {
    line: "streams instances download shop-stream --out shop-stream.gz --project Storefront",
    task: "Download the audit logs of the last 24 hours",
}]);

/// Creates an instance. The body has the id of the project too, as the official command sends it.
fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let project = scope.map(|(_, place)| place.id).unwrap_or_default();
        let operation = operation::CREATE_GROUP_STREAM_WORKSPACE;
        let mut request = invocation.request(operation, Some(("groupId", &project)))?;
        if let Some(body) = &mut request.body {
            body["groupId"] = project.into();
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Downloads the audit logs to a file.
fn download<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let project = scope.map(|(_, place)| place.id).unwrap_or_default();
        let operation = operation::DOWNLOAD_GROUP_STREAM_AUDIT_LOGS;
        let request = invocation.request(operation, Some(("groupId", &project)))?;
        let file = invocation.text("out").unwrap_or_default().to_owned();
        let destination = Destination {
            file: &file,
            is_decompressed: false,
        };
        let sentence = "Download of {tenant-name} completed.";
        invocation
            .download_file(&request, &destination, sentence)
            .await
    })
}
