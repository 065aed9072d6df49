//! Tests the requests that targets cause. `UPDATE_TARGETS=1 cargo test -p atlascli --test it targets` writes
//! `targets.txt`.

use std::{fmt::Write as _, fs};

use crate::{
    command_form::words,
    support::{Atlas, atlascli},
};

/// Command lines, with the project of the environment before a `|`. `SHOP` is the id of the project `Project 0001`,
/// `CLUSTER` the id of its first cluster, `ORG2` the id of the second organization.
const LINES: &[&str] = &[
    // one cluster by name, in the organization
    "clusters describe Cluster0",
    "clusters describe Only1",
    "clusters describe Orchard:Cluster0",
    "clusters describe 'Project 0001:Cluster0'",
    "clusters describe SHOP:Cluster0",
    "clusters describe ORG2/Orchard:Cluster0",
    "clusters describe CLUSTER",
    "clusters describe nowhere",
    "clusters describe Clustr0",
    "clusters describe 'Cluster*'",
    "clusters describe 'Shop: north:Cluster0'",
    "clusters describe 'Shop: north'",
    "clusters describe Orchard:",
    "clusters describe :Cluster0",
    "clusters describe ''",
    "clusters describe 000000000000000000000000",
    // a project that is set
    "clusters describe Cluster0 --project 'Project 0001'",
    "clusters describe Cluster0 --project SHOP",
    "clusters describe Cluster0 --projectId SHOP",
    "clusters describe Cluster0 --project ''",
    "clusters describe Cluster0 --project Nowhere",
    "clusters describe Orchard:Cluster0 --project SHOP",
    "clusters describe Orchard:Cluster0 --project Orchard",
    "SHOP|clusters describe Cluster0",
    "SHOP|clusters describe Orchard:Cluster0",
    "Orchard|clusters describe Cluster0",
    "Nowhere|clusters describe Cluster0",
    "SHOP|clusters describe Cluster0 --project Orchard",
    // lists
    "clusters list",
    "clusters list --project SHOP",
    "clusters list --project SHOP --kind dedicated",
    "clusters list --project SHOP --kind flex",
    "clusters list --project SHOP --kind all",
    "clusters list --project 'Project*'",
    "clusters list --project 'Nothing*'",
    "SHOP|clusters list",
    "SHOP|clusters list --all-projects",
    "SHOP|clusters list -A",
    "clusters list --org ORG2",
    "clusters list --org 'Hill Farm'",
    "clusters list --org Nowhere",
    "clusters list --org ''",
    "clusters list --tier M10",
    "clusters list --tier M99",
    "clusters list --tag env",
    "clusters list --select tier=M10,state=running",
    "clusters list --select colour=red",
    "clusters list --exclude name=Cluster0",
    "clusters list --limit 1 --project SHOP",
    "projects list",
    "projects list --org ORG2",
    "projects describe Orchard",
    "projects describe Orchrd",
    // changes
    "clusters pause Only1",
    "clusters pause Cluster0",
    "clusters pause Orchard:Cluster0",
    "clusters pause SHOP:Cluster0",
    "clusters pause CLUSTER",
    "clusters pause CLUSTER --project SHOP",
    "clusters pause Cluster0 --project SHOP",
    "clusters pause 'Only*' --dry-run",
    "clusters pause 'Only*' --yes",
    "clusters pause 'Only*'",
    "clusters pause Only1 Nowhere --yes",
    "clusters pause Cluster0 Only1 --yes",
    "clusters pause Cluster0 Nowhere --yes",
    "clusters pause --all --project SHOP --dry-run",
    "clusters pause --all --project SHOP --exclude name=Only1 --dry-run",
    "clusters pause --select state=paused --yes",
    "clusters pause --select name=Nothing",
    "clusters pause",
    "clusters pause 'Orchard:*' --dry-run",
    "clusters pause 'O*:Cluster0' --dry-run",
    "SHOP|clusters pause --all --dry-run",
    "SHOP|clusters pause --all --all-projects --dry-run",
    "SHOP|clusters pause 'Orchard:*' --dry-run",
    "clusters pause 'Orchard:*' --project SHOP --dry-run",
    "clusters pause '[' --dry-run",
    "clusters delete Cluster0 --yes",
    "clusters delete Orchard:Cluster0 --yes",
    "clusters delete Only1 --project SHOP",
    "clusters delete Only1 Nowhere --project SHOP --yes",
    "SHOP|clusters delete Only1 --yes",
];

/// Starts two organizations: `Project 0001` with the clusters `Cluster0` and `Only1`, and `Orchard` with `Cluster0`.
fn two_organizations() -> (Atlas, [String; 3]) {
    let atlas = Atlas::sized(1, 1);
    let client = atlas.client();
    let document = serde_json::json!({
        "name": "Hill Farm",
        "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
    });
    let created = client.create_organization(&document).unwrap();
    let organization = client.organization(created.organization().id());
    let project = organization.create_project("Orchard").unwrap();
    atlas.create_cluster(project.id().as_str(), "Cluster0");
    let shop = atlas.project("Project 0001");
    atlas.create_cluster(&shop, "Only1");
    let cluster = client
        .cluster(&shop.parse().unwrap(), "Cluster0")
        .get()
        .unwrap();
    let cluster = cluster.id().unwrap().to_string();
    (atlas, [shop, cluster, organization.id().to_string()])
}

/// Returns the output and the requests of a line, with names in place of ids.
fn outcome(line: &str) -> String {
    let (atlas, ids) = two_organizations();
    let before = atlas.requests().len();
    let (project, line) = line.split_once('|').unwrap_or(("", line));
    let fill = |text: &str| {
        let names = ["SHOP", "CLUSTER", "ORG2"].into_iter().zip(&ids);
        names.fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
    };
    let words = words(&fill(line));
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let state = tempfile::tempdir().unwrap();
    let mut command = atlascli(&words);
    command.envs(atlas.simulator.environment());
    command.env("XDG_STATE_HOME", state.path());
    if !project.is_empty() {
        command.env("MONGODB_ATLAS_PROJECT_ID", fill(project));
    }
    let run = atlas.run_command(command);
    let orchard = atlas.project("Orchard");
    let organization = atlas.simulator.organization_id();
    let mut text = format!("exit {}\n", run.exit.unwrap());
    let mut requests = atlas.requests().split_off(before);
    // lists of several projects are sent at the same time
    requests.sort();
    for request in requests {
        let request = request.replace("/api/atlas/v2", "");
        writeln!(text, "  {request}").unwrap();
    }
    for line in run.stdout.lines().chain(run.stderr.lines()).take(6) {
        writeln!(text, "  | {line}").unwrap();
    }
    for (name, id) in ["SHOP", "CLUSTER", "ORG2"].into_iter().zip(&ids) {
        text = text.replace(id.as_str(), name);
    }
    let text = text
        .replace(&orchard, "ORCHARD")
        .replace(&organization, "ORG1");
    super::stable(&text)
}

#[test]
fn requests_of_targets_are_as_recorded() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/command_form/targets.txt"
    );
    assert!(LINES.len() >= 60);

    let mut text = String::new();
    for line in LINES {
        writeln!(text, "$ {line}\n{}", outcome(line)).unwrap();
    }

    if std::env::var_os("UPDATE_TARGETS").is_some() {
        fs::write(file, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(file).unwrap_or_default(), text);
}
