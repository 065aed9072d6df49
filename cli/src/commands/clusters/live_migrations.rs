//! The commands of `live-migrations`.

use mongodbatlas::operation;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Constant, Danger, Example, Future, Input, Literal, Noun, Target, body,
            column, flag, path,
        },
        line::secret,
    },
    error::CliError,
};

/// The command group `live-migrations`.
pub(crate) static NOUN: Noun = Noun::new("live-migrations", "Migrate deployments into clusters")
    .aliases(&["live-migration", "lm"])
    .commands(&[&CREATE, &DESCRIBE, &CUTOVER])
    .nouns(&[&VALIDATION, &LINK]);

static VALIDATION: Noun = Noun::new("validation", "Check a migration before it starts")
    .commands(&[&CREATE_VALIDATION, &DESCRIBE_VALIDATION]);
static LINK: Noun = Noun::new(
    "link",
    "Connect the organization to Cloud Manager or Ops Manager",
)
.commands(&[&CREATE_LINK, &DELETE_LINK]);

const MIGRATION_ID: Input = flag(
    "live-migration-id",
    path("liveMigrationId"),
    "Id of the migration",
)
.required();

/// The flags of a migration and of its validation.
const FLAGS: [Input; 11] = [
    flag(
        "cluster-name",
        body("/destination/clusterName"),
        "Name of the cluster that receives the data",
    )
    .required()
    .value_name("CLUSTER"),
    flag(
        "migration-host",
        body("/migrationHosts"),
        "Host that runs the migration agent; can be repeated",
    )
    .list()
    .required(),
    flag(
        "source-cluster-name",
        body("/source/clusterName"),
        "Name of the source cluster in Cloud Manager or Ops Manager",
    )
    .required(),
    flag(
        "source-project-id",
        body("/source/groupId"),
        "Id of the source project in Cloud Manager or Ops Manager",
    )
    .required(),
    flag(
        "source-username",
        body("/source/username"),
        "Database user of the source cluster",
    )
    .short('u')
    .excludes("source-managed-authentication"),
    flag(
        "source-password",
        body("/source/password"),
        "Password of this user",
    )
    .short('p')
    .secret()
    .excludes("source-managed-authentication"),
    flag(
        "source-managed-authentication",
        body("/source/managedAuthentication"),
        "Let Cloud Manager or Ops Manager manage the authentication to the source cluster",
    )
    .switch(),
    flag(
        "source-ssl",
        body("/source/ssl"),
        "Connect to the source cluster with TLS",
    )
    .switch(),
    flag(
        "source-ca-certificate-path",
        body("/source/caCertificatePath"),
        "Path of the CA certificate on the migration host",
    ),
    flag(
        "drop",
        body("/dropDestinationData"),
        "Delete the collections of the cluster before the migration",
    )
    .switch(),
    flag(
        "destination-host-type",
        body("/destination/hostnameSchemaType"),
        "Network of the cluster's hosts",
    )
    .choices(&["PUBLIC", "PRIVATE_LINK", "VPC_PEERING"])
    .default("PUBLIC"),
];

/// Values of fields that Atlas needs and that switches set.
const CONSTANTS: &[Constant] = &[
    Constant::Body("/source/managedAuthentication", Literal::Bool(false)),
    Constant::Body("/source/ssl", Literal::Bool(false)),
];

const COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("STATUS", "status").state(),
    column("LAG SECONDS", "lagTimeSeconds"),
    column("READY FOR CUTOVER", "readyForCutover"),
    column("HOSTS", "migrationHosts"),
];
const VALIDATION_COLUMNS: &[Column] = &[
    column("ID", "_id"),
    column("STATUS", "status").state(),
    column("SOURCE PROJECT", "sourceGroupId"),
    column("ERROR", "errorMessage"),
];

static CREATE: Command = Command::create(operation::CREATE_GROUP_LIVE_MIGRATION, "Start a migration into a cluster")
    .flags(&FLAGS)
    .constants(CONSTANTS)
    .adjust(check_source)
    .columns(COLUMNS)
    .danger(Danger::Confirm)
    .run(on_project)
    .examples(&[Example {
        line: "live-migrations create --cluster-name shop-production --migration-host agent.example.com --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-managed-authentication --source-ssl --project Storefront --yes",
        task: "Migrate a cluster of Cloud Manager",
    }]);

static DESCRIBE: Command = Command::describe(operation::GET_GROUP_LIVE_MIGRATION, "Show a migration")
    .flags(&[MIGRATION_ID])
    .columns(COLUMNS)
    .examples(&[Example {
        line: "live-migrations describe --live-migration-id 5f0c2a9e1b3d4e0001a2b604 --project Storefront",
        task: "Show the progress of a migration",
    }]);

static CUTOVER: Command = Command::new(
    "cutover",
    operation::CUTOVER_GROUP_LIVE_MIGRATION,
    "Start the cutover of a migration that is ready for it",
)
.flags(&[MIGRATION_ID])
.result("Cutover process successfully started.")
.examples(&[Example {
    line: "live-migrations cutover --live-migration-id 5f0c2a9e1b3d4e0001a2b604 --project Storefront",
    task: "Switch to the cluster",
}]);

static CREATE_VALIDATION: Command = Command::create(
    operation::VALIDATE_GROUP_LIVE_MIGRATIONS,
    "Check whether a migration can start",
)
.flags(&[
    FLAGS[0],
    FLAGS[1],
    FLAGS[2],
    FLAGS[3],
    FLAGS[4],
    FLAGS[5],
    FLAGS[6],
    FLAGS[7],
    FLAGS[8],
    FLAGS[9],
    FLAGS[10],
    flag("force", Target::None, "Has no effect: a validation changes nothing").switch().hidden(),
])
.constants(CONSTANTS)
.adjust(check_source)
.columns(VALIDATION_COLUMNS)
.run(on_project)
.examples(&[Example {
    line: "live-migrations validation create --cluster-name shop-production --migration-host agent.example.com --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-username migrator --source-password env:APP_PASSWORD --project Storefront",
    task: "Check a migration with a database user of the source",
}]);

static DESCRIBE_VALIDATION: Command = Command::describe(
    operation::GET_GROUP_LIVE_MIGRATION_VALIDATE_STATUS,
    "Show the result of a validation",
)
.flags(&[flag("validation-id", path("validationId"), "Id of the validation").required()])
.columns(VALIDATION_COLUMNS)
.examples(&[Example {
    line: "live-migrations validation describe --validation-id 5f0c2a9e1b3d4e0001a2b605 --project Storefront",
    task: "Show the result of a validation",
}]);

static CREATE_LINK: Command = Command::create(
    operation::CREATE_ORG_LIVE_MIGRATION_LINK_TOKEN,
    "Create the link token of the organization",
)
.details("Cloud Manager or Ops Manager needs the token, which is shown once.")
.flags(&[flag(
    "access-list-ip",
    body("/accessListIps"),
    "Addresses or networks from which the token can be used; can be repeated",
)
.list()])
.result("Link-token '{linkToken}' successfully created.")
.examples(&[Example {
    line: "live-migrations link create --access-list-ip 192.0.2.15",
    task: "Create a token that one address can use",
}]);

static DELETE_LINK: Command = Command::delete(
    operation::DELETE_ORG_LIVE_MIGRATION_LINK_TOKENS,
    "Delete the link tokens of the organization",
)
.danger(Danger::Confirm)
.result("Link-tokens of the organization successfully deleted")
.examples(&[Example {
    line: "live-migrations link delete --yes",
    task: "Delete the tokens",
}]);

/// Sends the migration with the id of the project that receives the data.
fn on_project<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = invocation.session.project(&invocation.values).await?.id;
        let Some(operation) = invocation.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        let mut request = invocation.request(operation, Some(("groupId", &project)))?;
        if let Some(body) = &mut request.body {
            body["destination"]["groupId"] = project.into();
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Rejects a source without authentication, and asks for a password that is missing.
fn check_source(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.is_on("source-managed-authentication") {
        return Ok(());
    }
    if invocation.text("source-username").is_none() {
        return Err(CliError::usage("the source cluster has no authentication").with_hint(
            "add `--source-username USER`, or `--source-managed-authentication` if Cloud Manager manages the users",
        ));
    }
    if invocation.text("source-password").is_none() {
        body["source"]["password"] = secret::ask("source-password")?.into();
    }
    Ok(())
}
