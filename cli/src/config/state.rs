//! Locates the state of the program: journals of bulk runs, and the simulator in the background.

use std::{fs, net::TcpStream, path::PathBuf, time::Duration};

use serde_json::Value;

use crate::error::CliError;

/// Returns the directory of the program's state, which is created if necessary.
///
/// # Errors
///
/// Fails without a home directory, or if the directory cannot be created.
pub(crate) fn state_directory() -> Result<PathBuf, CliError> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = variable("XDG_STATE_HOME").or_else(|| Some(variable("HOME")?.join(".local/state")));
    let base = base.or_else(|| variable("LOCALAPPDATA")).ok_or_else(|| {
        CliError::failure("there is no directory for the program's state")
            .with_hint("set `HOME` or `XDG_STATE_HOME`")
    })?;
    let directory = base.join("atlascli");
    fs::create_dir_all(&directory).map_err(|error| {
        CliError::failure(format!("cannot create `{}`: {error}", directory.display()))
    })?;
    Ok(directory)
}

/// Returns the file that describes the simulator.
///
/// # Errors
///
/// Fails if [`state_directory`] fails.
pub(crate) fn simulator_file() -> Result<PathBuf, CliError> {
    Ok(state_directory()?.join("simulator.json"))
}

/// Returns the description of the simulator if it accepts connections.
pub(crate) fn running_simulator() -> Option<Value> {
    let text = fs::read_to_string(simulator_file().ok()?).ok()?;
    let state: Value = serde_json::from_str(&text).ok()?;
    let address = state["baseUrl"]
        .as_str()?
        .strip_prefix("http://")?
        .parse()
        .ok()?;
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    Some(state)
}
