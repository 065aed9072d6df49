//! Where credentials come from, and that nothing else is looked at.

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

/// An environment of these variables, with a home directory that holds this file of profiles.
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
        // on macOS the file lies elsewhere beneath the home directory: tests of profiles are Linux's
        let variables = self.variables.clone();
        Arc::new(move |wanted| match wanted {
            "HOME" | "XDG_CONFIG_HOME" | "APPDATA" => Some(home.clone()),
            _ => variables
                .iter()
                .find(|(name, _)| *name == wanted)
                .map(|(_, v)| (*v).to_owned()),
        })
    }
}

fn found(
    file: Option<&str>,
    variables: &[(&'static str, &'static str)],
) -> Result<ResolvedCredentials> {
    find(&Home::with(file, variables).environment())
}

fn profile(name: &str) -> Result<ResolvedCredentials> {
    find_in_profile(&Home::with(Some(FILE), &[]).environment(), name)
}

/// Who was found, as shown.
fn who(found: Result<ResolvedCredentials>) -> String {
    match found.unwrap().credentials {
        Credentials::ApiKey(key) => key.public_key().to_owned(),
        Credentials::ServiceAccount(account) => account.client_id().to_owned(),
        Credentials::Token(_) => "token".to_owned(),
    }
}

fn place_of(found: Result<ResolvedCredentials>) -> Option<String> {
    found.unwrap().base_url.map(|base_url| base_url.to_string())
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
fn the_first_place_that_holds_anything_decides() {
    for (skipped, expected) in ["first", "second", "third", "fourth", "fifth"]
        .iter()
        .enumerate()
    {
        assert_eq!(who(found(Some(FILE), &ALL[2 * skipped..])), *expected);
    }
    if cfg!(target_os = "linux") {
        assert_eq!(who(found(Some(FILE), &[])), "default1");
    }
}

#[test]
fn half_a_pair_is_an_error_and_both_halves_are_named() {
    for pair in ALL.chunks(2) {
        let [(id, _), (secret, _)] = pair else {
            unreachable!()
        };
        for (present, missing) in [(id, secret), (secret, id)] {
            for blank in [None, Some("  ")] {
                // a later place is complete, and does not matter
                let mut variables = vec![(*present, "geheim")];
                variables.extend(blank.map(|blank| (*missing, blank)));
                let error = found(Some(FILE), &variables).unwrap_err();

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
fn nothing_anywhere_lists_every_place() {
    let error = found(None, &[("ATLAS_PUBLIC_KEY", ""), ("ATLAS_PRIVATE_KEY", "")]).unwrap_err();

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
fn the_official_variables_say_where_atlas_is_for_the_official_credentials() {
    let place = |of: usize, variable: (&'static str, &'static str)| {
        place_of(found(None, &[ALL[2 * of], ALL[2 * of + 1], variable]))
    };
    let gov = Some("https://cloud.mongodbgov.com".to_owned());
    let here = Some("http://localhost:1".to_owned());

    assert_eq!(place(1, ("MONGODB_ATLAS_SERVICE", "cloudgov")), gov);
    assert_eq!(place(3, ("MCLI_SERVICE", "cloudgov")), gov);
    assert_eq!(
        place(2, ("MONGODB_ATLAS_OPS_MANAGER_URL", "http://localhost:1/")),
        here
    );
    assert_eq!(place(0, ("MONGODB_ATLAS_SERVICE", "cloudgov")), None);
}

#[cfg(target_os = "linux")]
mod profiles {
    use super::*;

    #[test]
    fn a_profile_holds_credentials_of_any_kind_and_a_place() {
        assert_eq!(who(profile("default")), "default1");
        assert_eq!(place_of(profile("default")), None);
        assert_eq!(who(profile("gov")), "mdb_sa_id_0123456789abcdef01234567");
        assert_eq!(
            place_of(profile("gov")).as_deref(),
            Some("https://cloud.mongodbgov.com")
        );
        assert_eq!(who(profile("local")), "token");
        assert_eq!(
            place_of(profile("LOCAL")).as_deref(),
            Some("http://localhost:8080")
        );
    }

    #[test]
    fn the_environment_has_the_last_word_about_the_place() {
        let home = Home::with(
            Some(FILE),
            &[("MONGODB_ATLAS_OPS_MANAGER_URL", "http://[::1]:2")],
        );
        let found = find_in_profile(&home.environment(), "gov");

        assert_eq!(place_of(found).as_deref(), Some("http://[::1]:2"));
    }

    #[test]
    fn a_profile_that_is_not_there_is_named() {
        let error = profile("nobody").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("profile `nobody` not found: "),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("--profile nobody"));

        let error = profile("version").unwrap_err();
        assert!(error.to_string().contains("no table `version`"), "{error}");
    }

    #[cfg(not(feature = "keyring"))]
    #[test]
    fn incomplete_profile_hints_at_keyring_feature_when_it_is_disabled() {
        for (name, lack) in [
            ("empty", "has no credentials"),
            ("locked", "lacks `public_api_key`"),
            ("half", "lacks `client_secret`"),
        ] {
            let error = profile(name).unwrap_err();
            assert!(error.is_configuration());
            assert!(error.to_string().ends_with(lack), "{error}");
            assert!(error.hint().unwrap().contains("feature `keyring`"));
        }
    }

    /// No keyring runs where tests run, so this is the refusal of one.
    #[cfg(feature = "keyring")]
    #[tokio::test]
    async fn a_keyring_that_is_not_there_is_named() {
        let error = profile("locked").unwrap_err();

        assert!(error.is_configuration());
        assert!(error.to_string().contains("keyring") || error.to_string().contains("lacks"));
    }

    #[test]
    fn a_place_that_would_send_keys_in_the_clear_is_refused() {
        let error = profile("elsewhere").unwrap_err();

        assert!(error.to_string().contains("unencrypted"), "{error}");
        assert!(!format!("{error:?}").contains("geheim"));
    }

    #[test]
    fn a_file_that_is_not_toml_is_not_quoted() {
        let text = "version = 2\n[default]\nprivate_api_key = geheim\n";
        let error = found(Some(text), &[]).unwrap_err();

        assert!(error.is_configuration());
        assert!(
            error.to_string().ends_with("is invalid TOML in line 3"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("geheim"));
    }
}

#[test]
fn nothing_shows_a_secret() {
    for skipped in 0..5 {
        let found = found(None, &ALL[2 * skipped..]).unwrap();
        assert!(!format!("{found:?}").contains("eheim-"), "{found:?}");
    }
}
