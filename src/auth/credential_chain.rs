//! The default credential chain: environment variables, then a profile of the official CLI.
//!
//! `credential_chain/variables.rs` has the variables in order of precedence. The first source with any
//! value is used. An incomplete pair is an error, since it is usually a mistake; later sources are not
//! tried. An empty variable counts as unset. The error for missing credentials lists every source and
//! every related variable that is set.

mod profile;
mod source;
mod variables;

use super::paths::{Environment, profiles_file, variable};
use super::{AccessToken, ApiKey, Credentials, ServiceAccount};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use profile::Profile;
use variables::{
    BASE_URL_VARIABLES, ORGANIZATION_VARIABLES, PROJECT_VARIABLES, SERVICE_VARIABLES,
    SIMILAR_VARIABLES, SOURCES, Source, VARIABLES,
};

pub use source::CredentialSource;
pub(crate) use source::{Defaults, ResolvedCredentials};
pub use variables::{EnvironmentVariable, environment_variables};

const DEFAULT_PROFILE: &str = "default";
/// The base URL of Atlas for Government.
const GOVERNMENT_URL: &str = "https://cloud.mongodbgov.com";

/// The kind of credentials in a pair of variables.
#[derive(Clone, Copy)]
enum PairKind {
    Key,
    Account,
}

/// Returns the credentials from the environment, or from the default profile of the official CLI.
///
/// # Errors
///
/// Returns a configuration error that names the missing or malformed variable, or that lists every
/// source if none has credentials.
pub(crate) fn find(environment: &Environment) -> Result<ResolvedCredentials> {
    for (index, source) in SOURCES.iter().enumerate() {
        let Some(credentials) = read_source(environment, *source)? else {
            continue;
        };
        let later = SOURCES[index + 1..].iter().flat_map(|later| later.names());
        let ignored = later.filter(|name| variable(environment, name).is_some());
        return Ok(ResolvedCredentials {
            credentials,
            base_url: if source.is_of_another_tool() {
                read_base_url_of_other_tools(environment)?
            } else {
                None
            },
            source: CredentialSource::variables(source.names().collect(), ignored.collect()),
            defaults: read_defaults(environment, None),
        });
    }
    match open_profile(environment, DEFAULT_PROFILE)? {
        Ok(profile) => resolve_profile(environment, &profile),
        Err(missing) => Err(missing_credentials_error(environment, &missing)),
    }
}

/// Returns the default organization and project: the variables override the profile.
pub(crate) fn defaults_of(environment: &Environment, profile: Option<&str>) -> Result<Defaults> {
    let profile = match profile {
        Some(name) => Some(open_required_profile(environment, name)?),
        None => None,
    };
    Ok(read_defaults(environment, profile.as_ref()))
}

fn read_defaults(environment: &Environment, profile: Option<&Profile>) -> Defaults {
    Defaults {
        organization_id: find_first_variable(environment, &ORGANIZATION_VARIABLES)
            .or_else(|| profile?.text("org_id").map(str::to_owned)),
        project_id: find_first_variable(environment, &PROJECT_VARIABLES)
            .or_else(|| profile?.text("project_id").map(str::to_owned)),
    }
}

/// Returns the first value of several variables.
fn find_first_variable(environment: &Environment, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| variable(environment, name))
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
    resolve_profile(environment, &open_required_profile(environment, name)?)
}

/// Returns the credentials of a profile in the text of a config file.
///
/// # Errors
///
/// Returns the errors of [`find_in_profile`].
#[cfg(any(test, fuzzing))]
pub(crate) fn find_in_text(text: &str, name: &str) -> Result<ResolvedCredentials> {
    use std::path::Path;

    let empty: Environment = std::sync::Arc::new(|_| None);
    let profile = Profile::parse(Path::new("config.toml"), text, name)?;
    resolve_profile(&empty, &require_profile(profile, name)?)
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
    let profile = open_required_profile(environment, name)?;
    resolve_base_url(profile.base_url(), profile.service())
}

/// Opens a profile that must exist.
fn open_required_profile(environment: &Environment, name: &str) -> Result<Profile> {
    require_profile(open_profile(environment, name)?, name)
}

/// Returns an error if the profile is missing.
fn require_profile(profile: Result<Profile, String>, name: &str) -> Result<Profile> {
    profile.map_err(|missing| {
        Error::new(
            ErrorKind::Configuration,
            format!("profile `{name}` not found: {missing}"),
        )
        .with_hint(format!(
            "create it with `atlascli profile create {name}`, or use another profile"
        ))
    })
}

/// Reads the credentials of a source. Returns `None` if no variable is set.
fn read_source(environment: &Environment, source: Source) -> Result<Option<Credentials>> {
    match source {
        Source::Token(name) => match variable(environment, name) {
            Some(token) => Ok(Some(AccessToken::new(token)?.into())),
            None => Ok(None),
        },
        Source::Pair {
            id, secret, kind, ..
        } => match (variable(environment, id), variable(environment, secret)) {
            (None, None) => Ok(None),
            (Some(id), Some(secret)) => kind.to_credentials(id, secret).map(Some),
            (None, Some(_)) => Err(incomplete_pair_error(environment, id, secret)),
            (Some(_), None) => Err(incomplete_pair_error(environment, secret, id)),
        },
    }
}

impl PairKind {
    fn to_credentials(self, id: String, secret: String) -> Result<Credentials> {
        Ok(match self {
            Self::Key => ApiKey::new(id, secret)?.into(),
            Self::Account => ServiceAccount::new(id, secret)?.into(),
        })
    }
}

/// Opens a profile. The inner error is the reason why it is missing.
fn open_profile(environment: &Environment, name: &str) -> Result<Result<Profile, String>> {
    match profiles_file(environment) {
        Some(file) => Profile::read(&file, name),
        None => Ok(Err(
            "no home directory is set, so `atlascli/config.toml` cannot be located".into(),
        )),
    }
}

fn resolve_profile(environment: &Environment, profile: &Profile) -> Result<ResolvedCredentials> {
    let base_url = match read_base_url_of_other_tools(environment)? {
        Some(base_url) => Some(base_url),
        None => resolve_base_url(profile.base_url(), profile.service())?,
    };
    Ok(ResolvedCredentials {
        credentials: profile.credentials()?,
        base_url,
        source: CredentialSource::profile(profile.name(), profile.file().to_owned()),
        defaults: read_defaults(environment, Some(profile)),
    })
}

/// Returns the base URL from the variables of other tools.
fn read_base_url_of_other_tools(environment: &Environment) -> Result<Option<BaseUrl>> {
    let base_url = find_first_variable(environment, &BASE_URL_VARIABLES);
    let service = find_first_variable(environment, &SERVICE_VARIABLES);
    resolve_base_url(base_url.as_deref(), service.as_deref())
}

/// Returns the base URL from its text or from the name of a service.
fn resolve_base_url(base_url: Option<&str>, service: Option<&str>) -> Result<Option<BaseUrl>> {
    match (base_url, service) {
        (Some(base_url), _) => BaseUrl::parse(base_url).map(Some),
        (None, Some("cloudgov")) => BaseUrl::parse(GOVERNMENT_URL).map(Some),
        (None, _) => Ok(None),
    }
}

fn incomplete_pair_error(environment: &Environment, missing: &str, present: &str) -> Error {
    let problem = if environment(missing).is_some() {
        "is empty"
    } else {
        "is not set"
    };
    let mut message =
        format!("the environment variable `{missing}` {problem}, but `{present}` is set");
    let others: Vec<_> = list_set_variables(environment)
        .into_iter()
        .filter(|name| *name != present)
        .map(|name| format!("`{name}`"))
        .collect();
    if !others.is_empty() {
        message = format!("{message}; also set: {}", others.join(", "));
    }
    Error::new(ErrorKind::Configuration, message)
        .with_hint(format!("set both `{missing}` and `{present}`, or neither"))
}

/// Returns the related variables that are set, including those with similar names.
fn list_set_variables(environment: &Environment) -> Vec<&'static str> {
    let names = VARIABLES.iter().map(|variable| variable.name);
    names
        .chain(SIMILAR_VARIABLES)
        .filter(|name| variable(environment, name).is_some())
        .collect()
}

/// Creates the error for missing credentials.
fn missing_credentials_error(environment: &Environment, missing: &str) -> Error {
    let mut tried: Vec<_> = SOURCES.iter().map(|source| source.describe()).collect();
    tried.push(format!(
        "the profile `{DEFAULT_PROFILE}` of the official CLI ({missing})"
    ));
    let mut message = format!("no credentials found; tried {}", tried.join(", "));
    let set = list_set_variables(environment);
    if !set.is_empty() {
        let names: Vec<_> = set.iter().map(|name| describe_variable(name)).collect();
        message = format!(
            "{message}; set, but without credentials: {}",
            names.join(", ")
        );
    }
    Error::new(ErrorKind::Configuration, message)
        .with_missing_credentials()
        .with_hint(
            "set `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`; create an API key in Atlas under \
             Organization → Access Manager → API Keys, and copy both keys",
        )
}

fn describe_variable(name: &str) -> String {
    if SIMILAR_VARIABLES.contains(&name) {
        format!("`{name}` (not read)")
    } else {
        format!("`{name}`")
    }
}

#[cfg(test)]
mod tests;
