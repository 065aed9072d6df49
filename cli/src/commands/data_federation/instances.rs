//! Commands for federated database instances and their query logs.

use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    commands::monitoring::logs,
    engine::{
        Invocation,
        definition::{
            Column, Command, Constant, Example, Future, Input, Target, argument, body, column,
            flag, path, query,
        },
        steps::download::Destination,
    },
    error::CliError,
};

/// The commands on instances.
pub(super) const COMMANDS: &[&Command] = &[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE, &LOGS];

const INSTANCE: Input = argument(
    "name",
    path("tenantName"),
    "Name of the federated database instance",
);
const NEW_INSTANCE: Input = argument(
    "name",
    body("/name"),
    "Name of the federated database instance",
);

const COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("STATE", "state").state(),
    column("CLOUD", "dataProcessRegion.cloudProvider"),
    column("REGION", "dataProcessRegion.region"),
    column("HOSTNAMES", "hostnames.*"),
];

/// The settings of an instance.
const SETTINGS: &[Input] = &[
    flag(
        "aws-role-id",
        body("/cloudProviderConfig/aws/roleId"),
        "Id of the AWS role that reads the data stores",
    )
    .excludes("file"),
    flag(
        "aws-test-s3-bucket",
        body("/cloudProviderConfig/aws/testS3Bucket"),
        "S3 bucket for a test of the role",
    )
    .excludes("file"),
    flag(
        "region",
        body("/dataProcessRegion/region"),
        "Region of AWS that processes the data, such as DUBLIN_IRL",
    )
    .excludes("file"),
    flag("file", Target::BodyFile, "File with the instance as JSON").short('f'),
];

const ROLES_ARE_VALIDATED: &[Constant] = &[Constant::Query("skipRoleValidation", "false")];

static LIST: Command = Command::list(
    operation::LIST_GROUP_DATA_FEDERATION,
    "List federated database instances",
)
.flags(&[flag("type", query("type"), "Type of the instances")
    .choices(&["USER", "ONLINE_ARCHIVE"])
    .default("USER")])
.columns(COLUMNS)
.examples(&[Example {
    line: "data-federation list --project Storefront",
    task: "List the federated database instances of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_DATA_FEDERATION,
    "Show a federated database instance",
)
.arguments(&[INSTANCE])
.columns(COLUMNS)
.examples(&[Example {
    line: "data-federation describe reports --project Storefront",
    task: "Show the state and the hosts of an instance",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_DATA_FEDERATION,
    "Create a federated database instance",
)
.arguments(&[NEW_INSTANCE])
.flags(SETTINGS)
.constants(ROLES_ARE_VALIDATED)
.adjust(set_provider)
.columns(COLUMNS)
.result("Data federation {name} created.")
.examples(&[Example {
    line: "data-federation create archive --region DUBLIN_IRL --project Storefront",
    task: "Create an instance in a region",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_DATA_FEDERATION,
    "Update a federated database instance",
)
.arguments(&[INSTANCE])
.flags(SETTINGS)
.constants(ROLES_ARE_VALIDATED)
.adjust(set_name_and_provider)
.columns(COLUMNS)
.result("Data federation {name} updated.")
.examples(&[Example {
    line: "data-federation update reports --region OREGON_USA --project Storefront",
    task: "Move the processing to another region",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_DATA_FEDERATION,
    "Delete a federated database instance",
)
.arguments(&[INSTANCE])
.result("'{name}' deleted")
.examples(&[Example {
    line: "data-federation delete reports --project Storefront --yes",
    task: "Delete an instance",
}]);

static LOGS: Command = Command::new(
    "logs",
    operation::DOWNLOAD_GROUP_DATA_FEDERATION_QUERY_LOGS,
    "Download the query logs of a federated database instance",
)
.action("download the query logs of instance")
.arguments(&[INSTANCE])
.flags(&[
    flag("out", Target::None, "File to write; `-` is standard output")
        .value_name("FILE")
        .required(),
    logs::START,
    logs::END,
    logs::FORCE,
])
.run(download)
.examples(&[Example {
    line: "data-federation logs reports --out reports.log.gz --start 2026-08-31 --project Storefront",
    task: "Download the query logs since a day",
}]);

/// Sets the cloud provider of a region that is given by a flag: the regions are those of AWS.
#[expect(clippy::unnecessary_wraps, reason = "the type of `Command::adjust`")]
fn set_provider(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.text("region").is_some() {
        body["dataProcessRegion"]["cloudProvider"] = "AWS".into();
    }
    Ok(())
}

/// Sets the name, which is in the path too, and the cloud provider.
fn set_name_and_provider(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    body["name"] = invocation.text("name").into();
    set_provider(invocation, body)
}

fn download<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = invocation.text("out").unwrap_or_default().to_owned();
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let operation = operation::DOWNLOAD_GROUP_DATA_FEDERATION_QUERY_LOGS;
        let request = invocation.request(operation, scope)?;
        let destination = Destination {
            file: &file,
            is_decompressed: false,
        };
        invocation
            .download_file(&request, &destination, "Download of {name} completed.")
            .await
    })
}
