//! Runs every example of the reference against the demo organization, and compares stdout, stderr and exit code with
//! `examples/<noun>.txt`. `UPDATE_EXAMPLES=1 cargo test -p atlascli --test it examples` writes these files.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use atlas_simulator::{Clock, Options, Seed, Simulator};
use regex::Regex;

use super::{networking, streams};
use crate::support::{Atlas, Run, atlascli, run};

/// The virtual time that passes with each request, so that waits end after a few polls.
const STEP: Duration = Duration::from_mins(4);

/// Start of the simulator's clock: 2026-09-01T08:00:00Z.
const FROZEN_AT: u64 = 1_788_249_600;

/// The number of lines that are compared.
const LINES: usize = 24;

/// The id of the alert in examples.
const ALERT: &str = "5f0c2a9e1b3d4e0001a2b401";

/// The beginnings of examples that do not run: they need an authorized role in a cloud account, or an organization of
/// another key.
const NOT_RUN: [&str; 2] = ["backups exports", "organizations delete"];

/// Files that examples name.
const FILES: &[(&str, &str)] = &[
    (
        "atlas-schedule.toml",
        "timezone = \"Europe/Berlin\"\n\n[schedules.office-hours]\nselect = [\"*-staging\"]\n\
         running = [\"mon-fri 07:30-19:00\"]\nmode = \"enforce\"\n",
    ),
    ("key.txt", "0b6d1e1c-made-up\n"),
    ("service-key.txt", "5a1f8f6c2b7d4e0f9a3c6b1d8e2f7a40\n"),
    ("url.txt", "https://hooks.example.com/teams\n"),
    (
        "atlascli/config.toml",
        "[default]\ntelemetry_enabled = false\n",
    ),
    (
        "schedule.json",
        r#"{"referenceHourOfDay": 3, "restoreWindowDays": 2}"#,
    ),
    (
        "policy.json",
        r#"{"authorizedEmail": "ada@example.com", "authorizedUserFirstName": "Ada", "authorizedUserLastName": "Lin",
            "scheduledPolicyItems": [{"frequencyType": "daily", "frequencyInterval": 1, "retentionUnit": "days",
            "retentionValue": 7}]}"#,
    ),
    (
        "index.json",
        r#"{"db": "shop", "collection": "items", "keys": [{"name": "text"}], "options": {"name": "by_name"}}"#,
    ),
    (
        "archive.json",
        r#"{"dbName": "shop", "collName": "events", "criteria": {"type": "CUSTOM", "query": "{\"isClosed\": true}"}}"#,
    ),
    (
        "search.json",
        r#"{"database": "shop", "collectionName": "items", "name": "catalog",
            "definition": {"mappings": {"dynamic": true}}}"#,
    ),
    (
        "nodes.json",
        r#"{"specs": [{"instanceSize": "S20_HIGHCPU_NVME", "nodeCount": 2}]}"#,
    ),
    ("project.json", r#"{"name": "Shop front"}"#),
    (
        "invitation.json",
        r#"{"username": "new@example.com", "roles": ["ORG_MEMBER"]}"#,
    ),
    (
        "federation.json",
        r#"{"domainRestrictionEnabled": true, "domainAllowList": ["example.com"]}"#,
    ),
    (
        "audit.json",
        r#"{"atype": "authenticate", "param.db": "admin"}"#,
    ),
    (
        "ca.pem",
        "-----BEGIN CERTIFICATE-----\nMAdtYWRlIHVw\n-----END CERTIFICATE-----\n",
    ),
    (
        "alert.json",
        r#"{"eventTypeName": "NO_PRIMARY", "enabled": true, "notifications": [{"typeName": "GROUP", "intervalMin": 30,
            "emailEnabled": true}]}"#,
    ),
    (
        "cluster.json",
        r#"{"clusterType": "REPLICASET", "replicationSpecs": [{"numShards": 1, "regionConfigs": [{"priority": 7,
            "providerName": "AWS", "regionName": "US_EAST_1", "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}]}"#,
    ),
];

/// Resources that examples name and that the demo organization does not have: a text of the example, and the command
/// that creates the resource. If the text is an id, the id of the created resource replaces it, or that of the first
/// item if the command is a list.
const PREPARATIONS: &[(&str, &str)] = &[
    (
        "192.0.2.15 --project",
        "access-lists create 192.0.2.15 --project Storefront",
    ),
    (
        " auditor ",
        "custom-db-roles create auditor --privilege FIND@shop --project Storefront",
    ),
    (
        " reporting ",
        "dbusers create readAnyDatabase --username reporting --password env:APP_PASSWORD --project Storefront",
    ),
    (
        " --name Platform",
        "teams create Platform --username simulator@example.com",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3d1",
        "organizations api-keys create --desc nightly --role ORG_READ_ONLY",
    ),
    (
        "access-lists delete 192.0.2.15 --api-key",
        "organizations api-keys access-lists create --api-key 5f0c2a9e1b3d4e0001a2b3d1 --ip 192.0.2.15",
    ),
    (
        "projects api-keys delete",
        "projects api-keys assign 5f0c2a9e1b3d4e0001a2b3d1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3e1",
        "teams create Platform --username simulator@example.com",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b501",
        "backups snapshots create shop-production --desc nightly --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b501",
        "backups snapshots watch 5f0c2a9e1b3d4e0001a2b501 --cluster-name shop-production --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b502",
        "backups snapshots create shop-production --desc nightly --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b502",
        "backups restores start download --cluster-name shop-production --snapshot-id 5f0c2a9e1b3d4e0001a2b502 \
         --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b601",
        "clusters sample-data load shop-staging --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b602",
        "clusters online-archives create --cluster-name shop-production --db shop --collection orders \
         --date-field placedAt --archive-after 90 --project Storefront --wait",
    ),
    (
        "online-archives start 5f0c2a9e1b3d4e0001a2b602",
        "clusters online-archives pause 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b603",
        "clusters search indexes create --cluster-name shop-production --file search.json --project Storefront",
    ),
    (
        "search nodes list",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "search nodes update",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "search nodes delete",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b604",
        "live-migrations create --cluster-name shop-production --migration-host agent.example.com \
         --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-managed-authentication \
         --project Storefront --yes",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b605",
        "live-migrations validation create --cluster-name shop-production --migration-host agent.example.com \
         --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-managed-authentication \
         --project Storefront",
    ),
    ("live-migrations link delete", "live-migrations link create"),
    (
        "compliance-policy describe",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy copy-protection",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy encryption-at-rest",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy point-in-time",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy policies",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "CN=reports",
        "dbusers create readAnyDatabase --username CN=reports --x509-type MANAGED --project Storefront",
    ),
    (
        "projects teams update",
        "projects teams add 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "projects teams delete",
        "projects teams add 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "auth logout --profile nightly",
        "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f1",
        "security ldap verify --hostname ldap.example.com --bind-username cn=atlas,dc=example,dc=com \
         --bind-password env:APP_PASSWORD --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f2",
        "federated-authentication federation-settings describe",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f3",
        "federated-authentication federation-settings identity-provider create oidc Workloads \
         --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --idp-type WORKLOAD --audience atlas \
         --authorization-type GROUP --desc Programs --groups-claim groups --issuer-uri https://tokens.example.com \
         --user-claim sub",
    ),
    (
        "connected-org-configs disconnect",
        "federated-authentication federation-settings connected-org-configs connect \
         --identity-provider-id 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f4",
        "organizations invitations invite invited@example.com --role ORG_MEMBER",
    ),
    (
        "--email invited@example.com",
        "organizations invitations invite invited@example.com --role ORG_MEMBER",
    ),
    (
        "mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        "service-accounts create nightly --desc Reports --role ORG_READ_ONLY",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f6",
        "service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
    ),
    (
        "service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        "service-accounts access-lists create --ip 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
    ),
    (
        "service-accounts projects list",
        "service-accounts assign mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7",
        "projects service-accounts create nightly --desc Reports --role GROUP_OWNER --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f8",
        "projects service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
    ),
    (
        "service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7",
        "projects service-accounts access-lists create --ip 192.0.2.15 \
         --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
    ),
    (
        "security customer-certs describe",
        "security customer-certs create --cas-file ca.pem --project Storefront",
    ),
    (
        "integrations describe DATADOG",
        "integrations create datadog --api-key-file service-key.txt --project Storefront",
    ),
    (
        "integrations delete DATADOG",
        "integrations create datadog --api-key-file service-key.txt --project Storefront",
    ),
    (
        "maintenance-windows defer",
        "maintenance-windows update --day-of-week 7 --hour-of-day 3 --project Storefront",
    ),
    (
        "auth logout --profile nightly",
        "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
    ),
    (
        "teams users delete",
        "teams users add 668093e67beae3c80a5fa19d --team-id 5f0c2a9e1b3d4e0001a2b3e1",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b8a1",
        "invoices list --from 2026-08-01",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b701",
        "alerts settings list --project Storefront",
    ),
    (
        " reports ",
        "data-federation create reports --region DUBLIN_IRL --project Storefront",
    ),
    (
        "access-logs list",
        "dbusers create readAnyDatabase --username reporting --password env:APP_PASSWORD --project Storefront",
    ),
    (
        " vpce-0a1b2c3d4e5f60718 ",
        "data-federation private-endpoints create vpce-0a1b2c3d4e5f60718 --project Storefront",
    ),
];

/// Returns the examples of the reference by the first word of their section.
pub(crate) fn examples() -> BTreeMap<String, Vec<String>> {
    let reference = run(atlascli(&["help", "reference"])).data();
    let mut examples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut noun = String::new();
    for line in reference.lines() {
        if let Some(example) = line.strip_prefix("$ atlascli ") {
            examples
                .entry(noun.clone())
                .or_default()
                .push(example.to_owned());
        } else if let Some(name) = line.strip_prefix("# ")
            && !name.contains(' ')
        {
            name.clone_into(&mut noun);
        }
    }
    examples
}

/// Splits a line into words; quotes protect spaces.
pub(crate) fn words(line: &str) -> Vec<String> {
    let pattern = Regex::new(r#"(?:[^\s"']|"[^"]*"|'[^']*')+"#).unwrap();
    let words = pattern.find_iter(line);
    words
        .map(|word| word.as_str().replace(['"', '\''], ""))
        .collect()
}

fn run_example(line: &str) -> Run {
    let options = Options::new()
        .with_seed(Seed::demo())
        .with_clock(Clock::per_request(STEP));
    let atlas = Atlas {
        simulator: Simulator::start_blocking(options).unwrap(),
    };
    if line.contains("--delete-after") {
        // the program computes the time from its own clock
        let start = UNIX_EPOCH + Duration::from_secs(FROZEN_AT);
        atlas.simulator.advance(start.elapsed().unwrap_or_default());
    }
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("atlascli")).unwrap();
    for (name, text) in FILES.iter().chain(streams::FILES) {
        let path = directory.path().join(name);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
    let mut ids = Vec::new();
    if line.contains(ALERT) {
        ids.push((ALERT, open_alert(&atlas)));
    }
    let preparations = PREPARATIONS.iter().chain(networking::PREPARATIONS);
    for (text, command) in preparations.chain(streams::PREPARATIONS) {
        if !line.contains(text) {
            continue;
        }
        let command = format!("{command} -o json");
        let created = run_line(&atlas, directory.path(), &with_ids(&command, &ids)).data();
        if (text.starts_with("5f0c2a9e") || text.starts_with("mdb_sa_id_"))
            && let Ok(document) = serde_json::from_str::<serde_json::Value>(&created)
        {
            let first = &document["results"][0];
            let mut names = ["id", "_id", "clientId", "requestId", "roleId", "indexID"].iter();
            let id = names.find_map(|name| document[name].as_str().or(first[name].as_str()));
            ids.push((text, id.unwrap().to_owned()));
        }
    }
    if line.starts_with("access-logs") {
        // the logins of the user that was created
        atlas.simulator.advance(Duration::from_hours(12));
    }
    run_line(&atlas, directory.path(), &with_ids(line, &ids))
}

/// Opens an alert in a project of the demo organization, and returns its id.
fn open_alert(atlas: &Atlas) -> String {
    let project = atlas.project("Storefront");
    let alert = atlas.simulator.open_alert(&project, "NO_PRIMARY");
    alert.unwrap()
}

/// Replaces the ids of examples by those of created resources.
fn with_ids(line: &str, ids: &[(&str, String)]) -> String {
    ids.iter()
        .rev()
        .fold(line.to_owned(), |line, (text, id)| line.replace(text, id))
}

fn run_line(atlas: &Atlas, directory: &Path, line: &str) -> Run {
    let words = words(line);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut command = atlas.command(&words);
    command.current_dir(directory);
    command.env("XDG_STATE_HOME", directory);
    command.env("XDG_CONFIG_HOME", directory);
    command.env("APP_PASSWORD", "correct-horse-9");
    command.env("VISUAL", if cfg!(windows) { "cmd /c rem" } else { "true" });
    let mut run = atlas.run_command(command);
    let path = directory.to_str().unwrap();
    for text in [&mut run.stdout, &mut run.stderr] {
        *text = text.replace(path, "<directory>");
    }
    run
}

/// Replaces the parts that differ from run to run.
pub(crate) fn stable(text: &str) -> String {
    let ids = Regex::new(r"(\b|_)[0-9a-f]{24}\b").unwrap();
    let times = Regex::new(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?").unwrap();
    let text = ids.replace_all(text, "$1<id>");
    let text = times.replace_all(&text, "<time>");
    let runs = Regex::new(r"\b\d{8}-\d{6}-[0-9a-f]{4}\b").unwrap();
    let text = runs.replace_all(&text, "<run>");
    let keys = Regex::new(r"(-----BEGIN [A-Z ]+-----\n)[^-]+").unwrap();
    let text = keys.replace_all(&text, "$1<pem>\n");
    let ports = Regex::new(r"127\.0\.0\.1:\d+").unwrap();
    ports.replace_all(&text, "127.0.0.1:<port>").into_owned()
}

/// Keeps the beginning of a long output, with the number of the other lines. The scripts of `completion` and the manual
/// pages grow with every command, so that their number is left out.
fn shorten(text: &str, has_count: bool) -> String {
    let lines: Vec<_> = text.lines().collect();
    if lines.len() <= LINES {
        return text.to_owned();
    }
    let shown = lines[..LINES].join("\n");
    if has_count {
        format!("{shown}\n… {} lines\n", lines.len() - LINES)
    } else {
        format!("{shown}\n…\n")
    }
}

#[test]
fn examples_succeed_with_the_recorded_output() {
    let directory = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/command_form/examples"
    ));
    let mut wrong = Vec::new();
    for (noun, lines) in examples() {
        let mut text = String::new();
        for line in lines {
            if NOT_RUN.iter().any(|beginning| line.starts_with(beginning)) {
                continue;
            }
            let run = run_example(&line);
            if run.exit != Some(0) {
                wrong.push(format!("{line}: {run}"));
            }
            writeln!(
                text,
                "$ atlascli {line}\n{}",
                shorten(&stable(&run.to_string()), noun != "completion")
            )
            .unwrap();
        }
        let file = directory.join(format!("{noun}.txt"));
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&file, &text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            wrong.push(format!("{noun}.txt differs; now:\n{text}"));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
