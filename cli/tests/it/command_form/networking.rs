//! Tests of the commands for networks: `networking`, `private-endpoints`, `custom-dns`, `cloud-providers`.

use std::path::Path;

use serde_json::Value;

use super::steps::{run_line, run_script};
use crate::support::{Atlas, Run};

/// Resources that the examples name, as in `examples::PREPARATIONS`.
pub(super) const PREPARATIONS: &[(&str, &str)] = &[
    (
        "5f0c2a9e1b3d4e0001a2bd01",
        "private-endpoints aws create --region eu-west-1 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd02",
        "private-endpoints azure create --region EUROPE_NORTH --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd03",
        "private-endpoints gcp create --region WESTERN_EUROPE --project Storefront",
    ),
    (
        "vpce-0a1b2c3d4e5f60718 --endpoint-service-id",
        "private-endpoints aws interfaces create 5f0c2a9e1b3d4e0001a2bd01 --private-endpoint-id vpce-0a1b2c3d4e5f60718 \
         --project Storefront",
    ),
    (
        "privateEndpoints/orders",
        "private-endpoints azure interfaces create 5f0c2a9e1b3d4e0001a2bd02 --private-endpoint-id \
         /subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.Network/privateEndpoints/orders \
         --private-endpoint-ip-address 10.0.0.4 --project Storefront",
    ),
    (
        "orders-group",
        "private-endpoints gcp interfaces create orders-group --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd03 \
         --gcp-project-id shop-network --endpoint orders-0@10.142.0.2 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd04",
        "networking peering create azure --directory-id 3f2d9c1e-7a64-4b0f-9d1c-5e8a2b7c6d40 --subscription-id \
         8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e --resource-group shop --vnet shop-vnet --region US_EAST_2 \
         --atlas-cidr-block 192.168.128.0/21 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd05",
        "api createGroupContainer --project Storefront --field providerName=AWS --field regionName=SA_EAST_1 --field \
         atlasCidrBlock=192.168.64.0/21",
    ),
    (
        "5f0c2a9e1b3d4e0001a2bd06",
        "cloud-providers access-roles aws create --project Storefront",
    ),
    (
        "private-endpoints aws list",
        "private-endpoints aws create --region eu-west-1 --project Storefront",
    ),
    (
        "private-endpoints azure list",
        "private-endpoints azure create --region EUROPE_NORTH --project Storefront",
    ),
    (
        "private-endpoints gcp list",
        "private-endpoints gcp create --region WESTERN_EUROPE --project Storefront",
    ),
    (
        "access-roles list",
        "cloud-providers access-roles aws create --project Storefront",
    ),
    (
        "peering list --provider GCP",
        "networking peering create gcp --gcp-project-id shop-network --network shop-vpc --atlas-cidr-block 192.168.0.0/18 \
         --project Storefront",
    ),
];

#[test]
fn requests_show_what_networking_commands_write_and_print() {
    let script = include_str!("changes/networking.txt");

    let differences = run_script(&Atlas::demo(), Path::new("."), script);

    assert_eq!(differences, Vec::<String>::new());
}

/// Commands that create the resources that lists show.
const RESOURCES: &[&str] = &[
    "private-endpoints aws create --region eu-west-1",
    "private-endpoints aws create --region eu-west-2",
    "private-endpoints aws create --region eu-west-3",
    "private-endpoints azure create --region EUROPE_NORTH",
    "private-endpoints gcp create --region WESTERN_EUROPE",
    "cloud-providers access-roles aws create",
    "networking peering create azure --directory-id d --subscription-id s --resource-group r --vnet v --region US_EAST_2 \
     --atlas-cidr-block 192.168.128.0/21",
];

/// Starts a simulator with these resources.
fn with_resources() -> Atlas {
    let atlas = Atlas::demo();
    for line in RESOURCES {
        let line = format!("{line} --project Storefront -o json");
        run_line(&atlas, Path::new("."), &line).data();
    }
    atlas
}

/// Runs a command in official mode.
fn run_official(atlas: &Atlas, line: &str) -> Run {
    let project = atlas.project("Storefront");
    let words = super::words(&format!("{line} --projectId {project}"));
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut command = atlas.command(&words);
    command.env("ATLASCLI_MODE", "official");
    atlas.run_command(command)
}

fn names(list: &str, field: &str) -> Vec<String> {
    let list: Value = serde_json::from_str(list).unwrap();
    let items = list.as_array().unwrap().iter();
    items
        .map(|item| item[field].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn limit_and_page_select_private_endpoints_of_a_list_without_pages() {
    let atlas = with_resources();

    let list = |flags: &str| {
        let run = run_official(
            &atlas,
            &format!("privateEndpoints aws list -o json {flags}"),
        );
        names(&run.data(), "regionName")
    };

    assert_eq!(list(""), ["eu-west-1", "eu-west-2", "eu-west-3"]);
    assert_eq!(list("--limit 2"), ["eu-west-1", "eu-west-2"]);
    assert_eq!(list("--limit 2 --page 2"), ["eu-west-3"]);
    let run = run_official(&atlas, "privateEndpoints aws list --limit two");
    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("`two` for `--limit`"), "{run}");
}

#[test]
fn official_mode_prints_networking_lists_without_envelope() {
    let atlas = with_resources();

    let containers = run_official(&atlas, "networking containers list -o json").data();
    let peers = run_official(
        &atlas,
        "networking peering list --provider AZURE -o json --omitCount",
    );

    assert_eq!(names(&containers, "providerName"), ["AWS", "AZURE"]);
    assert_eq!(names(&peers.data(), "vnetName"), ["v"]);
}

#[test]
fn omit_count_reaches_the_request_of_networking_lists() {
    let atlas = Atlas::demo();

    run_official(
        &atlas,
        "networking containers list --omitCount --limit 7 --page 2",
    )
    .data();

    let requests = atlas.simulator.requests();
    let last = requests.last().unwrap();
    for parameter in ["includeCount=false", "itemsPerPage=7", "pageNum=2"] {
        assert!(
            last.path_and_query.contains(parameter),
            "{}",
            last.path_and_query
        );
    }
}

#[test]
fn private_endpoint_of_google_cloud_has_plain_columns_with_and_without_groups() {
    let atlas = Atlas::demo();
    let project = "--project Storefront";
    let create = format!("private-endpoints gcp create --region WESTERN_EUROPE {project} -o ids");
    let id = run_line(&atlas, Path::new("."), &create).data();
    let id = id.trim();
    let describe = format!("privateEndpoints gcp describe {id}");

    let without_groups = run_official(&atlas, &describe).data();
    let create = format!(
        "private-endpoints gcp interfaces create orders --endpoint-service-id {id} --gcp-project-id shop --endpoint \
         a@10.0.0.2 {project}"
    );
    run_line(&atlas, Path::new("."), &create).data();
    let with_group = run_official(&atlas, &describe).data();

    let cells = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let headings = ["ID", "GROUP", "NAME", "REGION", "STATUS", "ERROR"];
    let expected = [&headings[..], &[id, "WESTERN_EUROPE", "INITIATING"]].concat();
    assert_eq!(cells(&without_groups), expected);
    let expected = [
        &headings[..],
        &[id, "orders", "WESTERN_EUROPE", "INITIATING"],
    ]
    .concat();
    assert_eq!(cells(&with_group), expected);
}

#[test]
fn waits_and_deletions_print_json_only() {
    let atlas = Atlas::demo();
    let create = "private-endpoints aws create --region eu-west-1 --project Storefront -o ids";
    let id = run_line(&atlas, Path::new("."), create).data();
    let id = id.trim();
    atlas.simulator.advance(std::time::Duration::from_hours(1));

    let watch = run_official(&atlas, &format!("privateEndpoints aws watch {id} -o json")).data();
    let delete = run_official(
        &atlas,
        &format!("privateEndpoints aws delete {id} --force -o json"),
    )
    .data();

    let document: Value = serde_json::from_str(&watch).unwrap();
    assert_eq!(document["status"], "AVAILABLE");
    assert_eq!(delete, "{}\n");
}

#[test]
fn dry_run_of_peering_prints_container_and_connection_and_sends_no_change() {
    let atlas = Atlas::demo();
    let create = "networking peering create gcp --gcp-project-id shop --network vpc --atlas-cidr-block 192.168.0.0/18";

    let line = format!("{create} --project Storefront --dry-run");
    let plan = run_line(&atlas, Path::new("."), &line).data();

    let paths: Vec<_> = plan
        .lines()
        .filter(|line| line.starts_with("POST "))
        .filter_map(|line| line.rsplit('/').next())
        .collect();
    assert_eq!(paths, ["containers", "peers"]);
    let requests = atlas.requests();
    assert!(requests.iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn rejects_bad_input_of_networking_commands() {
    let atlas = Atlas::demo();
    let cases = [
        (
            "networking peering create aws --account-id 1 --region sa-east-1 --vpc-id v --route-table-cidr-block 10.0.0.0/16",
            "the project has no network container in SA_EAST_1",
        ),
        (
            "private-endpoints gcp interfaces create g --endpoint-service-id 5f0c2a9e1b3d4e0001a2bd03 --gcp-project-id p \
             --endpoint orders",
            "`orders` is not an endpoint",
        ),
        (
            "private-endpoints aws interfaces delete vpce-1 --yes",
            "needs `--endpoint-service-id`",
        ),
        (
            "networking containers list --provider IBM",
            "invalid value `IBM` for `--provider`",
        ),
    ];

    for (line, message) in cases {
        let run = run_line(
            &atlas,
            Path::new("."),
            &format!("{line} --project Storefront"),
        );

        assert_eq!(run.exit, Some(2), "{line}: {run}");
        assert!(run.stderr.contains(message), "{line}: {run}");
    }
}
