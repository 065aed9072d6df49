//! A simulated Atlas and the program that talks to it.

use std::{fmt, process::Stdio};

use assert_cmd::Command;
use atlas_simulator::{Clock, Options, Seed, Simulator};

/// The variables of this process that would change what the program does.
const VARIABLES: [&str; 26] = [
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

/// A simulated Atlas whose clock stands still.
pub(crate) struct Atlas {
    pub(crate) simulator: Simulator,
}

impl Atlas {
    /// The demo organization.
    pub(crate) fn demo() -> Self {
        Self::with(Seed::demo())
    }

    /// An organization of this many projects with this many clusters each.
    pub(crate) fn sized(projects: usize, clusters: usize) -> Self {
        Self::with(Seed::sized(projects, clusters))
    }

    fn with(seed: Seed) -> Self {
        let options = Options::new().with_seed(seed).with_clock(Clock::frozen());
        Self {
            simulator: Simulator::start_blocking(options).unwrap(),
        }
    }

    /// The id of the project of this name.
    pub(crate) fn project(&self, name: &str) -> String {
        let projects = self.simulator.projects();
        let project = projects.into_iter().find(|(_, its)| its == name);
        project.unwrap().0
    }

    /// The program with the keys of this Atlas.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = atlascli(arguments);
        command.envs(self.simulator.environment());
        command
    }

    /// Runs the program with the keys of this Atlas.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.of(self.command(arguments))
    }

    /// Runs this command; the address of this Atlas is shown as `http://atlas`.
    pub(crate) fn of(&self, command: Command) -> Run {
        let mut run = run(command);
        for text in [&mut run.stdout, &mut run.stderr] {
            *text = text.replace(&self.simulator.base_url(), "http://atlas");
        }
        run
    }

    /// What was asked of this Atlas: methods and paths, without first tries for the challenge.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.simulator.requests().into_iter();
        requests
            .filter(|request| request.status != Some(401))
            .map(|request| format!("{} {}", request.method, request.path()))
            .collect()
    }
}

/// The program without keys and profiles, on a machine that is not in UTC.
pub(crate) fn atlascli(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlascli"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    let nobody = concat!(env!("CARGO_TARGET_TMPDIR"), "/nobody");
    for home in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
        command.env(home, nobody);
    }
    command.env("TZ", "America/New_York").args(arguments);
    command
}

/// The same for what only the standard library can do.
pub(crate) fn plain(atlas: &Atlas, arguments: &[&str]) -> std::process::Command {
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

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The data of a run that went well and had nothing to say.
    pub(crate) fn data(self) -> String {
        assert_eq!((self.exit, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }

    /// What a failed run says, which is an error and a cure, one line each.
    pub(crate) fn complaint(&self) -> (&str, &str) {
        let lines: Vec<_> = self.stderr.lines().collect();
        let [error, hint] = lines[..] else {
            panic!("not an error and a hint: {self:?}");
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
