//! `atlas-simulator`: serves a local Atlas until it is interrupted.

use std::io::{self, Write as _};
use std::process::ExitCode;

use atlas_simulator::{Clock, Options, Seed, Simulator};
use clap::Parser;

/// Serve a local MongoDB Atlas Administration API
///
/// Prints the environment that points a client at it, then serves until interrupted. Nothing is
/// stored and no other host is contacted.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Listen on this port of 127.0.0.1; 0 takes a free one
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

    /// Run the virtual clock this many times as fast
    #[arg(long, default_value_t = 1.0)]
    speed: f64,

    /// Start without projects instead of the demo organization
    #[arg(long)]
    empty: bool,

    /// Start with the projects of this JSON file
    #[arg(long, conflicts_with = "empty", value_name = "FILE")]
    seed: Option<std::path::PathBuf>,

    /// Answer under /_simulator, to be steered from other processes
    #[arg(long)]
    control: bool,

    /// Show the rate limits without enforcing them
    #[arg(long)]
    no_rate_limits: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut message = format!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                message = format!("{message}: {cause}");
                source = cause.source();
            }
            // Nobody is left to tell when standard error is closed.
            writeln!(io::stderr(), "{message}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::new()
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
