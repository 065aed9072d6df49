//! Profiles of the official CLI.

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
        Some(PROFILES),
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
    let hint = error.hint().unwrap();
    assert!(hint.contains("`atlascli profile create missing`"), "{hint}");

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

/// The same profile as a dotted table and as a quoted name.
#[test]
fn dotted_and_quoted_profile_names_are_equal() {
    for header in ["prod.eu", "\"prod.eu\"", "prod.\"eu\"", "PROD.eu"] {
        let text = format!(
            "[{header}]\npublic_api_key = \"abcdefgh\"\nprivate_api_key = \"geheim\"\n\
             org_id = \"org\"\n"
        );
        let home = Home::with(Some(&text), &[]);

        let resolved = find_in_profile(&home.environment(), "prod.eu").unwrap();

        assert_eq!(resolved.defaults.organization_id.as_deref(), Some("org"));
        assert_eq!(resolved.source.profile_name(), Some("prod.eu"));
        assert_eq!(id_of(Ok(resolved)), "abcdefgh", "{header}");
    }
    let text = "[a.b.\"c.d\"]\npublic_api_key = \"abcdefgh\"\nprivate_api_key = \"geheim\"\n";
    let home = Home::with(Some(text), &[]);
    assert_eq!(
        id_of(find_in_profile(&home.environment(), "a.b.c.d")),
        "abcdefgh"
    );
    assert!(find_in_profile(&home.environment(), "a.b.c").is_err());
    assert!(find_in_profile(&home.environment(), "a.").is_err());
}

#[test]
fn profile_provides_the_default_organization_and_project() {
    let home = Home::with(Some(PROFILES), &[("MONGODB_ATLAS_PROJECT_ID", " ")]);
    let defaults = find_in_profile(&home.environment(), "default")
        .unwrap()
        .defaults;
    assert_eq!(
        defaults.organization_id.as_deref(),
        Some("32b6e34b3d91647abb20e7b8")
    );
    assert_eq!(
        defaults.project_id.as_deref(),
        Some("32b6e34b3d91647abb20e7b9")
    );

    let home = Home::with(Some(PROFILES), &[("MONGODB_ATLAS_PROJECT_ID", "other")]);
    let defaults = defaults_of(&home.environment(), Some("default")).unwrap();
    assert_eq!(defaults.project_id.as_deref(), Some("other"));
}

#[test]
fn missing_profile_error_lists_the_profiles() {
    let error = resolve_profile("missing").unwrap_err();

    let message = error.to_string();
    assert!(
        message.contains("(profiles: `Local`, `default`, `elsewhere`"),
        "{message}"
    );
    assert!(!message.contains("version"), "{message}");
}
