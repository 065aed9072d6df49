//! Credentials that nobody gave: the environment, then a profile of the official CLI.
//!
//! The places are looked at in a fixed order, and the first that holds anything decides: half a pair
//! is an error and not a reason to look further, since it is a slip far more often than a wish. An
//! empty variable counts as unset. The error that nothing was found lists every place.

mod profile;

use super::paths::{Environment, profiles_file, variable};
use super::{ApiKey, Credentials, ServiceAccount};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, NO_CREDENTIALS, Result};
use profile::Profile;

/// The profile that is used where none is named.
const DEFAULT_PROFILE: &str = "default";
/// Where Atlas for governments is.
const GOVERNMENT: &str = "https://cloud.mongodbgov.com";

/// What a pair of variables holds.
#[derive(Clone, Copy)]
enum Pair {
    Key,
    Account,
}

/// The pairs of variables, in the order in which they are looked at, and whether the official CLI
/// knows them: with its credentials its other variables hold too.
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

/// Credentials, and where Atlas is if that came with them.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) credentials: Credentials,
    pub(crate) base_url: Option<BaseUrl>,
}

/// The credentials of the environment, or else of the official CLI's default profile.
///
/// # Errors
///
/// A configuration error that names the variable which is missing or malformed, or lists every place
/// where nothing was.
pub(crate) fn find(environment: &Environment) -> Result<Found> {
    for (id, secret, pair, official) in PAIRS {
        let Some(credentials) = pair_of(environment, id, secret, pair)? else {
            continue;
        };
        let base_url = if official {
            official_base_url(environment)?
        } else {
            None
        };
        return Ok(Found {
            credentials,
            base_url,
        });
    }
    match open(environment, DEFAULT_PROFILE)? {
        Ok(profile) => of_profile(environment, &profile),
        Err(missing) => Err(nowhere(&missing)),
    }
}

/// The credentials of this profile of the official CLI.
///
/// # Errors
///
/// A configuration error if the profile is not there, or what it holds is incomplete or malformed.
pub(crate) fn find_in_profile(environment: &Environment, name: &str) -> Result<Found> {
    of_profile(environment, &named(environment, name)?)
}

/// The credentials of this profile in a file of profiles that reads like this.
///
/// # Errors
///
/// As of [`find_in_profile`].
#[cfg(any(test, fuzzing))]
pub(crate) fn find_in_text(text: &str, name: &str) -> Result<Found> {
    use std::path::Path;

    let nothing: Environment = std::sync::Arc::new(|_| None);
    let profile = Profile::parse(Path::new("config.toml"), text, name)?;
    of_profile(&nothing, &there(profile, name)?)
}

/// Where this profile of the official CLI says that Atlas is.
///
/// # Errors
///
/// A configuration error if the profile is not there or its place is malformed.
pub(crate) fn base_url_of_profile(
    environment: &Environment,
    name: &str,
) -> Result<Option<BaseUrl>> {
    let profile = named(environment, name)?;
    place(profile.base_url(), profile.service())
}

/// The profile that was asked for.
fn named(environment: &Environment, name: &str) -> Result<Profile> {
    there(open(environment, name)?, name)
}

/// A profile that has to be there.
fn there(profile: Result<Profile, String>, name: &str) -> Result<Profile> {
    profile.map_err(|missing| {
        Error::new(
            ErrorKind::Configuration,
            format!("there is no profile `{name}`: {missing}"),
        )
        .with_hint(format!(
            "make it with `atlas auth login --profile {name}`, or name another"
        ))
    })
}

/// A pair of variables, both of which are set or neither.
fn pair_of(
    environment: &Environment,
    id: &'static str,
    secret: &'static str,
    pair: Pair,
) -> Result<Option<Credentials>> {
    match (variable(environment, id), variable(environment, secret)) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => pair.of(id, secret).map(Some),
        (None, Some(_)) => Err(half(environment, id, secret)),
        (Some(_), None) => Err(half(environment, secret, id)),
    }
}

impl Pair {
    fn of(self, id: String, secret: String) -> Result<Credentials> {
        Ok(match self {
            Self::Key => ApiKey::new(id, secret)?.into(),
            Self::Account => ServiceAccount::new(id, secret)?.into(),
        })
    }
}

/// The profile, or why it is not there.
fn open(environment: &Environment, name: &str) -> Result<Result<Profile, String>> {
    match profiles_file(environment) {
        Some(file) => Profile::read(&file, name),
        None => Ok(Err(
            "no home directory is known in which `atlascli/config.toml` could be".into(),
        )),
    }
}

fn of_profile(environment: &Environment, profile: &Profile) -> Result<Found> {
    let base_url = match official_base_url(environment)? {
        Some(base_url) => Some(base_url),
        None => place(profile.base_url(), profile.service())?,
    };
    Ok(Found {
        credentials: profile.credentials()?,
        base_url,
    })
}

/// Where the official CLI's variables say that Atlas is.
fn official_base_url(environment: &Environment) -> Result<Option<BaseUrl>> {
    let either =
        |new: &str, old: &str| variable(environment, new).or_else(|| variable(environment, old));
    let base_url = either("MONGODB_ATLAS_OPS_MANAGER_URL", "MCLI_OPS_MANAGER_URL");
    let service = either("MONGODB_ATLAS_SERVICE", "MCLI_SERVICE");
    place(base_url.as_deref(), service.as_deref())
}

/// Where Atlas is, by its address or by the name of the service.
fn place(base_url: Option<&str>, service: Option<&str>) -> Result<Option<BaseUrl>> {
    match (base_url, service) {
        (Some(base_url), _) => BaseUrl::parse(base_url).map(Some),
        (None, Some("cloudgov")) => BaseUrl::parse(GOVERNMENT).map(Some),
        (None, _) => Ok(None),
    }
}

fn half(environment: &Environment, missing: &str, present: &str) -> Error {
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

/// Nothing anywhere.
fn nowhere(missing: &str) -> Error {
    let mut tried: Vec<_> = PAIRS
        .iter()
        .map(|(id, secret, ..)| format!("`{id}` and `{secret}`"))
        .collect();
    tried.push(format!(
        "the profile `{DEFAULT_PROFILE}` of the official CLI ({missing})"
    ));
    Error::new(
        ErrorKind::Configuration,
        format!("{NO_CREDENTIALS}; tried {}", tried.join(", ")),
    )
    .with_hint(
        "set `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`; create an API key in Atlas under Access \
         Manager, API Keys, and copy both of its halves",
    )
}

#[cfg(test)]
mod tests;
