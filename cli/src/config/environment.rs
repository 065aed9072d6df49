//! The variables of the environment, each declared once.

use std::env;

use super::Sourced;

/// A setting that variables of the environment and a key of a profile can set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The key in a profile; empty if a profile cannot set it.
    pub(crate) key: &'static str,
    /// The variables, in order of precedence.
    pub(crate) variables: &'static [&'static str],
    /// The meaning, for the help.
    pub(crate) meaning: &'static str,
}

impl Setting {
    /// Returns the value of the first variable that is set.
    pub(crate) fn find(&self) -> Option<Sourced> {
        self.variables.iter().find_map(|name| {
            let value = env::var_os(name)?.to_string_lossy().into_owned();
            (!value.trim().is_empty()).then(|| Sourced {
                value,
                source: format!("`{name}`"),
            })
        })
    }
}

/// The profile.
pub(crate) static PROFILE: Setting = Setting {
    key: "",
    variables: &["MONGODB_ATLAS_PROFILE", "MCLI_PROFILE"],
    meaning: "profile of the configuration",
};

/// The project.
pub(crate) static PROJECT: Setting = Setting {
    key: "project_id",
    variables: &[
        "MONGODB_ATLAS_PROJECT_ID",
        "MCLI_PROJECT_ID",
        "ATLAS_PROJECT_ID",
    ],
    meaning: "project, by id or name",
};

/// The organization.
pub(crate) static ORGANIZATION: Setting = Setting {
    key: "org_id",
    variables: &["MONGODB_ATLAS_ORG_ID", "MCLI_ORG_ID", "ATLAS_ORG_ID"],
    meaning: "organization, by id or name",
};

/// The output format.
pub(crate) static OUTPUT: Setting = Setting {
    key: "output",
    variables: &["MONGODB_ATLAS_OUTPUT", "MCLI_OUTPUT"],
    meaning: "output format",
};

/// The settings that this program reads itself.
pub(crate) static SETTINGS: [&Setting; 4] = [&PROFILE, &PROJECT, &ORGANIZATION, &OUTPUT];

/// The first variable of each pair of credentials, in order of precedence.
pub(crate) const CREDENTIALS: [&str; 5] = [
    "ATLAS_PUBLIC_KEY",
    "MONGODB_ATLAS_PUBLIC_API_KEY",
    "MONGODB_ATLAS_CLIENT_ID",
    "MCLI_PUBLIC_API_KEY",
    "MCLI_CLIENT_ID",
];

/// Returns the variable that provides credentials.
pub(crate) fn credentials() -> Option<&'static str> {
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    CREDENTIALS.into_iter().find(is_set)
}

/// Returns `true` if the environment has credentials.
pub(crate) fn has_credentials() -> bool {
    credentials().is_some()
}
