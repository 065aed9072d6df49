//! Starts the simulator and runs the program.

use std::{
    fmt,
    process::Stdio,
    time::{Duration, UNIX_EPOCH},
};

use assert_cmd::Command;
use atlas_simulator::{Clock, Fault, Options, Seed, Simulator};

/// Variables that change the behaviour of the program.
pub(crate) const VARIABLES: [&str; 26] = [
    "COLUMNS",
    "ATLAS_PUBLIC_KEY",
    "ATLAS_PRIVATE_KEY",
    "ATLAS_BASE_URL",
    "ATLAS_CA_FILE",
    "MONGODB_ATLAS_PUBLIC_API_KEY",
    "MONGODB_ATLAS_PRIVATE_API_KEY",
    "MONGODB_ATLAS_CLIENT_ID",
    "MONGODB_ATLAS_CLIENT_SECRET",
    "MONGODB_ATLAS_OPS_MANAGER_URL",
    "MONGODB_ATLAS_SERVICE",
    "MCLI_PUBLIC_API_KEY",
    "MCLI_PRIVATE_API_KEY",
    "MCLI_CLIENT_ID",
    "MCLI_CLIENT_SECRET",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
    "CLICOLOR_FORCE",
    "NO_COLOR",
];

/// Start of the simulator's frozen clock: 2026-09-01T08:00:00Z.
const FROZEN_AT: u64 = 1_788_249_600;

/// A simulator with a frozen clock.
pub(crate) struct Atlas {
    pub(crate) simulator: Simulator,
}

impl Atlas {
    /// Starts a simulator with the demo organization.
    pub(crate) fn demo() -> Self {
        Self::start(Seed::demo())
    }

    /// Starts a simulator with this number of projects, and of clusters in each.
    pub(crate) fn sized(projects: usize, clusters: usize) -> Self {
        Self::start(Seed::sized(projects, clusters))
    }

    fn start(seed: Seed) -> Self {
        let options = Options::new().with_seed(seed).with_clock(Clock::frozen());
        Self {
            simulator: Simulator::start_blocking(options).unwrap(),
        }
    }

    /// Advances the simulator's frozen clock to the time of this machine.
    pub(crate) fn advance_to_now(&self) {
        let start = UNIX_EPOCH + Duration::from_secs(FROZEN_AT);
        self.simulator.advance(start.elapsed().unwrap_or_default());
    }

    /// Returns the id of a project.
    pub(crate) fn project(&self, name: &str) -> String {
        let projects = self.simulator.projects();
        let project = projects
            .into_iter()
            .find(|(_, project_name)| project_name == name);
        project.unwrap().0
    }

    /// Returns a command with the simulator's keys and base URL.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = atlascli(arguments);
        command.envs(self.simulator.environment());
        command
    }

    /// Runs the program with the simulator's keys and base URL.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_command(self.command(arguments))
    }

    /// Runs the program with a new API key that has one role in the organization.
    pub(crate) fn run_with_role(&self, role: &str, arguments: &[&str]) -> Run {
        let organization = self.simulator.organization_id().parse().unwrap();
        let organization = self.client().organization(&organization);
        let key = organization.create_api_key("test", &[role.into()]).unwrap();
        let mut command = self.command(arguments);
        command.env("ATLAS_PUBLIC_KEY", key.public_key());
        command.env("ATLAS_PRIVATE_KEY", key.private_key().unwrap().expose());
        self.run_command(command)
    }

    /// Returns a client of the SDK with the simulator's keys.
    pub(crate) fn client(&self) -> mongodbatlas::blocking::Atlas {
        let (public, private) = (self.simulator.public_key(), self.simulator.private_key());
        let key = mongodbatlas::ApiKey::new(public, private).unwrap();
        let builder = mongodbatlas::Atlas::builder().with_api_key(key);
        let builder = builder.with_base_url(self.simulator.base_url());
        builder.build_blocking().unwrap()
    }

    /// Creates a running cluster.
    pub(crate) fn create_cluster(&self, project: &str, name: &str) {
        let document = serde_json::json!({
            "name": name,
            "clusterType": "REPLICASET",
            "replicationSpecs": [{"regionConfigs": [{
                "providerName": "AWS", "regionName": "EU_CENTRAL_1", "priority": 7,
                "electableSpecs": {"instanceSize": "M10", "nodeCount": 3},
            }]}],
        });
        let project = self.client().project(&project.parse().unwrap());
        project.create_cluster(&document).unwrap();
        self.simulator.advance(Duration::from_hours(1));
    }

    /// Makes requests with this prefix of the path fail.
    pub(crate) fn inject_error(&self, path: &str, status: u16, code: &str) {
        let body = format!(
            r#"{{"error": {status}, "errorCode": "{code}", "detail": "no access", "reason": "x"}}"#
        );
        let fault = Fault::answer(status, "application/json", body);
        let fault = fault.for_path(format!("/api/atlas/v2/{path}"));
        self.simulator.inject(fault.when_authorized().always());
    }

    /// Runs a command and replaces the base URL in its output by `http://atlas`.
    pub(crate) fn run_command(&self, command: Command) -> Run {
        let mut run = run(command);
        for text in [&mut run.stdout, &mut run.stderr] {
            *text = text.replace(&self.simulator.base_url(), "http://atlas");
        }
        run
    }

    /// Returns method and path of each received request, without rejected attempts.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.simulator.requests().into_iter();
        requests
            .filter(|request| request.status != Some(401))
            .map(|request| format!("{} {}", request.method, request.path()))
            .collect()
    }
}

/// Returns a command without credentials, in a time zone that is not UTC.
pub(crate) fn atlascli(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlascli"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    let missing = concat!(env!("CARGO_TARGET_TMPDIR"), "/missing");
    for home in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
        command.env(home, missing);
    }
    command.env("TZ", "America/New_York").args(arguments);
    command
}

/// Returns a command of the standard library, for control over stdin and stdout.
pub(crate) fn std_command(atlas: &Atlas, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_atlascli"));
    command
        .args(arguments)
        .envs(atlas.simulator.environment())
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Runs a command.
pub(crate) fn run(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        exit: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Exit code and output of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Returns stdout of a successful run. Panics if stderr is not empty.
    pub(crate) fn data(self) -> String {
        assert_eq!((self.exit, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }

    /// Returns the error and the hint on stderr. Panics if stderr contains other lines.
    pub(crate) fn error_and_hint(&self) -> (&str, &str) {
        let lines: Vec<_> = self.stderr.lines().collect();
        let [error, hint] = lines[..] else {
            panic!("expected an error and a hint: {self:?}");
        };
        let error = error.strip_prefix("error: ").unwrap();
        (error, hint.strip_prefix("hint: ").unwrap())
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            exit,
            stdout,
            stderr,
        } = self;
        let exit = exit.unwrap_or(-1);
        write!(f, "exit: {exit}\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}
