//! Errors for incomplete and missing credentials.

use super::*;

#[test]
fn incomplete_pair_error_names_both_variables() {
    for (pair, _) in SOURCES_IN_ORDER
        .iter()
        .filter(|(variables, _)| variables.len() == 2)
    {
        let [(id, _), (secret, _)] = pair else {
            unreachable!()
        };
        for (present, missing) in [(id, secret), (secret, id)] {
            for blank in [None, Some("  ")] {
                let mut variables = vec![(*present, "geheim")];
                variables.extend(blank.map(|blank| (*missing, blank)));
                let error = resolve(Some(PROFILES), &variables).unwrap_err();

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
fn incomplete_pair_error_names_other_variables() {
    let error = resolve(
        None,
        &[
            ("ATLAS_PUBLIC_KEY", "abcdefgh"),
            ("MONGODB_ATLAS_PRIVATE_KEY", "geheim"),
            ("ATLAS_PRIVATE_API_KEY", "geheim"),
        ],
    )
    .unwrap_err();

    assert_eq!(
        error.to_string(),
        "the environment variable `ATLAS_PRIVATE_KEY` is not set, but `ATLAS_PUBLIC_KEY` is set; also \
         set: `MONGODB_ATLAS_PRIVATE_KEY`, `ATLAS_PRIVATE_API_KEY`"
    );
}

#[test]
fn mixed_spellings_of_a_pair_are_an_error_that_names_both() {
    for (present, other) in [
        ("MONGODB_ATLAS_PUBLIC_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY"),
        ("MCLI_PUBLIC_API_KEY", "MCLI_PRIVATE_KEY"),
        ("MONGODB_ATLAS_CLIENT_ID", "MDB_MCP_API_CLIENT_SECRET"),
        ("MCLI_CLIENT_SECRET", "ATLAS_CLIENT_ID"),
    ] {
        let error = resolve(None, &[(present, "abcdefgh"), (other, "abcdefgh")]).unwrap_err();

        let message = error.to_string();
        assert!(
            message.contains(present) && message.contains(other),
            "{message}"
        );
        assert!(error.is_configuration() && !message.contains("abcdefgh"));
    }
}

#[test]
fn missing_credentials_error_lists_every_source() {
    let error = resolve(None, &[("ATLAS_PUBLIC_KEY", ""), ("ATLAS_PRIVATE_KEY", "")]).unwrap_err();

    assert!(error.is_configuration() && error.is_missing_credentials());
    let message = error.to_string();
    for (name, _) in variables_from(0) {
        assert!(message.contains(&format!("`{name}`")), "{message}");
    }
    assert!(
        message.contains("config.toml") && message.contains("profile `default`"),
        "{message}"
    );
    assert!(!message.contains("without credentials"), "{message}");
    assert!(error.hint().unwrap().contains("`ATLAS_PRIVATE_KEY`"));
}

#[test]
fn missing_credentials_error_names_related_variables() {
    let variables = [
        ("MONGODB_ATLAS_PROJECT_ID", "32b6e34b3d91647abb20e7b8"),
        ("MCLI_OPS_MANAGER_URL", "https://example.com"),
        ("ATLAS_CLIENT_SECRET", "geheim"),
    ];

    let error = resolve(None, &variables).unwrap_err();

    assert!(
        error.to_string().ends_with(
            "; set, but without credentials: `MCLI_OPS_MANAGER_URL`, `MONGODB_ATLAS_PROJECT_ID`, \
             `ATLAS_CLIENT_SECRET` (not read)"
        ),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("geheim"));
}

#[test]
fn error_without_home_names_the_config_file() {
    let error = find(&(Arc::new(|_: &str| None) as Environment)).unwrap_err();

    assert!(error.to_string().contains("no home directory"), "{error}");
}
