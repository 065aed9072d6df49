//! The source of the credentials, and the default organization and project.

use std::fs;

use mongodbatlas::{ApiKey, environment_variables};
use tempfile::TempDir;

use crate::support::builder_with;

const KEY_VARIABLES: [(&str, &str); 2] = [
    ("MONGODB_ATLAS_PUBLIC_KEY", "zmmrboas"),
    ("MONGODB_ATLAS_PRIVATE_KEY", "geheim"),
];

#[test]
fn source_names_used_and_ignored_variables() {
    let other = [
        ("MCLI_PUBLIC_API_KEY", "other"),
        ("MCLI_PRIVATE_API_KEY", "geheim"),
    ];
    let builder = builder_with(&[&KEY_VARIABLES[..], &other[..]].concat());

    let atlas = builder.clone().build().unwrap();
    let blocking = builder.build_blocking().unwrap();

    for source in [atlas.credential_source(), blocking.credential_source()] {
        assert_eq!(source.variable_names(), KEY_VARIABLES.map(|(name, _)| name));
        assert_eq!(source.ignored_variables(), other.map(|(name, _)| name));
        assert!(!format!("{source} {source:?}").contains("geheim"));
    }
}

#[test]
fn explicit_credentials_override_all_sources() {
    let key = ApiKey::new("explicit", "geheim").unwrap();

    let atlas = builder_with(&KEY_VARIABLES)
        .with_api_key(key)
        .build()
        .unwrap();

    assert!(atlas.credential_source().is_explicit());
    assert!(format!("{atlas:?}").contains("explicit"));
}

#[test]
fn explicit_credentials_use_the_defaults_of_a_profile() {
    let home = TempDir::new().unwrap();
    for parent in [".config", "Library/Application Support", "."] {
        let directory = home.path().join(parent).join("atlascli");
        fs::create_dir_all(&directory).unwrap();
        let profile = "[prod.eu]\norg_id = \"o1\"\nproject_id = \"p1\"\n";
        fs::write(directory.join("config.toml"), profile).unwrap();
    }
    let home = home.path().display().to_string();
    let builder = builder_with(&[("HOME", &home), ("APPDATA", &home), ("MCLI_ORG_ID", "o2")]);
    let key = ApiKey::new("explicit", "geheim").unwrap();

    let builder = builder.with_api_key(key).with_profile("prod.eu");
    let atlas = builder.build_blocking().unwrap();

    assert_eq!(atlas.default_organization_id(), Some("o2"));
    assert_eq!(atlas.default_project_id(), Some("p1"));
}

#[test]
fn environment_variables_have_meanings() {
    let variables = environment_variables();

    assert!(
        variables
            .iter()
            .any(|variable| variable.name == "MCLI_OPS_MANAGER_URL")
    );
    for variable in variables {
        assert!(
            !variable.meaning.is_empty() && !variable.meaning.ends_with('.'),
            "{variable:?}"
        );
    }
}
