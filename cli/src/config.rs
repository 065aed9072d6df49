//! Reads the configuration. Order of precedence: flags, environment variables, profile, defaults.
//!
//! `config/environment.rs` declares each variable once; `config/file.rs` reads and writes the official
//! CLI's config.toml.

pub(crate) mod environment;
pub(crate) mod file;
pub(crate) mod private;
pub(crate) mod secrets;
pub(crate) mod state;

use crate::{config::file::ConfigFile, error::CliError};

/// The default profile.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// The key outside of the profiles that names the default profile.
pub(crate) const DEFAULT_KEY: &str = "default_profile";

/// A value and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sourced {
    pub(crate) value: String,
    /// The source, such as `--project` or ``profile `default` ``.
    pub(crate) source: String,
}

impl Sourced {
    /// Creates a value of a flag.
    pub(crate) fn flag(value: &str, flag: &str) -> Self {
        Self {
            value: value.to_owned(),
            source: format!("`--{flag}`"),
        }
    }
}

/// The settings of one run, except for flags.
#[derive(Debug)]
pub(crate) struct Config {
    /// The profile and the source of its name; the name may be the default.
    pub(crate) profile: Sourced,
    /// `true` if a flag or variable named the profile.
    pub(crate) is_profile_chosen: bool,
    file: ConfigFile,
}

impl Config {
    /// Reads the configuration; a flag may name the profile.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or parsed.
    pub(crate) fn read(profile: Option<&str>) -> Result<Self, CliError> {
        let chosen = profile
            .map(|name| Sourced::flag(name, "profile"))
            .or_else(|| environment::PROFILE.find());
        let file = ConfigFile::read()?;
        let chosen = chosen.or_else(|| {
            // credentials of the environment take precedence over those of a profile
            let name = file
                .top(DEFAULT_KEY)
                .filter(|_| !environment::has_credentials())?;
            Some(Sourced {
                value: name,
                source: format!("`{DEFAULT_KEY}` of the configuration file"),
            })
        });
        Ok(Self {
            is_profile_chosen: chosen.is_some(),
            profile: chosen.unwrap_or_else(|| Sourced {
                value: DEFAULT_PROFILE.to_owned(),
                source: "the default".to_owned(),
            }),
            file,
        })
    }

    /// Returns the setting of a variable or of the profile.
    pub(crate) fn setting(&self, setting: &environment::Setting) -> Option<Sourced> {
        setting.find().or_else(|| {
            let value = self.file.text(&self.profile.value, setting.key)?;
            Some(Sourced {
                value,
                source: format!("profile `{}`", self.profile.value),
            })
        })
    }

    /// Returns the file.
    pub(crate) fn file(&self) -> &ConfigFile {
        &self.file
    }
}
