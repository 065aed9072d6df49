//! The sources of credentials and their order.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;

const FILE: &str = r#"
version = 2
skip_update_check = true

[default]
org_id = "32b6e34b3d91647abb20e7b8"
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
    find_in_profile(&Home::with(Some(FILE), &[]).environment(), name)
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

const ALL: [(&str, &str); 10] = [
    ("ATLAS_PUBLIC_KEY", "first"),
    ("ATLAS_PRIVATE_KEY", "geheim-1"),
    ("MONGODB_ATLAS_PUBLIC_API_KEY", "second"),
    ("MONGODB_ATLAS_PRIVATE_API_KEY", "geheim-2"),
    ("MONGODB_ATLAS_CLIENT_ID", "third"),
    ("MONGODB_ATLAS_CLIENT_SECRET", "geheim-3"),
    ("MCLI_PUBLIC_API_KEY", "fourth"),
    ("MCLI_PRIVATE_API_KEY", "geheim-4"),
    ("MCLI_CLIENT_ID", "fifth"),
    ("MCLI_CLIENT_SECRET", "geheim-5"),
];

#[test]
fn first_source_with_a_value_wins() {
    for (skipped, expected) in ["first", "second", "third", "fourth", "fifth"]
        .iter()
        .enumerate()
    {
        assert_eq!(id_of(resolve(Some(FILE), &ALL[2 * skipped..])), *expected);
    }
    if cfg!(target_os = "linux") {
        assert_eq!(id_of(resolve(Some(FILE), &[])), "default1");
    }
}

#[test]
fn incomplete_pair_error_names_both_variables() {
    for pair in ALL.chunks(2) {
        let [(id, _), (secret, _)] = pair else {
            unreachable!()
        };
        for (present, missing) in [(id, secret), (secret, id)] {
            for blank in [None, Some("  ")] {
                // a later source is complete
                let mut variables = vec![(*present, "geheim")];
                variables.extend(blank.map(|blank| (*missing, blank)));
                let error = resolve(Some(FILE), &variables).unwrap_err();

                let problem = if blank.is_some() {
                    "is empty"
                } else {
                    "is not set"
                };
                assert!(error.is_configuration());
                assert_eq!(
                    error.to_string(),
                    format!(
                        "the environment variable `{missing}` {problem}, but `{present}` is set"
                    )
                );
                assert!(error.hint().unwrap().contains(present));
                assert!(!format!("{error:?}").contains("geheim"));
            }
        }
    }
}

#[test]
fn missing_credentials_error_lists_every_source() {
    let error = resolve(None, &[("ATLAS_PUBLIC_KEY", ""), ("ATLAS_PRIVATE_KEY", "")]).unwrap_err();

    assert!(error.is_configuration());
    let text = error.to_string();
    for (name, _) in ALL {
        assert!(text.contains(&format!("`{name}`")), "{text}");
    }
    assert!(
        text.contains("config.toml") && text.contains("profile `default`"),
        "{text}"
    );
    assert!(error.hint().unwrap().contains("`ATLAS_PRIVATE_KEY`"));
}

#[test]
fn error_without_home_names_the_config_file() {
    let error = find(&(Arc::new(|_: &str| None) as Environment)).unwrap_err();

    assert!(error.to_string().contains("no home directory"), "{error}");
}

#[test]
fn official_base_url_applies_to_official_variables() {
    let base_url = |pair: usize, variable: (&'static str, &'static str)| {
        base_url_of(resolve(None, &[ALL[2 * pair], ALL[2 * pair + 1], variable]))
    };
    let gov = Some("https://cloud.mongodbgov.com".to_owned());
    let local = Some("http://localhost:1".to_owned());

    assert_eq!(base_url(1, ("MONGODB_ATLAS_SERVICE", "cloudgov")), gov);
    assert_eq!(base_url(3, ("MCLI_SERVICE", "cloudgov")), gov);
    assert_eq!(
        base_url(2, ("MONGODB_ATLAS_OPS_MANAGER_URL", "http://localhost:1/")),
        local
    );
    assert_eq!(base_url(0, ("MONGODB_ATLAS_SERVICE", "cloudgov")), None);
}

#[cfg(target_os = "linux")]
mod profiles {
    use super::*;

    #[test]
    fn profile_provides_credentials_and_base_url() {
        assert_eq!(id_of(resolve_profile("default")), "default1");
        assert_eq!(base_url_of(resolve_profile("default")), None);
        assert_eq!(
            id_of(resolve_profile("gov")),
            "mdb_sa_id_0123456789abcdef01234567"
        );
        assert_eq!(
            base_url_of(resolve_profile("gov")).as_deref(),
            Some("https://cloud.mongodbgov.com")
        );
        assert_eq!(id_of(resolve_profile("local")), "token");
        assert_eq!(
            base_url_of(resolve_profile("LOCAL")).as_deref(),
            Some("http://localhost:8080")
        );
    }

    #[test]
    fn environment_overrides_base_url_of_profile() {
        let home = Home::with(
            Some(FILE),
            &[("MONGODB_ATLAS_OPS_MANAGER_URL", "http://[::1]:2")],
        );
        let resolved = find_in_profile(&home.environment(), "gov");

        assert_eq!(base_url_of(resolved).as_deref(), Some("http://[::1]:2"));
    }

    #[test]
    fn missing_profile_is_named() {
        let error = resolve_profile("missing").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("profile `missing` not found: "),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("--profile missing"));

        let error = resolve_profile("version").unwrap_err();
        assert!(error.to_string().contains("no table `version`"), "{error}");
    }

    #[cfg(not(feature = "keyring"))]
    #[test]
    fn incomplete_profile_hints_at_keyring_feature_when_it_is_disabled() {
        for (name, problem) in [
            ("empty", "has no credentials"),
            ("locked", "lacks `public_api_key`"),
            ("half", "lacks `client_secret`"),
        ] {
            let error = resolve_profile(name).unwrap_err();
            assert!(error.is_configuration());
            assert!(error.to_string().ends_with(problem), "{error}");
            assert!(error.hint().unwrap().contains("feature `keyring`"));
        }
    }

    /// Tests run without a keyring.
    #[cfg(feature = "keyring")]
    #[tokio::test]
    async fn unavailable_keyring_is_named() {
        let error = resolve_profile("locked").unwrap_err();

        assert!(error.is_configuration());
        assert!(error.to_string().contains("keyring") || error.to_string().contains("lacks"));
    }

    #[test]
    fn rejects_unencrypted_base_url_of_profile() {
        let error = resolve_profile("elsewhere").unwrap_err();

        assert!(error.to_string().contains("unencrypted"), "{error}");
        assert!(!format!("{error:?}").contains("geheim"));
    }

    #[test]
    fn invalid_toml_is_not_quoted() {
        let text = "version = 2\n[default]\nprivate_api_key = geheim\n";
        let error = resolve(Some(text), &[]).unwrap_err();

        assert!(error.is_configuration());
        assert!(
            error.to_string().ends_with("is invalid TOML in line 3"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("geheim"));
    }
}

#[test]
fn debug_output_omits_secrets() {
    for skipped in 0..5 {
        let resolved = resolve(None, &ALL[2 * skipped..]).unwrap();
        assert!(!format!("{resolved:?}").contains("eheim-"), "{resolved:?}");
    }
}
