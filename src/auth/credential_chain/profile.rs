//! A profile of the official CLI: one table of `config.toml`.
//!
//! Version 2 of the file stores secrets in the system's keyring. Without a keyring, and in older
//! files, they are in the table. The table is therefore read first, and the keyring (feature
//! `keyring`) is read for missing values. Neither is written.

#[cfg(feature = "keyring")]
mod keyring;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use toml::{Table, Value};

use crate::auth::{AccessToken, ApiKey, Credentials, ServiceAccount};
use crate::error::{Error, ErrorKind, Result};

/// A profile.
pub(super) struct Profile {
    name: String,
    file: PathBuf,
    table: Table,
}

/// The kinds of credentials in a profile: `auth_type`, the name of the id, the name of the secret.
const KEYS_BY_AUTH_TYPE: [(&str, &str, Option<&str>); 3] = [
    ("api_keys", "public_api_key", Some("private_api_key")),
    ("service_account", "client_id", Some("client_secret")),
    ("user_account", "access_token", None),
];

impl Profile {
    /// Reads a profile. The inner error is the reason why it is missing.
    pub(super) fn read(file: &Path, name: &str) -> Result<Result<Self, String>> {
        let content = match fs::read_to_string(file) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Err(format!("no file `{}`", file.display())));
            }
            Err(error) => {
                return Err(unreadable_file_error(file, "cannot be read").with_source(error));
            }
        };
        Self::parse(file, &content, name)
    }

    /// Parses a profile. The inner error is the reason why it is missing.
    pub(super) fn parse(file: &Path, text: &str, name: &str) -> Result<Result<Self, String>> {
        let mut file_table: Table = text.parse().map_err(|error: toml::de::Error| {
            // the parser's message quotes the line, which may contain a secret
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            unreadable_file_error(file, &format!("is invalid TOML in line {line}"))
        })?;
        let Some(table) = take_table(&mut file_table, name) else {
            let names = list_profile_names(&file_table);
            let file = file.display();
            return Ok(Err(format!("`{file}` has no table `{name}`{names}")));
        };
        Ok(Ok(Self {
            name: name.to_owned(),
            file: file.to_owned(),
            table,
        }))
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the base URL.
    pub(super) fn base_url(&self) -> Option<&str> {
        self.text("ops_manager_url")
            .or_else(|| self.text("base_url"))
    }

    /// Returns the name of the service.
    pub(super) fn service(&self) -> Option<&str> {
        self.text("service")
    }

    /// Returns the credentials of the kind in `auth_type`, or of the first kind with any value.
    pub(super) fn credentials(&self) -> Result<Credentials> {
        // an id in the file decides, so that the keyring is not asked for keys of another kind
        let by_id = || {
            let mut kinds = KEYS_BY_AUTH_TYPE.iter();
            kinds.find(|(_, id, _)| self.text(id).is_some())
        };
        let auth_type = self
            .text("auth_type")
            .or_else(|| by_id().map(|(kind, ..)| *kind));
        for (kind, id, secret) in KEYS_BY_AUTH_TYPE {
            if auth_type.is_some_and(|auth_type| auth_type != kind) {
                continue;
            }
            let (id_value, secret_value) = (
                self.value(id)?,
                secret.map_or(Ok(None), |name| self.value(name))?,
            );
            match (id_value, secret_value, secret) {
                (Some(token), _, None) => {
                    return Ok(AccessToken::new(token.expose_secret())?.into());
                }
                (Some(id), Some(secret), _) => return build_credentials(kind, &id, &secret),
                (None, None, _) if auth_type.is_none() => {}
                (None, _, _) => return Err(self.missing_value_error(id)),
                (_, _, Some(secret)) => return Err(self.missing_value_error(secret)),
            }
        }
        let missing = auth_type.unwrap_or("credentials");
        Err(self
            .error(&format!("has no {missing}"))
            .with_hint(LOGIN_HINT))
    }

    /// Returns a value from the table, or from the keyring.
    fn value(&self, name: &str) -> Result<Option<SecretString>> {
        match self.text(name) {
            Some(text) => Ok(Some(text.into())),
            None => self.keyring_value(name),
        }
    }

    #[cfg(feature = "keyring")]
    fn keyring_value(&self, name: &str) -> Result<Option<SecretString>> {
        keyring::value(&self.name, name).map_err(|source| {
            self.error("has its secrets in a keyring that cannot be read")
                .with_hint(KEYRING_HINT)
                .with_source(source)
        })
    }

    #[cfg(not(feature = "keyring"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "as with the feature"
    )]
    fn keyring_value(&self, _name: &str) -> Result<Option<SecretString>> {
        Ok(None)
    }

    /// Returns a string of the table; `None` if it is blank.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.table
            .get(name)?
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    fn missing_value_error(&self, name: &str) -> Error {
        self.error(&format!("lacks `{name}`")).with_hint(LOGIN_HINT)
    }

    fn error(&self, problem: &str) -> Error {
        let (name, file) = (&self.name, self.file.display());
        Error::new(
            ErrorKind::Configuration,
            format!("the profile `{name}` of `{file}` {problem}"),
        )
    }
}

/// The hint for an unreadable keyring, as on servers and in containers.
#[cfg(feature = "keyring")]
const KEYRING_HINT: &str = "unlock the system's keyring, or set \
                                 `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`";
#[cfg(feature = "keyring")]
const LOGIN_HINT: &str = "log in again with the official CLI (`atlas auth login`), or set \
                             `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`";
#[cfg(not(feature = "keyring"))]
const LOGIN_HINT: &str = "the official CLI stores secrets in the system keyring, which this build \
                             cannot read: rebuild with the cargo feature `keyring`, or set \
                             `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`";

/// Removes the table of a profile. The official CLI ignores the case of names, and reads `[prod.eu]` and
/// `["prod.eu"]` as the same profile.
fn take_table(tables: &mut Table, name: &str) -> Option<Table> {
    let is_name = |key: &&String| key.eq_ignore_ascii_case(name);
    if let Some(key) = tables.keys().find(is_name).cloned()
        && let Some(Value::Table(table)) = tables.remove(&key)
    {
        return Some(table);
    }
    let dots = name.match_indices('.');
    let mut splits = dots.map(|(dot, _)| (&name[..dot], &name[dot + 1..]));
    splits.find_map(|(outer, inner)| {
        let is_outer = |key: &&String| key.eq_ignore_ascii_case(outer);
        let key = tables.keys().find(is_outer)?.clone();
        let Some(Value::Table(nested)) = tables.get_mut(&key) else {
            return None;
        };
        take_table(nested, inner)
    })
}

/// Returns the names of all profiles, as the end of a message.
fn list_profile_names(tables: &Table) -> String {
    let tables = tables.iter().filter(|(_, value)| value.is_table());
    let names: Vec<_> = tables.map(|(name, _)| format!("`{name}`")).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" (profiles: {})", names.join(", "))
    }
}

fn build_credentials(kind: &str, id: &SecretString, secret: &SecretString) -> Result<Credentials> {
    let (id, secret) = (id.expose_secret(), secret.expose_secret());
    Ok(match kind {
        "service_account" => ServiceAccount::new(id, secret)?.into(),
        _ => ApiKey::new(id, secret)?.into(),
    })
}

fn unreadable_file_error(file: &Path, problem: &str) -> Error {
    Error::new(
        ErrorKind::Configuration,
        format!("`{}` {problem}", file.display()),
    )
    .with_hint("correct the file, or set `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`")
}
