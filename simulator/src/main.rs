//! `atlas-simulator`: serves a local Atlas until it is interrupted.

use std::io::{self, Write as _};
use std::process::ExitCode;

use atlas_simulator::{Clock, Options, Seed, ServedOperation, Simulator};
use clap::{Parser, Subcommand, ValueEnum};

/// Serve a local MongoDB Atlas Administration API
///
/// Prints the environment variables that a client needs, then serves until interrupted. Stores
/// nothing and contacts no other host.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Listen on this port of 127.0.0.1; 0 selects a free one
    #[arg(long, default_value_t = 27080)]
    port: u16,

    /// Accept this public key
    #[arg(long, env = "ATLAS_SIMULATOR_PUBLIC_KEY", default_value = Simulator::PUBLIC_KEY)]
    public_key: String,

    /// Accept this private key
    #[arg(
        long,
        env = "ATLAS_SIMULATOR_PRIVATE_KEY",
        default_value = Simulator::PRIVATE_KEY,
        hide_env_values = true
    )]
    private_key: String,

    /// Run the virtual clock this many times as fast as real time
    #[arg(long, default_value_t = 1.0)]
    speed: f64,

    /// Start without projects instead of the demo organization
    #[arg(long)]
    empty: bool,

    /// Start with the projects of this JSON file
    #[arg(long, conflicts_with = "empty", value_name = "FILE")]
    seed: Option<std::path::PathBuf>,

    /// Serve the control interface under /_simulator, without credentials
    #[arg(long)]
    control: bool,

    /// Use this base URL in the links of responses, for clients behind a proxy
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    public_url: Option<String>,

    /// Send the rate limit headers without enforcing the limits, including that on token requests
    #[arg(long)]
    no_rate_limits: bool,
}

#[derive(Subcommand)]
enum Command {
    /// List the operations of the API and the fidelity of each
    ///
    /// A modelled operation has its own handler. A generic operation validates requests and fills
    /// responses from the schemas of the API document.
    Operations {
        /// List the operations of this tag, such as `Clusters`
        #[arg(long)]
        tag: Option<String>,

        /// Print in this format
        #[arg(short, long, value_enum, default_value_t = Format::Text)]
        output: Format,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One aligned line for each operation
    Text,
    /// A JSON array
    Json,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Some(Command::Operations { tag, output }) => list_operations(tag.as_deref(), output),
        None => run(arguments).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut message = format!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                message = format!("{message}: {cause}");
                source = cause.source();
            }
            // A closed standard error cannot report its own failure.
            writeln!(io::stderr(), "{message}").ok();
            ExitCode::FAILURE
        }
    }
}

/// Accepts an HTTP or HTTPS URL.
fn parse_url(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() => Ok(text.to_owned()),
        _ => Err("must start with `http://` or `https://`".to_owned()),
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut options = Options::new()
        .with_port(arguments.port)
        .with_keys(arguments.public_key, arguments.private_key)
        .with_seed(match arguments.seed {
            Some(path) => Seed::from_file(path)?,
            None if arguments.empty => Seed::empty(),
            None => Seed::demo(),
        })
        .with_control(arguments.control)
        .with_rate_limits(!arguments.no_rate_limits)
        .with_clock(Clock::fast(arguments.speed));
    if let Some(url) = arguments.public_url {
        options = options.with_public_url(url);
    }
    let simulator = Simulator::start(options).await?;

    let mut stdout = io::stdout().lock();
    for (name, value) in simulator.environment() {
        writeln!(stdout, "export {name}={value}")?;
    }
    stdout.flush()?;
    drop(stdout);

    tokio::signal::ctrl_c().await?;
    Ok(())
}

fn list_operations(tag: Option<&str>, format: Format) -> Result<(), Box<dyn std::error::Error>> {
    let mut operations = Simulator::operations()?;
    if let Some(tag) = tag {
        operations.retain(|operation| operation.tag.eq_ignore_ascii_case(tag));
        if operations.is_empty() {
            let hint = "`atlas-simulator operations -o json` shows the tag of each operation";
            return Err(format!("no operation has the tag `{tag}`\nhint: {hint}").into());
        }
    }
    let output = match format {
        Format::Text => format_columns(&operations),
        Format::Json => serde_json::to_string_pretty(&operations)? + "\n",
    };
    match io::stdout().lock().write_all(output.as_bytes()) {
        // The reader, such as `head`, has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Formats operations in columns: method, path, id and fidelity.
fn format_columns(operations: &[ServedOperation]) -> String {
    let width = |column: fn(&ServedOperation) -> &str| {
        let widths = operations.iter().map(|operation| column(operation).len());
        widths.max().unwrap_or_default()
    };
    let (path, id) = (
        width(|operation| operation.path),
        width(|operation| operation.id),
    );
    let lines = operations.iter().map(|operation| {
        let ServedOperation {
            method, fidelity, ..
        } = operation;
        format!(
            "{method:6}  {:path$}  {:id$}  {fidelity}\n",
            operation.path, operation.id
        )
    });
    lines.collect()
}
