//! `setup`: a project, a cluster, a database user, an access list entry, sample data and the connection string.
//!
//! `plan.rs` reads the settings, `checks.rs` checks them before anything is created, `steps.rs` creates, and
//! `connect.rs` starts a program with the connection string.

mod checks;
mod connect;
mod plan;
mod steps;

use std::io::IsTerminal as _;

use self::plan::Plan;
use crate::{
    commands::local::profile::create::{self, GOV},
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Input, Kind, Target, flag},
        steps::{confirm::Confirmation, print::to_document},
        value,
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

const FLAGS: &[Input] = &[
    flag(
        "cluster-name",
        Target::None,
        "Name of the cluster. Default: Cluster and five digits",
    ),
    flag(
        "tier",
        Target::None,
        "Instance size, such as M10; M0 is free",
    )
    .default("M0"),
    flag("provider", Target::None, "Cloud provider")
        .choices(&["AWS", "AZURE", "GCP"])
        .default("AWS"),
    flag(
        "region",
        Target::None,
        "Region in the spelling of Atlas. Default: a region in the east of the US",
    )
    .short('r'),
    flag(
        "mdb-version",
        Target::None,
        "Major version of MongoDB; a free cluster has the newest",
    ),
    flag("auto-scaling-mode", Target::None, "Scaling of the shards")
        .choices(&["clusterWideScaling", "independentShardScaling"])
        .default("clusterWideScaling"),
    flag(
        "enable-termination-protection",
        Target::None,
        "Protect the cluster against deletion",
    )
    .switch(),
    flag("tag", Target::None, "Tag; can be repeated")
        .kind(Kind::Pairs)
        .parser(value::pair)
        .value_name("KEY=VALUE"),
    flag(
        "username",
        Target::None,
        "Name of the database user. Default: the cluster's name",
    ),
    flag(
        "password",
        Target::None,
        "Password of the database user. Default: a generated one",
    )
    .secret(),
    flag(
        "access-list-ip",
        Target::None,
        "IP address that may connect",
    )
    .list()
    .value_name("IP")
    .excludes("current-ip"),
    flag(
        "current-ip",
        Target::None,
        "Add the address that Atlas sees for this machine; the default",
    )
    .switch(),
    flag("skip-sample-data", Target::None, "Do not load sample data").switch(),
    flag(
        "connect-with",
        Target::None,
        "Program to start with the connection string",
    )
    .choices(&["mongosh", "compass", "vscode", "skip"])
    .excludes("skip-mongosh"),
    flag("skip-mongosh", Target::None, "Do not start mongosh")
        .switch()
        .hidden(),
    GOV,
    flag("no-browser", Target::None, "Do not open a browser")
        .switch()
        .hidden(),
    flag("default", Target::None, "Skip the confirmation")
        .short('Y')
        .switch()
        .hidden(),
];

/// The command `setup`.
pub(crate) static SETUP: Command = Command::local(
    "setup",
    "Create a cluster with everything that an application needs to connect",
    setup,
)
.aliases(&["quickstart"])
.details(
    "Asks for credentials if there are none. Uses the project that is set, or the only one, or creates one. \
     Checks the addresses, the limit of free clusters and the roles before it creates anything; what it creates is \
     shown for confirmation.",
)
.flags(FLAGS)
.danger(Danger::Confirm)
.examples(&[Example {
    line: "setup --project Storefront --cluster-name trial --username app --password env:APP_PASSWORD --force",
    task: "Create a free cluster with a database user, and print the connection string",
}]);

fn setup<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        ensure_credentials(invocation).await?;
        let mut plan = Plan::read(invocation).await?;
        plan.project = checks::check(invocation, &plan).await?;
        if invocation.is_on("dry-run") {
            return print_plan(invocation, &plan);
        }
        let is_confirmed = invocation.is_on("default");
        if !is_confirmed {
            let is_asked = !invocation.is_on("yes") && !invocation.is_on("force");
            if is_asked && std::io::stdin().is_terminal() {
                invocation.ui.write_stderr(&plan.describe());
            }
            let answer = invocation.confirm(Danger::Confirm, "create this", &plan.cluster_name)?;
            if answer == Confirmation::Declined {
                return Ok(invocation.declined());
            }
        }
        let outcome = steps::create(invocation, &plan).await?;
        steps::print(invocation, &plan, &outcome)?;
        connect::start(invocation, &plan, &outcome)?;
        Ok(Exit::Success)
    })
}

/// Prints the plan of `--dry-run`.
fn print_plan(invocation: &mut Invocation<'_>, plan: &Plan) -> Result<Exit, CliError> {
    if invocation.session.format.is_human_readable() {
        invocation.ui.print(&plan.describe())?;
    } else {
        let data = Data::Document(to_document(&plan.document())?);
        invocation.print(&data)?;
    }
    Ok(Exit::Success)
}

/// Asks for credentials on a terminal and stores them in the profile if there are none.
///
/// # Errors
///
/// Fails without a terminal, and if Atlas rejects the credentials.
async fn ensure_credentials(invocation: &mut Invocation<'_>) -> Result<(), CliError> {
    let Err(error) = invocation.session.atlas().await else {
        return Ok(());
    };
    if error.exit() != Exit::Credentials || !std::io::stdin().is_terminal() {
        return Err(error);
    }
    invocation.ui.write_stderr(
        "No credentials found. Create an API key in Atlas under Organization → Access Manager → API Keys,\n\
         with the role Organization Owner or Project Owner, and paste both halves.\n",
    );
    let (name, _) = create::store(invocation).await?;
    let message = format!("The credentials are stored in profile '{name}'.\n");
    invocation.ui.write_stderr(&message);
    invocation.session.reload(&name)
}
