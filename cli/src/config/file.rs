//! The official CLI's config.toml, read and written with comments and unknown keys.

use std::{
    fs,
    path::{Path, PathBuf},
};

use toml_edit::{DocumentMut, Item, Value};

use crate::error::CliError;

/// The configuration file.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    path: Option<PathBuf>,
    document: DocumentMut,
}

impl ConfigFile {
    /// Reads the file; a missing one is empty.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is not TOML.
    pub(crate) fn read() -> Result<Self, CliError> {
        let Some(path) = path() else {
            return Ok(Self {
                path: None,
                document: DocumentMut::new(),
            });
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(CliError::failure(format!(
                    "cannot read `{}`: {error}",
                    path.display()
                )));
            }
        };
        let document = text.parse().map_err(|error: toml_edit::TomlError| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            CliError::failure(format!("invalid TOML in `{}`, line {line}", path.display()))
                .with_hint("correct the line, or move the file away")
        })?;
        Ok(Self {
            path: Some(path),
            document,
        })
    }

    /// Returns the path, if there is a home directory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the value of a profile's key as text.
    pub(crate) fn text(&self, profile: &str, key: &str) -> Option<String> {
        let item = self.document.get(profile)?.get(key)?;
        let text = match item.as_value()? {
            Value::String(text) => text.value().clone(),
            other => other.to_string().trim().to_owned(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Returns the names of the profiles, in the order of the file.
    pub(crate) fn profiles(&self) -> Vec<String> {
        let tables = self
            .document
            .iter()
            .filter(|(_, item)| item.is_table_like());
        tables.map(|(name, _)| name.to_owned()).collect()
    }

    /// Returns the keys of a profile, in the order of the file.
    pub(crate) fn keys(&self, profile: &str) -> Vec<String> {
        let table = self.document.get(profile).and_then(Item::as_table_like);
        let keys = table.into_iter().flat_map(|table| table.iter());
        keys.map(|(key, _)| key.to_owned()).collect()
    }
}

/// Returns the path of the file.
fn path() -> Option<PathBuf> {
    let directory = |name: &str| {
        let value = std::env::var_os(name)?;
        (!value.is_empty()).then(|| PathBuf::from(value))
    };
    let base = if cfg!(windows) {
        directory("APPDATA")?
    } else if let Some(base) = directory("XDG_CONFIG_HOME") {
        base
    } else if cfg!(target_os = "macos") {
        directory("HOME")?.join("Library/Application Support")
    } else {
        directory("HOME")?.join(".config")
    };
    Some(base.join("atlascli/config.toml"))
}
