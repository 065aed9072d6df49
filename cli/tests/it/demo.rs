//! Tests of `--demo`.

use crate::support::{Atlas, atlascli, run};

/// The project `Storefront`.
const STOREFRONT: &str = "9a6a3e533dce554148ed60ad";

#[test]
fn demo_lists_demo_organization() {
    let data = run(atlascli(&["--demo", "--list"])).data();

    let (_, lines) = data.split_once("Organization ID:").unwrap();
    let atlas = Atlas::demo().run(&["--list"]).data();
    assert_eq!(lines, atlas.split_once("Organization ID:").unwrap().1);
}

#[test]
fn demo_ignores_keys_and_base_url() {
    let mut command = atlascli(&["--demo", "-lp", "-lc", "--publickey", "unknown"]);
    command.envs([
        ("ATLAS_PRIVATE_KEY", ""),
        ("ATLAS_BASE_URL", "http://127.0.0.1:1"),
    ]);

    assert!(run(command).data().contains("\nProject: 'Storefront'\n"));
}

#[test]
fn demo_pauses_cluster_of_help_example() {
    let help = run(atlascli(&["help", "flag-form"])).data();
    let example = "atlascli --demo --pause shop-staging";
    assert!(help.contains(&format!("{example}\n")));

    let arguments: Vec<_> = example.split(' ').skip(1).collect();
    let data = run(atlascli(&arguments)).data();

    assert_eq!(
        data,
        "Pausing 'shop-staging'\nPaused cluster 'shop-staging'\n"
    );
}

#[test]
fn demo_prints_cluster() {
    let path = format!("{STOREFRONT}:shop-production");

    let data = run(atlascli(&["--demo", "--cluster", &path])).data();

    assert!(data.contains("\n 'name': 'shop-production',\n"));
}

#[test]
fn demo_output_matches_readme() {
    let readme = include_str!("../../../README.md");
    let (_, rest) = readme.split_once("It prints:\n\n```text\n").unwrap();
    let (expected, _) = rest.split_once("```").unwrap();

    let data = run(atlascli(&["list", "--demo"])).data();

    assert_eq!(data, expected);
}
