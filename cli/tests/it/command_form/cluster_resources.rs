//! Tests that commands on clusters and their resources change the data that a later read returns.

use serde_json::{Value, json};

use super::examples::words;
use crate::support::{Atlas, Run};

/// The files that the command lines name.
const FILES: [(&str, &str); 6] = [
    (
        "nested.json",
        r#"{"database": "shop", "collectionName": "items", "name": "nested",
            "definition": {"mappings": {"dynamic": true}}}"#,
    ),
    (
        "flat.json",
        r#"{"database": "shop", "collectionName": "items", "name": "flat", "mappings": {"dynamic": true}}"#,
    ),
    (
        "static.json",
        r#"{"database": "shop", "collectionName": "items", "name": "nested",
            "definition": {"mappings": {"dynamic": false, "fields": {"title": {"type": "string"}}}}}"#,
    ),
    (
        "nodes.json",
        r#"{"specs": [{"instanceSize": "S20_HIGHCPU_NVME", "nodeCount": 2}]}"#,
    ),
    (
        "more-nodes.json",
        r#"{"specs": [{"instanceSize": "S20_HIGHCPU_NVME", "nodeCount": 4}]}"#,
    ),
    (
        "index.json",
        r#"{"db": "shop", "collection": "items", "keys": [{"a": "1"}], "options": {"unique": true, "sparse": true}}"#,
    ),
];

/// A simulator and a directory with [`FILES`].
struct Bench {
    atlas: Atlas,
    directory: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in FILES {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        Self {
            atlas: Atlas::demo(),
            directory,
        }
    }

    fn command(&self, line: &str) -> assert_cmd::Command {
        let words = words(line);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let mut command = self.atlas.command(&words);
        command.current_dir(self.directory.path());
        command
    }

    fn run(&self, line: &str) -> Run {
        self.atlas.run_command(self.command(line))
    }

    /// Runs a command and returns its document. Fails if stdout is anything but one JSON document.
    fn json(&self, line: &str) -> Value {
        let text = self.run(&format!("{line} -o json")).data();
        serde_json::from_str(&text).unwrap()
    }

    /// Runs the command in official mode.
    fn run_official(&self, line: &str) -> Run {
        let project = self.atlas.project("Storefront");
        let mut command = self.command(&format!("{line} --projectId {project}"));
        command.env("ATLASCLI_MODE", "official");
        self.atlas.run_command(command)
    }

    fn hours(&self, hours: u64) {
        let time = std::time::Duration::from_secs(hours * 3600);
        self.atlas.simulator.advance(time);
    }

    fn id(&self, line: &str, field: &str) -> String {
        self.json(line)[field].as_str().unwrap().to_owned()
    }
}

#[test]
fn search_index_of_any_file_has_its_definition() {
    let bench = Bench::new();
    let on = "--cluster-name shop-production --project Storefront";
    for (file, name) in [("nested.json", "nested"), ("flat.json", "flat")] {
        let line = format!("clusters search indexes create --file {file} {on}");
        let id = bench.id(&line, "indexID");

        let index = bench.json(&format!("clusters search indexes describe {id} {on}"));

        assert_eq!(index["name"], name);
        assert_eq!(
            index["latestDefinition"],
            json!({"mappings": {"dynamic": true}})
        );
    }
    let list = format!("clusters search indexes list {on} --db shop --collection items -o jsonl");
    assert_eq!(bench.run(&list).data().lines().count(), 2);
}

#[test]
fn search_index_is_replaced_and_deleted() {
    let bench = Bench::new();
    let on = "--cluster-name shop-production --project Storefront";
    let create = format!("clusters search indexes create --file nested.json {on}");
    let id = bench.id(&create, "indexID");

    bench.json(&format!(
        "clusters search indexes update {id} --file static.json {on}"
    ));
    bench.hours(1);
    let index = bench.json(&format!("clusters search indexes describe {id} {on}"));
    let deleted = bench.json(&format!("clusters search indexes delete {id} {on} --yes"));
    let run = bench.run(&format!("clusters search indexes describe {id} {on}"));

    assert_eq!(index["latestDefinition"]["mappings"]["dynamic"], false);
    assert_eq!(deleted, json!({}));
    assert_eq!(run.exit, Some(4), "{run}");
}

#[test]
fn official_mode_sends_the_operation_of_the_files_content() {
    let bench = Bench::new();
    let line = "clusters search index create --clusterName shop-production --file";
    for file in ["nested.json", "flat.json"] {
        let run = bench.run_official(&format!("{line} {file}"));
        assert_eq!(run.exit, Some(0), "{run}");
    }

    let requests = bench.atlas.requests();
    let writes: Vec<_> = requests
        .iter()
        .filter(|request| request.starts_with("POST"))
        .map(|request| request.rsplit("shop-production/").next().unwrap())
        .collect();
    assert_eq!(writes, ["search/indexes", "fts/indexes"]);
}

#[test]
fn search_nodes_are_created_changed_and_deleted() {
    let bench = Bench::new();
    let on = "--cluster-name shop-production --project Storefront";
    let list = format!("clusters search nodes list {on}");
    assert_eq!(bench.json(&list), json!({}));

    bench.json(&format!(
        "clusters search nodes create --file nodes.json {on}"
    ));
    bench.hours(1);
    bench.json(&format!(
        "clusters search nodes update --file more-nodes.json {on}"
    ));
    bench.hours(1);
    let nodes = bench.json(&list);
    let deleted = bench.json(&format!("clusters search nodes delete {on} --force"));
    bench.hours(1);

    assert_eq!(nodes["specs"][0]["nodeCount"], 4);
    assert_eq!(deleted, json!({}));
    assert_eq!(bench.json(&list), json!({}));
}

#[test]
fn online_archive_has_the_fields_of_its_flags() {
    let bench = Bench::new();
    let on = "--cluster-name shop-production --project Storefront";
    let id = bench.id(
        &format!(
            "clusters online-archives create --db shop --collection orders --date-field placedAt \
             --archive-after 90 --expire-after-days 400 --partition customer,region {on}"
        ),
        "_id",
    );
    bench.hours(1);
    let describe = format!("clusters online-archives describe {id} {on}");
    let archive = bench.json(&describe);
    assert_eq!(archive["criteria"]["dateFormat"], "ISODATE");
    assert_eq!(archive["criteria"]["expireAfterDays"], 90);
    assert_eq!(archive["dataExpirationRule"]["expireAfterDays"], 400);
    assert_eq!(archive["partitionFields"][1]["fieldName"], "region");
    assert_eq!(archive["partitionFields"][1]["order"], 1);

    bench.json(&format!(
        "clusters online-archives update {id} --archive-after 30 {on}"
    ));
    bench.json(&format!("clusters online-archives pause {id} {on}"));
    let archive = bench.json(&describe);
    assert_eq!(archive["criteria"]["expireAfterDays"], 30);
    assert_eq!(archive["criteria"]["dateField"], "placedAt");
    assert_eq!(archive["paused"], true);

    bench.json(&format!("clusters online-archives start {id} {on}"));
    assert_eq!(bench.json(&describe)["paused"], false);
    bench.json(&format!("clusters online-archives delete {id} {on} --yes"));
    let list = bench.json(&format!("clusters online-archives list {on}"));
    assert_eq!(list["totalCount"], 0, "{list}");
}

#[test]
fn rolling_index_has_keys_in_their_order() {
    let bench = Bench::new();
    let line = "clusters indexes create by_a --cluster-name shop-production --db shop --collection items \
                --key b:-1 --key a:2dsphere --sparse --project Storefront --dry-run";

    let plan = bench.json(line);

    let body = json!({
        "db": "shop",
        "collection": "items",
        "keys": [{"b": "-1"}, {"a": "2dsphere"}],
        "options": {"name": "by_a", "sparse": true},
    });
    assert_eq!(plan["body"], body);
}

#[test]
fn unknown_field_of_an_index_is_an_error_and_in_official_mode_a_warning() {
    let bench = Bench::new();
    let line = "clusters indexes create --cluster-name shop-production --file index.json";

    let run = bench.run(&format!("{line} --project Storefront"));
    let official = bench.run_official(line);

    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("`options.unique`"), "{run}");
    assert_eq!(official.exit, Some(0), "{official}");
    assert!(official.stderr.contains("options.unique"), "{official}");
}

#[test]
fn sample_data_is_loaded() {
    let bench = Bench::new();
    let load = "clusters sample-data load shop-staging --project Storefront";
    let id = bench.id(load, "_id");
    bench.hours(1);

    let job = bench.json(&format!(
        "clusters sample-data watch {id} --project Storefront"
    ));
    let described = bench.json(&format!(
        "clusters sample-data describe {id} --project Storefront"
    ));

    assert_eq!(job["state"], "COMPLETED");
    assert_eq!(described["clusterName"], "shop-staging");
}

#[test]
fn migration_is_complete_after_the_cutover() {
    let bench = Bench::new();
    let id = bench.id(
        "live-migrations create --cluster-name shop-production --migration-host agent.example.com \
         --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-username ada \
         --source-password env:HOME --project Storefront --yes",
        "_id",
    );
    let on = format!("--live-migration-id {id} --project Storefront");
    bench.hours(1);
    let ready = bench.json(&format!("live-migrations describe {on}"));
    bench.json(&format!("live-migrations cutover {on}"));
    bench.hours(1);
    let complete = bench.json(&format!("live-migrations describe {on}"));

    assert_eq!(ready["readyForCutover"], true);
    assert_eq!(complete["status"], "COMPLETE");
}

#[test]
fn free_and_flex_clusters_become_dedicated() {
    let bench = Bench::new();
    for name in ["playground", "scratch"] {
        let line = format!("clusters upgrade {name} --tier M10 --tag env=dev --project Sandbox");
        let run = bench.run(&line);
        assert_eq!(run.exit, Some(0), "{run}");
        bench.hours(2);

        let cluster = bench.json(&format!("clusters describe {name} --project Sandbox"));

        let region = &cluster["replicationSpecs"][0]["regionConfigs"][0];
        assert_eq!(region["electableSpecs"]["instanceSize"], "M10", "{cluster}");
        assert_eq!(cluster["tags"][0]["key"], "env");
    }
}

#[test]
fn dedicated_cluster_cannot_be_upgraded() {
    let bench = Bench::new();

    let run = bench.run("clusters upgrade shop-staging --tier M20 --project Storefront");

    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "`shop-staging` is a dedicated cluster already");
    assert!(
        hint.contains("clusters update shop-staging --tier M20"),
        "{run}"
    );
}

#[test]
fn tags_are_replaced_and_cleared() {
    let bench = Bench::new();
    for (cluster, project) in [("shop-staging", "Storefront"), ("scratch", "Sandbox")] {
        let on = format!("{cluster} --project {project}");
        for (tags, count) in [("--tag a=1 --tag b=2", 2), ("--tag \"\"", 0)] {
            let words = format!("clusters update {on} {tags}");
            let words = crate::command_form::examples::words(&words);
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let run = bench.atlas.run(&words);
            assert_eq!(run.exit, Some(0), "{run}");
            let document = bench.json(&format!("clusters describe {on}"));
            assert_eq!(document["tags"].as_array().unwrap().len(), count);
        }
    }
    bench.run("clusters tags set shop-staging a=1 b=2 --project Storefront");
    bench.run("clusters tags unset shop-staging --all --project Storefront");
    let tags = bench.run("clusters tags list shop-staging --project Storefront -o ids");
    assert_eq!(tags.data(), "");
}

#[test]
fn official_update_keeps_the_fields_of_the_cluster() {
    let bench = Bench::new();

    let run = bench.run_official("clusters update shop-staging --tag env=new --diskSizeGB 20");

    assert_eq!(run.exit, Some(0), "{run}");
    let cluster = bench.json("clusters describe shop-staging --project Storefront");
    assert_eq!(cluster["tags"], json!([{"key": "env", "value": "new"}]));
    let nodes = &cluster["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"];
    assert_eq!(nodes["diskSizeGB"], 20.0);
    assert_eq!(nodes["instanceSize"], "M10");
}

#[test]
fn failover_needs_a_project_and_a_confirmation() {
    let bench = Bench::new();

    let without_project = bench.run("clusters failover shop-production --yes");
    let unconfirmed = bench.run("clusters failover shop-production --project Storefront");
    let confirmed = bench.json("clusters failover shop-production --project Storefront --force");

    assert_eq!(without_project.exit, Some(2));
    assert_eq!(unconfirmed.exit, Some(2));
    assert_eq!(confirmed, json!({}));
}

#[test]
fn snapshot_download_does_not_replace_a_file() {
    let bench = Bench::new();
    let line = "backups snapshots download 5f0c2a9e1b3d4e0001a2b504 --cluster-name scratch --project Sandbox";

    let document = bench.json(line);
    let again = bench.run(line);
    let dedicated = bench.run(
        "backups snapshots download 5f0c2a9e1b3d4e0001a2b504 --cluster-name shop-staging --out x --project Storefront",
    );

    let file = bench.directory.path().join("5f0c2a9e1b3d4e0001a2b504");
    let size = std::fs::metadata(file).unwrap().len();
    assert_eq!(document["bytes"], size);
    assert!(again.error_and_hint().0.ends_with("exists already"));
    let hint = dedicated.error_and_hint().1;
    assert!(
        hint.contains("backups restores start download"),
        "{dedicated}"
    );
}
