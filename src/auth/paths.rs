//! Platform config and cache paths.
//!
//! All paths, including the home directory, are derived from the injected environment, so that a caller
//! with another environment never reads the files of the current user. No crate for paths offers that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads an environment variable.
pub(crate) type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Returns the value of a variable; `None` if it is blank.
pub(super) fn variable(environment: &Environment, name: &str) -> Option<String> {
    environment(name)
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// Returns the path of the official CLI's config file.
pub(super) fn profiles_file(environment: &Environment) -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        absolute_path(environment, "APPDATA")
    } else if cfg!(target_os = "macos") {
        home_directory(environment).map(|home| home.join("Library").join("Application Support"))
    } else {
        xdg_directory(environment, "XDG_CONFIG_HOME", ".config")
    };
    directory.map(|directory| directory.join("atlascli").join("config.toml"))
}

/// Returns the path of the token cache.
pub(crate) fn token_cache_file(environment: &Environment) -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        absolute_path(environment, "LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home_directory(environment).map(|home| home.join("Library").join("Caches"))
    } else {
        xdg_directory(environment, "XDG_CACHE_HOME", ".cache")
    };
    directory.map(|directory| directory.join(env!("CARGO_PKG_NAME")).join("tokens.json"))
}

fn xdg_directory(environment: &Environment, name: &str, below_home: &str) -> Option<PathBuf> {
    absolute_path(environment, name)
        .or_else(|| home_directory(environment).map(|home| home.join(below_home)))
}

fn home_directory(environment: &Environment) -> Option<PathBuf> {
    absolute_path(environment, "HOME")
}

/// Returns the directory in a variable; `None` if it is relative.
fn absolute_path(environment: &Environment, name: &str) -> Option<PathBuf> {
    variable(environment, name)
        .map(PathBuf::from)
        .filter(|path: &PathBuf| Path::is_absolute(path))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn paths(variables: &'static [(&str, &str)]) -> (Option<String>, Option<String>) {
        let environment: Environment = Arc::new(|name| {
            let variable = variables.iter().find(|(known, _)| *known == name);
            variable.map(|(_, value)| (*value).to_owned())
        });
        let to_string = |path: Option<PathBuf>| path.map(|path| path.display().to_string());
        (
            to_string(profiles_file(&environment)),
            to_string(token_cache_file(&environment)),
        )
    }

    #[test]
    fn paths_default_to_the_home_directory() {
        let (profiles, tokens) = paths(&[("HOME", "/h"), ("XDG_CACHE_HOME", " ")]);

        assert_eq!(profiles.as_deref(), Some("/h/.config/atlascli/config.toml"));
        assert_eq!(
            tokens.as_deref(),
            Some("/h/.cache/mongodbatlas/tokens.json")
        );
    }

    #[test]
    fn xdg_variables_override_the_home_directory() {
        let (profiles, tokens) = paths(&[
            ("XDG_CONFIG_HOME", "/c"),
            ("XDG_CACHE_HOME", "/k"),
            ("HOME", "/h"),
        ]);

        assert_eq!(profiles.as_deref(), Some("/c/atlascli/config.toml"));
        assert_eq!(tokens.as_deref(), Some("/k/mongodbatlas/tokens.json"));
    }

    #[test]
    fn no_paths_without_home() {
        assert_eq!(paths(&[]), (None, None));
        assert_eq!(
            paths(&[("HOME", "."), ("XDG_CONFIG_HOME", "x")]),
            (None, None)
        );
    }
}
