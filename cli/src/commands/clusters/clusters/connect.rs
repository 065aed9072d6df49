//! The command `clusters connect`: prints a connection string, or starts a program with it.
//!
//! Other users of a machine can see the arguments of a program. Therefore a password is never an argument:
//!
//! - mongosh gets connection string, user and password in variables of its environment, which only the same user can
//!   read, and a script that connects with them. Without a password it asks for one.
//! - Compass and Visual Studio Code take a connection string as an argument only. They get the name of the user, and
//!   ask for the password.

mod program;

use mongodbatlas::{Document, operation};
use serde_json::Value;

use self::program::Program;
use crate::{
    commands::clusters::target::{CLUSTER, FLEX_ERROR_CODES, RENAMED_PARAMETERS},
    engine::{
        Invocation,
        definition::{Command, Example, Fallback, Future, Target, flag},
        fleet::state_of,
        request::Request,
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::at,
};

/// The value of `--connect-with` that prints the connection string.
const PRINT: &str = "connectionString";

/// The command `clusters connect`.
pub(super) static CONNECT: Command = Command::new(
    "connect",
    operation::GET_GROUP_CLUSTER,
    "Connect to a cluster with mongosh, Compass or Visual Studio Code",
)
.details(
    "Prints the connection string unless `--connect-with` names a program. mongosh gets the password in its \
     environment, never as an argument, which other users can see; without `--password` it asks for it. Compass and \
     Visual Studio Code always ask for it.",
)
.arguments(&[CLUSTER.optional()])
.flags(&[
    flag("connect-with", Target::None, "Program to start, or the connection string to print")
        .choices(&[PRINT, "mongosh", "compass", "vscode"])
        .default(PRINT),
    flag(
        "connection-string-type",
        Target::None,
        "Network of the connection: standard, private (peering) or privateEndpoint",
    )
    .choices(&["standard", "private", "privateEndpoint"])
    .default("standard"),
    flag("username", Target::None, "Database user"),
    flag("password", Target::None, "Password of the database user").secret(),
    super::list::AUTO_SCALING_MODE,
])
.fallback(Fallback {
    operation: operation::GET_GROUP_FLEX_CLUSTER,
    codes: FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.run(connect)
.examples(&[
    Example {
        line: "clusters connect shop-staging --project Storefront",
        task: "Print the connection string of a cluster",
    },
    Example {
        line: "clusters connect shop-staging --connect-with connectionString --connection-string-type standard -o json --project Storefront",
        task: "Print it as JSON",
    },
]);

fn connect<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if invocation.text("cluster-name").is_none() {
            let name = only_cluster(invocation).await?;
            invocation.values.set("cluster-name", vec![name]);
        }
        if !invocation.session.emulates_official_cli {
            invocation.resolve_cluster().await?;
        }
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::GET_GROUP_CLUSTER, scope)?;
        let (response, _) = invocation.send(&request).await?;
        let cluster = response.document().map(Document::to_value);
        let cluster = cluster.unwrap_or_default();
        check_running(&cluster)?;
        let string = connection_string(invocation, &cluster)?;
        let user = invocation.text("username");
        let program = match invocation.choice("connect-with")?.as_deref() {
            Some("mongosh") => Program::Shell {
                user,
                password: invocation.secret("password")?,
            },
            Some("compass") => Program::Compass { user },
            Some("vscode") => Program::Editor { user },
            _ => return print(invocation, &string),
        };
        program.start(&string)?;
        Ok(Exit::Success)
    })
}

/// Prints the connection string: as plain text in table format, otherwise as a document.
fn print(invocation: &mut Invocation<'_>, string: &str) -> Result<Exit, CliError> {
    if invocation.session.format.is_human_readable() && !invocation.values.has("jq") {
        invocation.ui.print(&format!("{string}\n"))?;
        return Ok(Exit::Success);
    }
    let document = to_document(&serde_json::json!({ "connectionString": string }))?;
    invocation.print_result(Some(&document), None)
}

/// Returns the name of the only cluster of the project.
async fn only_cluster(invocation: &Invocation<'_>) -> Result<String, CliError> {
    let Some((name, project)) = invocation.scope().await? else {
        return Err(CliError::failure("the command has no project"));
    };
    let request = Request::new(operation::LIST_GROUP_CLUSTERS).with(name, project.id);
    let (response, _) = invocation.send(&request).await?;
    let list = response.document().map(Document::to_value);
    let list = list.unwrap_or_default();
    let clusters = list["results"].as_array().into_iter().flatten();
    let names: Vec<_> = clusters
        .filter_map(|cluster| cluster["name"].as_str())
        .collect();
    match names[..] {
        [only] => Ok(only.to_owned()),
        [] => Err(CliError::failure("the project has no cluster").with_exit(Exit::NotFound)),
        _ => Err(CliError::usage("the project has several clusters")
            .with_hint(format!("write one of {}", names.join(", ")))),
    }
}

/// Rejects a paused cluster, which accepts no connections.
fn check_running(cluster: &Value) -> Result<(), CliError> {
    if state_of(cluster) != mongodbatlas::ClusterState::Paused {
        return Ok(());
    }
    let name = cluster["name"].as_str().unwrap_or_default();
    Err(CliError::failure(format!("cluster `{name}` is paused"))
        .with_exit(Exit::Rejected)
        .with_hint(format!("`atlascli clusters start {name}` resumes it")))
}

fn connection_string(invocation: &Invocation<'_>, cluster: &Value) -> Result<String, CliError> {
    let kind = invocation.choice("connection-string-type")?;
    let kind = kind.as_deref().unwrap_or("standard");
    let fields = match kind {
        "private" => "privateSrv|private",
        "privateEndpoint" => {
            "privateEndpoint.0.srvShardOptimizedConnectionString|privateEndpoint.0.srvConnectionString|\
             privateEndpoint.0.connectionString"
        }
        _ => "standardSrv|standard",
    };
    let string = at(&cluster["connectionStrings"], fields).and_then(Value::as_str);
    string.map(str::to_owned).ok_or_else(|| {
        let name = cluster["name"].as_str().unwrap_or_default();
        CliError::failure(format!(
            "cluster `{name}` has no connection string of the type `{kind}`"
        ))
        .with_exit(Exit::NotFound)
        .with_hint(format!(
            "`atlascli clusters connection-strings describe {name}` shows those it has"
        ))
    })
}
