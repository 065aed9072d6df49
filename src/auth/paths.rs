//! Where a user's files lie, by what the environment says.
//!
//! Everything comes from the environment that is handed in, the home directory too, so a caller that
//! hands in another one is not led to this user's files. That is why no crate looks for them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What reads a variable of the environment.
pub(crate) type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What a variable holds; an empty one holds nothing.
pub(super) fn variable(environment: &Environment, name: &str) -> Option<String> {
    environment(name)
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// The official CLI's file of profiles.
pub(super) fn profiles_file(environment: &Environment) -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        absolute(environment, "APPDATA")
    } else if cfg!(target_os = "macos") {
        home(environment).map(|home| home.join("Library").join("Application Support"))
    } else {
        xdg(environment, "XDG_CONFIG_HOME", ".config")
    };
    directory.map(|directory| directory.join("atlascli").join("config.toml"))
}

/// The file in which tokens are kept for other processes.
pub(crate) fn token_cache_file(environment: &Environment) -> Option<PathBuf> {
    let directory = if cfg!(windows) {
        absolute(environment, "LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home(environment).map(|home| home.join("Library").join("Caches"))
    } else {
        xdg(environment, "XDG_CACHE_HOME", ".cache")
    };
    directory.map(|directory| directory.join(env!("CARGO_PKG_NAME")).join("tokens.json"))
}

fn xdg(environment: &Environment, name: &str, beneath_home: &str) -> Option<PathBuf> {
    absolute(environment, name).or_else(|| home(environment).map(|home| home.join(beneath_home)))
}

fn home(environment: &Environment) -> Option<PathBuf> {
    absolute(environment, "HOME")
}

/// The directory that a variable names; one that is relative means nothing.
fn absolute(environment: &Environment, name: &str) -> Option<PathBuf> {
    variable(environment, name)
        .map(PathBuf::from)
        .filter(|path: &PathBuf| Path::is_absolute(path))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn places(variables: &'static [(&str, &str)]) -> (Option<String>, Option<String>) {
        let environment: Environment = Arc::new(|wanted| {
            let found = variables.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| (*value).to_owned())
        });
        let text = |path: Option<PathBuf>| path.map(|path| path.display().to_string());
        (
            text(profiles_file(&environment)),
            text(token_cache_file(&environment)),
        )
    }

    #[test]
    fn files_lie_beneath_the_home_directory() {
        let (profiles, tokens) = places(&[("HOME", "/h"), ("XDG_CACHE_HOME", " ")]);

        assert_eq!(profiles.as_deref(), Some("/h/.config/atlascli/config.toml"));
        assert_eq!(
            tokens.as_deref(),
            Some("/h/.cache/mongodbatlas/tokens.json")
        );
    }

    #[test]
    fn files_lie_where_the_user_wants_them() {
        let (profiles, tokens) = places(&[
            ("XDG_CONFIG_HOME", "/c"),
            ("XDG_CACHE_HOME", "/k"),
            ("HOME", "/h"),
        ]);

        assert_eq!(profiles.as_deref(), Some("/c/atlascli/config.toml"));
        assert_eq!(tokens.as_deref(), Some("/k/mongodbatlas/tokens.json"));
    }

    #[test]
    fn nobody_has_no_files() {
        assert_eq!(places(&[]), (None, None));
        assert_eq!(
            places(&[("HOME", "."), ("XDG_CONFIG_HOME", "x")]),
            (None, None)
        );
    }
}
