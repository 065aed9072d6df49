//! The sources of credentials and their order.

#[cfg(target_os = "linux")]
mod errors;
mod profiles;
mod settings;

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;

const PROFILES: &str = r#"
version = 2
skip_update_check = true

[default]
org_id = "32b6e34b3d91647abb20e7b8"
project_id = " 32b6e34b3d91647abb20e7b9"
service = "cloud"
public_api_key = "default1"
private_api_key = "geheim-default"

[gov]
auth_type = "service_account"
service = "cloudgov"
client_id = "mdb_sa_id_0123456789abcdef01234567"
client_secret = "geheim-gov"
public_api_key = "old"

[Local]
base_url = "http://localhost:8080/"
auth_type = "user_account"
access_token = "geheim-token"

[empty]
output = "json"

[locked]
auth_type = "api_keys"

[half]
auth_type = "service_account"
client_id = "mdb_sa_id_0123456789abcdef01234567"
client_secret = ""

[elsewhere]
public_api_key = "abcdefgh"
private_api_key = "geheim-elsewhere"
ops_manager_url = "http://example.com/"
"#;

/// An environment with a home directory.
struct Home {
    directory: TempDir,
    variables: Vec<(&'static str, &'static str)>,
}

impl Home {
    fn with(file: Option<&str>, variables: &[(&'static str, &'static str)]) -> Self {
        let directory = TempDir::new().unwrap();
        if let Some(text) = file {
            fs::create_dir(directory.path().join("atlascli")).unwrap();
            fs::write(directory.path().join("atlascli").join("config.toml"), text).unwrap();
        }
        Self {
            directory,
            variables: variables.to_vec(),
        }
    }

    fn environment(&self) -> Environment {
        let home = self.directory.path().display().to_string();
        // macOS has the file in another directory, so the tests of profiles run on Linux
        let variables = self.variables.clone();
        Arc::new(move |name| match name {
            "HOME" | "XDG_CONFIG_HOME" | "APPDATA" => Some(home.clone()),
            _ => variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, v)| (*v).to_owned()),
        })
    }
}

fn resolve(
    file: Option<&str>,
    variables: &[(&'static str, &'static str)],
) -> Result<ResolvedCredentials> {
    find(&Home::with(file, variables).environment())
}

fn resolve_profile(name: &str) -> Result<ResolvedCredentials> {
    find_in_profile(&Home::with(Some(PROFILES), &[]).environment(), name)
}

fn id_of(resolved: Result<ResolvedCredentials>) -> String {
    match resolved.unwrap().credentials {
        Credentials::ApiKey(key) => key.public_key().to_owned(),
        Credentials::ServiceAccount(account) => account.client_id().to_owned(),
        Credentials::Token(_) => "token".to_owned(),
    }
}

fn base_url_of(resolved: Result<ResolvedCredentials>) -> Option<String> {
    resolved
        .unwrap()
        .base_url
        .map(|base_url| base_url.to_string())
}

/// The sources in order of precedence: the credentials, and the public part.
const SOURCES_IN_ORDER: [(&[(&str, &str)], &str); 8] = [
    (
        &[
            ("ATLAS_PUBLIC_KEY", "first"),
            ("ATLAS_PRIVATE_KEY", "geheim-1"),
        ],
        "first",
    ),
    (
        &[
            ("MONGODB_ATLAS_PUBLIC_API_KEY", "second"),
            ("MONGODB_ATLAS_PRIVATE_API_KEY", "geheim-2"),
        ],
        "second",
    ),
    (
        &[
            ("MONGODB_ATLAS_PUBLIC_KEY", "third"),
            ("MONGODB_ATLAS_PRIVATE_KEY", "geheim-3"),
        ],
        "third",
    ),
    (&[("MONGODB_ATLAS_ACCESS_TOKEN", "geheim-4")], "token"),
    (
        &[
            ("MONGODB_ATLAS_CLIENT_ID", "fifth"),
            ("MONGODB_ATLAS_CLIENT_SECRET", "geheim-5"),
        ],
        "fifth",
    ),
    (
        &[
            ("MCLI_PUBLIC_API_KEY", "sixth"),
            ("MCLI_PRIVATE_API_KEY", "geheim-6"),
        ],
        "sixth",
    ),
    (&[("MCLI_ACCESS_TOKEN", "geheim-7")], "token"),
    (
        &[
            ("MCLI_CLIENT_ID", "eighth"),
            ("MCLI_CLIENT_SECRET", "geheim-8"),
        ],
        "eighth",
    ),
];

/// Returns the variables of all sources from `first` on.
fn variables_from(first: usize) -> Vec<(&'static str, &'static str)> {
    SOURCES_IN_ORDER[first..]
        .iter()
        .flat_map(|(variables, _)| *variables)
        .copied()
        .collect()
}

#[test]
fn first_source_with_a_value_wins() {
    for (first, (variables, id)) in SOURCES_IN_ORDER.iter().enumerate() {
        let resolved = resolve(Some(PROFILES), &variables_from(first)).unwrap();

        let names: Vec<_> = variables.iter().map(|(name, _)| *name).collect();
        let later: Vec<_> = variables_from(first + 1)
            .iter()
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(resolved.source.variable_names(), names);
        assert_eq!(resolved.source.ignored_variables(), later);
        assert_eq!(id_of(Ok(resolved)), *id);
    }
    if cfg!(target_os = "linux") {
        let resolved = resolve(Some(PROFILES), &[]).unwrap();
        assert_eq!(resolved.source.profile_name(), Some("default"));
        assert_eq!(id_of(Ok(resolved)), "default1");
    }
}

#[test]
fn source_displays_used_and_ignored_variables() {
    let resolved = resolve(None, &variables_from(6)).unwrap();

    assert_eq!(
        resolved.source.to_string(),
        "`MCLI_ACCESS_TOKEN` (ignored: `MCLI_CLIENT_ID`, `MCLI_CLIENT_SECRET`)"
    );
    let explicit = CredentialSource::explicit();
    assert!(explicit.is_explicit() && explicit.variable_names().is_empty());
    assert_eq!(explicit.to_string(), "credentials of the program");
}

#[test]
fn debug_output_omits_secrets() {
    for first in 0..SOURCES_IN_ORDER.len() {
        let resolved = resolve(None, &variables_from(first)).unwrap();
        assert!(!format!("{resolved:?}").contains("eheim-"), "{resolved:?}");
    }
}
