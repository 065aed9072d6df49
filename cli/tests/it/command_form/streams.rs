//! Tests of the commands for stream processing.

use std::{fs, path::Path};

use super::steps::{run_line, run_script};
use crate::support::Atlas;

/// Files that the examples name.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "kafka.json",
        r#"{"type": "Kafka", "bootstrapServers": "kafka.example.com:9092", "security": {"protocol": "SASL_PLAINTEXT"},
            "authentication": {"mechanism": "PLAIN", "username": "shop", "password": "made-up"}}"#,
    ),
    (
        "private-link.json",
        r#"{"region": "US_EAST_2", "dnsDomain": "shop.servicebus.windows.net", "vendor": "EVENTHUB", "serviceEndpointId":
            "/subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.EventHub/namespaces/shop"}"#,
    ),
];

/// Resources that the examples name, as in `examples::PREPARATIONS`.
pub(super) const PREPARATIONS: &[(&str, &str)] = &[
    (
        "shop-stream",
        "streams instances create shop-stream --region VIRGINIA_USA --project Storefront",
    ),
    (
        "streams instances list",
        "streams instances create shop-stream --region VIRGINIA_USA --project Storefront",
    ),
    (
        "connections list --instance shop-stream",
        "streams connections create orders --instance shop-stream --file kafka.json --project Storefront",
    ),
    (
        "streams private-links list",
        "streams private-links create --file private-link.json --project Storefront",
    ),
    (
        " orders --instance",
        "streams connections create orders --instance shop-stream --file kafka.json --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd07",
        "streams private-links create --file private-link.json --project Storefront",
    ),
];

/// Files of the script, besides [`FILES`].
const SCRIPT_FILES: [(&str, &str); 4] = [
    (
        "changed.json",
        r#"{"type": "Kafka", "bootstrapServers": "other.example.com:9092"}"#,
    ),
    (
        "named.json",
        r#"{"name": "carts", "type": "Cluster", "clusterName": "shop-production",
            "dbRoleToExecute": {"role": "readAnyDatabase", "type": "BUILT_IN"}}"#,
    ),
    (
        "aws-link.json",
        r#"{"provider": "Azure", "vendor": "MSK", "arn": "arn:aws:kafka:us-east-1:123456789012:cluster/shop/1",
            "authenticationScheme": "IAM"}"#,
    ),
    ("unnamed.json", r#"{"type": "Sample"}"#),
];

/// Returns a directory with the files of the commands.
fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in FILES.iter().chain(&SCRIPT_FILES) {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

/// Runs a successful command in the project Storefront.
fn run_in(atlas: &Atlas, directory: &Path, line: &str) -> String {
    run_line(atlas, directory, &format!("{line} --project Storefront")).data()
}

#[test]
fn requests_show_what_streams_commands_write_and_print() {
    let script = include_str!("changes/streams.txt");

    let differences = run_script(&Atlas::demo(), directory().path(), script);

    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn plain_list_of_private_links_has_one_row_for_each_link() {
    let atlas = Atlas::demo();
    let directory = directory();
    for file in ["private-link.json", "aws-link.json"] {
        let line = format!("streams private-links create --file {file}");
        run_in(&atlas, directory.path(), &line);
    }

    let plain = run_in(
        &atlas,
        directory.path(),
        "streams privateLinks list -o plaintext",
    );

    let rows: Vec<Vec<&str>> = plain
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let headings = "ID PROVIDER REGION VENDOR STATE INTERFACE_ENDPOINT_ID SERVICE_ENDPOINT_ID DNS_DOMAIN DNS_SUBDOMAIN";
    assert_eq!(rows[0].join(" "), headings);
    assert_eq!(rows[1][1..4], ["AZURE", "US_EAST_2", "EVENTHUB"]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn download_does_not_overwrite_a_file_without_force() {
    let atlas = Atlas::demo();
    let directory = directory();
    let file = directory.path().join("logs.gz");
    run_in(
        &atlas,
        directory.path(),
        "streams instances create shop --region VIRGINIA_USA",
    );
    let line = "streams instances download shop --out logs.gz --start 1700000000 --end 1700003600";

    let printed = run_in(&atlas, directory.path(), line);
    let logs = fs::read(&file).unwrap();
    fs::write(&file, "mine").unwrap();
    let refused = run_line(
        &atlas,
        directory.path(),
        &format!("{line} --project Storefront"),
    );
    let kept = fs::read(&file).unwrap();
    run_in(&atlas, directory.path(), &format!("{line} --force"));

    assert_eq!(printed, "Download of shop completed.\n");
    assert!(logs.starts_with(&[0x1f, 0x8b]));
    assert_eq!((refused.exit, kept), (Some(2), b"mine".to_vec()));
    assert!(refused.stderr.contains("`logs.gz` exists"), "{refused}");
    assert_eq!(fs::read(&file).unwrap(), logs);
    let requests = atlas.simulator.requests();
    let target = &requests.last().unwrap().path_and_query;
    assert!(target.contains("startDate=1700000000") && target.contains("endDate=1700003600"));
}

#[test]
fn connection_needs_a_name() {
    let atlas = Atlas::demo();
    let directory = directory();

    let line =
        "streams connections create --instance shop --file unnamed.json --project Storefront";
    let run = run_line(&atlas, directory.path(), line);

    assert_eq!(run.exit, Some(2));
    assert_eq!(
        run.error_and_hint(),
        (
            "the connection has no name",
            "write it as the argument, or as `name` in the file"
        )
    );
}
