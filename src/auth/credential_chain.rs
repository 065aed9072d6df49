//! The default credential chain: environment variables, then a profile of the official CLI.
//!
//! The order is fixed, and the first source with any value is used. An incomplete pair is an error,
//! since it is usually a mistake; later sources are not tried. An empty variable counts as unset. The
//! error for missing credentials lists every source.

mod profile;

use super::paths::{Environment, profiles_file, variable};
use super::{ApiKey, Credentials, ServiceAccount};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use profile::Profile;

/// The default profile.
const DEFAULT_PROFILE: &str = "default";
/// The base URL of Atlas for Government.
const GOVERNMENT: &str = "https://cloud.mongodbgov.com";

/// The kind of credentials in a pair of variables.
#[derive(Clone, Copy)]
enum Pair {
    Key,
    Account,
}

/// The pairs of variables in order of precedence. The flag is `true` for variables of the official
/// CLI, whose variables for the base URL then apply too.
const PAIRS: [(&str, &str, Pair, bool); 5] = [
    ("ATLAS_PUBLIC_KEY", "ATLAS_PRIVATE_KEY", Pair::Key, false),
    (
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "MONGODB_ATLAS_PRIVATE_API_KEY",
        Pair::Key,
        true,
    ),
    (
        "MONGODB_ATLAS_CLIENT_ID",
        "MONGODB_ATLAS_CLIENT_SECRET",
        Pair::Account,
        true,
    ),
    (
        "MCLI_PUBLIC_API_KEY",
        "MCLI_PRIVATE_API_KEY",
        Pair::Key,
        true,
    ),
    ("MCLI_CLIENT_ID", "MCLI_CLIENT_SECRET", Pair::Account, true),
];

/// Credentials, with the base URL from the same source if it has one.
#[derive(Debug)]
pub(crate) struct ResolvedCredentials {
    pub(crate) credentials: Credentials,
    pub(crate) base_url: Option<BaseUrl>,
}

/// Returns the credentials from the environment, or from the default profile of the official CLI.
///
/// # Errors
///
/// Returns a configuration error that names the missing or malformed variable, or that lists every
/// source if none has credentials.
pub(crate) fn find(environment: &Environment) -> Result<ResolvedCredentials> {
    for (id, secret, pair, official) in PAIRS {
        let Some(credentials) = read_pair(environment, id, secret, pair)? else {
            continue;
        };
        let base_url = if official {
            official_base_url(environment)?
        } else {
            None
        };
        return Ok(ResolvedCredentials {
            credentials,
            base_url,
        });
    }
    match open(environment, DEFAULT_PROFILE)? {
        Ok(profile) => resolve_profile(environment, &profile),
        Err(missing) => Err(missing_credentials(&missing)),
    }
}

/// Returns the credentials of a profile of the official CLI.
///
/// # Errors
///
/// Returns a configuration error if the profile is missing, incomplete or malformed.
pub(crate) fn find_in_profile(
    environment: &Environment,
    name: &str,
) -> Result<ResolvedCredentials> {
    resolve_profile(environment, &open_required(environment, name)?)
}

/// Returns the credentials of a profile in the text of a config file.
///
/// # Errors
///
/// As [`find_in_profile`].
#[cfg(any(test, fuzzing))]
pub(crate) fn find_in_text(text: &str, name: &str) -> Result<ResolvedCredentials> {
    use std::path::Path;

    let empty: Environment = std::sync::Arc::new(|_| None);
    let profile = Profile::parse(Path::new("config.toml"), text, name)?;
    resolve_profile(&empty, &require(profile, name)?)
}

/// Returns the base URL of a profile of the official CLI.
///
/// # Errors
///
/// Returns a configuration error if the profile is missing or its base URL is malformed.
pub(crate) fn base_url_of_profile(
    environment: &Environment,
    name: &str,
) -> Result<Option<BaseUrl>> {
    let profile = open_required(environment, name)?;
    resolve_base_url(profile.base_url(), profile.service())
}

/// Opens a profile that must exist.
fn open_required(environment: &Environment, name: &str) -> Result<Profile> {
    require(open(environment, name)?, name)
}

/// Returns an error if the profile is missing.
fn require(profile: Result<Profile, String>, name: &str) -> Result<Profile> {
    profile.map_err(|missing| {
        Error::new(
            ErrorKind::Configuration,
            format!("profile `{name}` not found: {missing}"),
        )
        .with_hint(format!(
            "create it with `atlas auth login --profile {name}`, or use another profile"
        ))
    })
}

/// Reads a pair of variables. Returns `None` if neither is set.
fn read_pair(
    environment: &Environment,
    id: &'static str,
    secret: &'static str,
    pair: Pair,
) -> Result<Option<Credentials>> {
    match (variable(environment, id), variable(environment, secret)) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => pair.to_credentials(id, secret).map(Some),
        (None, Some(_)) => Err(incomplete_pair(environment, id, secret)),
        (Some(_), None) => Err(incomplete_pair(environment, secret, id)),
    }
}

impl Pair {
    fn to_credentials(self, id: String, secret: String) -> Result<Credentials> {
        Ok(match self {
            Self::Key => ApiKey::new(id, secret)?.into(),
            Self::Account => ServiceAccount::new(id, secret)?.into(),
        })
    }
}

/// Opens a profile. The inner error is the reason why it is missing.
fn open(environment: &Environment, name: &str) -> Result<Result<Profile, String>> {
    match profiles_file(environment) {
        Some(file) => Profile::read(&file, name),
        None => Ok(Err(
            "no home directory is set, so `atlascli/config.toml` has no path".into(),
        )),
    }
}

fn resolve_profile(environment: &Environment, profile: &Profile) -> Result<ResolvedCredentials> {
    let base_url = match official_base_url(environment)? {
        Some(base_url) => Some(base_url),
        None => resolve_base_url(profile.base_url(), profile.service())?,
    };
    Ok(ResolvedCredentials {
        credentials: profile.credentials()?,
        base_url,
    })
}

/// Returns the base URL from the variables of the official CLI.
fn official_base_url(environment: &Environment) -> Result<Option<BaseUrl>> {
    let either =
        |new: &str, old: &str| variable(environment, new).or_else(|| variable(environment, old));
    let base_url = either("MONGODB_ATLAS_OPS_MANAGER_URL", "MCLI_OPS_MANAGER_URL");
    let service = either("MONGODB_ATLAS_SERVICE", "MCLI_SERVICE");
    resolve_base_url(base_url.as_deref(), service.as_deref())
}

/// Returns the base URL from its text or from the name of a service.
fn resolve_base_url(base_url: Option<&str>, service: Option<&str>) -> Result<Option<BaseUrl>> {
    match (base_url, service) {
        (Some(base_url), _) => BaseUrl::parse(base_url).map(Some),
        (None, Some("cloudgov")) => BaseUrl::parse(GOVERNMENT).map(Some),
        (None, _) => Ok(None),
    }
}

fn incomplete_pair(environment: &Environment, missing: &str, present: &str) -> Error {
    let problem = if environment(missing).is_some() {
        "is empty"
    } else {
        "is not set"
    };
    Error::new(
        ErrorKind::Configuration,
        format!("the environment variable `{missing}` {problem}, but `{present}` is set"),
    )
    .with_hint(format!("set both `{missing}` and `{present}`, or neither"))
}

/// Creates the error for missing credentials.
fn missing_credentials(missing: &str) -> Error {
    let mut tried: Vec<_> = PAIRS
        .iter()
        .map(|(id, secret, ..)| format!("`{id}` and `{secret}`"))
        .collect();
    tried.push(format!(
        "the profile `{DEFAULT_PROFILE}` of the official CLI ({missing})"
    ));
    Error::new(
        ErrorKind::Configuration,
        format!("no credentials found; tried {}", tried.join(", ")),
    )
    .with_missing_credentials()
    .with_hint(
        "set `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`; create an API key in Atlas under Access \
         Manager, API Keys, and copy both keys",
    )
}

#[cfg(test)]
mod tests;
