//! `simulator`: a local Atlas that runs in the background.

use std::{
    fs,
    process::{Command as Process, Stdio},
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    config::{
        file::ConfigFile,
        state::{running_simulator, simulator_file},
    },
    engine::{
        Invocation,
        definition::{Command, Example, Future, Noun, Target, flag},
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The command group `simulator`.
pub(crate) static NOUN: Noun = Noun::new("simulator", "Run a local Atlas with a demo organization")
    .commands(&[&START, &STATUS, &STOP, &SERVE]);

/// The profile of the simulator.
pub(crate) const PROFILE: &str = "demo";
/// The timeout for the start of the server.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// The interval at which the server checks whether it was stopped.
const INTERVAL: Duration = Duration::from_millis(200);

static START: Command = Command::local("start", "Start the simulator in the background", start)
    .details("Writes the profile `demo`; `--demo` and `--profile demo` use the simulator until `simulator stop`.")
    .flags(&[flag("port", Target::None, "Port; 0 selects a free one").integer().default("0")]);

static STATUS: Command = Command::local("status", "Show whether the simulator runs", status)
    .examples(&[Example {
        line: "simulator status",
        task: "Show whether the simulator runs",
    }]);

static STOP: Command = Command::local("stop", "Stop the simulator", stop).examples(&[Example {
    line: "simulator stop",
    task: "Stop the simulator",
}]);

static SERVE: Command = Command::local("serve", "Run the simulator until it is stopped", serve)
    .flags(&[flag("port", Target::None, "Port").integer().default("0")])
    .hidden();

fn start<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if let Some(state) = running_simulator() {
            let url = state["baseUrl"].as_str().unwrap_or_default();
            return Err(CliError::failure(format!("the simulator runs at {url}"))
                .with_hint("`atlascli simulator stop` stops it"));
        }
        let cannot = |error: std::io::Error| {
            CliError::failure(format!("cannot start the simulator: {error}"))
        };
        drop(fs::remove_file(simulator_file()?));
        let program = std::env::current_exe().map_err(cannot)?;
        let mut server = Process::new(program);
        server
            .args([
                "simulator",
                "serve",
                "--port",
                invocation.text("port").unwrap_or("0"),
            ])
            .env_remove("ATLASCLI_MODE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut server, 0);
        server.spawn().map_err(cannot)?;
        let started = Instant::now();
        let state = loop {
            if let Some(state) = running_simulator() {
                break state;
            }
            if started.elapsed() > START_TIMEOUT {
                return Err(CliError::failure("the simulator did not start")
                    .with_hint("check that programs on this machine may listen on 127.0.0.1"));
            }
            tokio::time::sleep(INTERVAL).await;
        };
        let text = |name: &str| state[name].as_str().unwrap_or_default().to_owned();
        let mut file = ConfigFile::read()?;
        for (key, name) in [
            ("public_api_key", "publicKey"),
            ("private_api_key", "privateKey"),
            ("ops_manager_url", "baseUrl"),
        ] {
            file.set(PROFILE, key, &text(name));
        }
        file.save()?;
        let line = format!(
            "Simulator started at {}; try `atlascli list --demo`.\n",
            text("baseUrl")
        );
        invocation.ui.print(&line)?;
        Ok(Exit::Success)
    })
}

fn status<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let state = running_simulator();
        if invocation.session.format.is_human_readable() {
            let line = match &state {
                Some(state) => format!(
                    "running at {}\n",
                    state["baseUrl"].as_str().unwrap_or_default()
                ),
                None => "not running\n".to_owned(),
            };
            invocation.ui.print(&line)?;
            return Ok(Exit::Success);
        }
        let url = state.as_ref().map(|state| state["baseUrl"].clone());
        let document = json!({ "running": state.is_some(), "baseUrl": url });
        invocation.print(&Data::Document(to_document(&document)?))?;
        Ok(Exit::Success)
    })
}

fn stop<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let is_running = running_simulator().is_some();
        // the server ends as soon as its file is gone
        drop(fs::remove_file(simulator_file()?));
        let mut file = ConfigFile::read()?;
        if file.has(PROFILE) {
            file.remove(PROFILE);
            file.save()?;
        }
        let line = if is_running {
            "Simulator stopped.\n"
        } else {
            "The simulator was not running.\n"
        };
        invocation.ui.print(line)?;
        Ok(Exit::Success)
    })
}

#[cfg(feature = "demo")]
fn serve<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    use atlas_simulator::{Options, Simulator};

    Box::pin(async move {
        let port = invocation
            .text("port")
            .and_then(|port| port.parse().ok())
            .unwrap_or(0);
        let options = Options::new().with_port(port);
        let simulator = Simulator::start(options)
            .await
            .map_err(|error| CliError::failure(format!("the simulator cannot start: {error}")))?;
        let file = simulator_file()?;
        let state = json!({
            "baseUrl": simulator.base_url(),
            "publicKey": simulator.public_key(),
            "privateKey": simulator.private_key(),
            "pid": std::process::id(),
        });
        let text = state.to_string();
        fs::write(&file, &text).map_err(|error| {
            CliError::failure(format!("cannot write `{}`: {error}", file.display()))
        })?;
        while fs::read_to_string(&file).is_ok_and(|current| current == text) {
            tokio::time::sleep(INTERVAL).await;
        }
        Ok(Exit::Success)
    })
}

#[cfg(not(feature = "demo"))]
fn serve<'a>(_: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        Err(
            CliError::usage("the simulator is not available in this build").with_hint(
                "`cargo install --path cli --features demo` installs `atlascli` with it",
            ),
        )
    })
}
