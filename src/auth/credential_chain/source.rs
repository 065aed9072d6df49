//! Resolved credentials and their source.

use std::fmt;
use std::path::PathBuf;

use crate::auth::Credentials;
use crate::base_url::BaseUrl;

/// Credentials with their source, and the settings of that source.
#[derive(Debug)]
pub(crate) struct ResolvedCredentials {
    pub(crate) credentials: Credentials,
    /// The base URL of the source, if it has one.
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) source: CredentialSource,
    pub(crate) defaults: Defaults,
}

impl ResolvedCredentials {
    /// Returns credentials of the program, with the settings of a profile.
    pub(crate) fn explicit(
        credentials: Credentials,
        base_url: Option<BaseUrl>,
        defaults: Defaults,
    ) -> Self {
        Self {
            credentials,
            base_url,
            source: CredentialSource::explicit(),
            defaults,
        }
    }
}

/// The default organization and project.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) organization_id: Option<String>,
    pub(crate) project_id: Option<String>,
}

/// The source of the credentials of a client.
///
/// `Display` prints the variables or the profile, and the variables with other credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialSource {
    origin: Origin,
    ignored: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Explicit,
    Variables(Vec<&'static str>),
    Profile { name: String, file: PathBuf },
}

impl CredentialSource {
    pub(crate) fn explicit() -> Self {
        Self::new(Origin::Explicit)
    }

    pub(super) fn variables(names: Vec<&'static str>, ignored: Vec<&'static str>) -> Self {
        Self {
            ignored,
            ..Self::new(Origin::Variables(names))
        }
    }

    pub(super) fn profile(name: &str, file: PathBuf) -> Self {
        let name = name.to_owned();
        Self::new(Origin::Profile { name, file })
    }

    fn new(origin: Origin) -> Self {
        Self {
            origin,
            ignored: Vec::new(),
        }
    }

    /// Returns `true` if the program passed the credentials to the builder.
    pub fn is_explicit(&self) -> bool {
        self.origin == Origin::Explicit
    }

    /// Returns the environment variables of the credentials, if they are from the environment.
    pub fn variable_names(&self) -> &[&'static str] {
        match &self.origin {
            Origin::Variables(names) => names,
            Origin::Explicit | Origin::Profile { .. } => &[],
        }
    }

    /// Returns the profile of the official CLI, if the credentials are from a profile.
    pub fn profile_name(&self) -> Option<&str> {
        match &self.origin {
            Origin::Profile { name, .. } => Some(name),
            Origin::Explicit | Origin::Variables(_) => None,
        }
    }

    /// Returns the environment variables that contain other credentials, which are not used.
    pub fn ignored_variables(&self) -> &[&'static str] {
        &self.ignored
    }
}

impl fmt::Display for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::Explicit => f.write_str("credentials of the program")?,
            Origin::Variables(names) => f.write_str(&quote(names))?,
            Origin::Profile { name, file } => {
                write!(f, "profile `{name}` in `{}`", file.display())?;
            }
        }
        if !self.ignored.is_empty() {
            write!(f, " (ignored: {})", quote(&self.ignored))?;
        }
        Ok(())
    }
}

fn quote(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
