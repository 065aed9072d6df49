//! Declares each environment variable once.

use std::env;

use mongodbatlas::{EnvironmentVariable, environment_variables};

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

/// Variables that this program reads, other than settings, credentials and the connection.
pub(crate) static PROGRAM_VARIABLES: &[(&str, &str)] = &[
    (MODE, "`official` selects the defaults of the official CLI"),
    (
        "ATLAS_CA_FILE",
        "file with further root certificates, in PEM",
    ),
    (
        "HTTPS_PROXY, ALL_PROXY, NO_PROXY",
        "proxy for requests, and hosts without it",
    ),
    (
        "VISUAL, EDITOR",
        "editor of `config edit` and `clusters edit`",
    ),
    ("NO_COLOR", "any value turns colours off"),
    (
        "CLICOLOR, CLICOLOR_FORCE",
        "0 turns colours off; a value of the second turns them on for pipes",
    ),
    ("TERM", "`dumb` turns colours off"),
    ("COLUMNS", "width of tables"),
    (
        "PATH",
        "directories of the editor, mongosh and other programs",
    ),
    ("TZ", "time zone of the times in tables"),
    (
        "XDG_CONFIG_HOME, HOME, APPDATA",
        "directory of `atlascli/config.toml`",
    ),
    (
        "XDG_STATE_HOME, LOCALAPPDATA",
        "directory of the journals of bulk runs, and of the simulator in the background",
    ),
];

/// The variable that selects official mode.
pub(crate) const MODE: &str = "ATLASCLI_MODE";

/// Returns the variables of credentials and of the connection, which the SDK reads.
pub(crate) fn sdk_variables() -> impl Iterator<Item = &'static EnvironmentVariable> {
    let is_setting = |name: &str| {
        SETTINGS
            .iter()
            .any(|setting| setting.variables.contains(&name))
    };
    environment_variables()
        .iter()
        .filter(move |variable| !is_setting(variable.name))
}

/// Returns `true` if the environment has credentials, also incomplete ones.
pub(crate) fn has_credentials() -> bool {
    const ENDINGS: [&str; 4] = ["_KEY", "_CLIENT_ID", "_CLIENT_SECRET", "_ACCESS_TOKEN"];
    let is_credential = |name: &str| ENDINGS.iter().any(|ending| name.ends_with(ending));
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    sdk_variables().any(|variable| is_credential(variable.name) && is_set(variable.name))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// Collects the names of variables that the source files read.
    fn collect(directory: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, names);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for call in ["var(\"", "var_os(\"", "directory(\"", "variable(\""] {
                let after = code.split(call).skip(1);
                names.extend(after.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }

    #[test]
    fn every_variable_is_declared() {
        let mut names = BTreeSet::new();
        collect(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
            &mut names,
        );
        let sdk = sdk_variables().map(|variable| variable.name);
        let settings = SETTINGS
            .iter()
            .flat_map(|setting| setting.variables.iter().copied());
        let program = PROGRAM_VARIABLES
            .iter()
            .flat_map(|(names, _)| names.split(", "));
        let declared: Vec<_> = sdk.chain(settings).chain(program).collect();
        let count = declared.len();
        let distinct: BTreeSet<_> = declared.into_iter().collect();

        let undeclared: Vec<_> = names
            .iter()
            .filter(|name| !distinct.contains(name.as_str()))
            .collect();
        assert!(undeclared.is_empty(), "{undeclared:?}");
        assert!(names.contains("XDG_STATE_HOME"), "{names:?}");
        assert_eq!(distinct.len(), count, "a variable is declared twice");
    }
}
