//! Tests the program without some of the default cargo features.

#[cfg(not(feature = "demo"))]
#[test]
fn demo_flag_without_the_feature_names_the_feature() {
    let run = crate::support::run(crate::support::atlascli(&["--demo", "--list"]));

    assert_eq!((run.exit, run.stdout.as_str()), (Some(2), ""));
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "`--demo` is not available in this build");
    assert!(hint.contains("cargo install --path cli --features demo"));
}

#[cfg(not(feature = "keyring"))]
#[test]
fn profile_with_secrets_in_keyring_names_the_feature() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("atlascli");
    std::fs::create_dir(&directory).unwrap();
    std::fs::write(
        directory.join("config.toml"),
        "version = 2\n[default]\norg_id = '5a0a1e7e0f2912c554080adc'\nauth_type = 'api_keys'\n",
    )
    .unwrap();
    let mut command = crate::support::atlascli(&["--list"]);
    for name in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
        command.env(name, home.path());
    }

    let run = crate::support::run(command);

    assert_eq!(run.exit, Some(1));
    let (error, hint) = run.error_and_hint();
    assert!(error.contains("the profile `default`"), "{error}");
    assert!(hint.contains("cargo feature `keyring`"), "{hint}");
}
