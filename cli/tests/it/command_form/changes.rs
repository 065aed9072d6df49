//! Runs each writing command of organizations, projects, access and security, and checks the change with a later read.
//!
//! `changes/access.txt` has the cases, separated by empty lines. A line is a command; `name = command` stores the `id` of its
//! JSON document, and `$name` inserts it later. Lines with `=> ` are the exact output of the command before them. Every
//! case runs twice: as `atlascli` and in official mode, each time against a new simulator. The cases of
//! `changes/plain_columns.txt` run in official mode, and show the plain columns of the reading commands.

use std::{collections::BTreeMap, fs};

use atlas_simulator::{Clock, Options, Seed, Simulator};

use crate::support::{Atlas, Run};

/// Fields with the id of a document.
const IDS: [&str; 4] = ["id", "clientId", "requestId", "_id"];

/// Files that the cases name.
const FILES: [(&str, &str); 5] = [
    (
        "invitation.json",
        r#"{"username": "file@example.com", "roles": ["ORG_MEMBER"]}"#,
    ),
    (
        "connection.json",
        r#"{"domainRestrictionEnabled": true, "domainAllowList": ["example.com"]}"#,
    ),
    ("project.json", r#"{"name": "Shop front"}"#),
    ("audit.json", r#"{"atype": "authenticate"}"#),
    (
        "ca.pem",
        "-----BEGIN CERTIFICATE-----\nMAdtYWRlIHVw\n-----END CERTIFICATE-----\n",
    ),
];

/// Splits a line into words; single quotes protect spaces.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match (letter, words.last_mut()) {
            ('\'', _) => is_quoted = !is_quoted,
            (' ', _) if !is_quoted => words.push(String::new()),
            (_, Some(word)) => word.push(letter),
            (_, None) => {}
        }
    }
    words
}

/// One run of one case.
struct Script<'a> {
    atlas: Atlas,
    directory: tempfile::TempDir,
    mode: Option<&'a str>,
    ids: BTreeMap<String, String>,
}

impl<'a> Script<'a> {
    fn new(mode: Option<&'a str>) -> Self {
        let options = Options::new()
            .with_seed(Seed::demo())
            .with_clock(Clock::per_request(std::time::Duration::from_mins(1)));
        let atlas = Atlas {
            simulator: Simulator::start_blocking(options).unwrap(),
        };
        let ids = BTreeMap::from([
            ("project".to_owned(), atlas.project("Storefront")),
            ("org".to_owned(), atlas.simulator.organization_id()),
        ]);
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in FILES {
            fs::write(directory.path().join(name), text).unwrap();
        }
        Self {
            atlas,
            directory,
            mode,
            ids,
        }
    }

    /// Replaces each `$name` with the stored id.
    fn insert_ids(&self, line: &str) -> String {
        let ids = self.ids.iter();
        ids.fold(line.to_owned(), |line, (name, id)| {
            line.replace(&format!("${name}"), id)
        })
    }

    fn run(&self, line: &str) -> Run {
        let words = split(&self.insert_ids(line));
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let mut command = self.atlas.command(&words);
        command.current_dir(self.directory.path());
        command.env("XDG_CONFIG_HOME", self.directory.path());
        command.env("MONGODB_ATLAS_ORG_ID", &self.ids["org"]);
        command.env("SECRET", "5a1f8f6c2b7d4e0f9a3c6b1d8e2f7a40");
        if let Some(mode) = self.mode {
            command.env("ATLASCLI_MODE", mode);
        }
        self.atlas.run_command(command)
    }

    /// Runs the lines of a case; returns the differences.
    fn play(&mut self, case: &str) -> Option<String> {
        let mut lines = case.lines().peekable();
        while let Some(line) = lines.next() {
            let (name, command) = match line.split_once(" = ") {
                Some((name, command)) if !name.contains(' ') => (Some(name), command),
                _ => (None, line),
            };
            let json = if name.is_some() { " -o json" } else { "" };
            let run = self.run(&format!("{command}{json}"));
            if run.exit != Some(0) {
                return Some(format!("{command}: {run}"));
            }
            let output = run.stdout;
            if let Some(name) = name {
                let document: serde_json::Value = serde_json::from_str(&output).unwrap();
                let id = IDS.iter().find_map(|field| document[field].as_str());
                self.ids.insert(name.to_owned(), id.unwrap().to_owned());
            }
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| line.starts_with("=> ")) {
                expected.push(self.insert_ids(&line[3..]));
            }
            let actual: Vec<_> = output.lines().map(str::trim_end).collect();
            if !expected.is_empty() && actual != expected {
                return Some(format!("printed {actual:#?}, expected {expected:#?}"));
            }
        }
        None
    }
}

#[test]
fn later_read_shows_what_each_command_changed() {
    let cases = include_str!("changes/access.txt");
    let mut wrong = Vec::new();
    for mode in [None, Some("official")] {
        for case in cases.split("\n\n") {
            if let Some(difference) = Script::new(mode).play(case) {
                wrong.push(format!("{mode:?}\n{case}\n{difference}"));
            }
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn plain_output_has_the_official_columns() {
    let cases = include_str!("changes/plain_columns.txt");
    let play = |case| Script::new(Some("official")).play(case);
    let wrong: Vec<_> = cases.split("\n\n").filter_map(play).collect();

    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn created_organization_is_deleted_with_its_own_key() {
    let atlas = Atlas::demo();
    let line = "organizations create Research --ownerId 668093e67beae3c80a5fa19d --apiKeyDescription setup \
                --apiKeyRole ORG_OWNER -o json";
    let created = atlas.run(&line.split(' ').collect::<Vec<_>>());
    let created: serde_json::Value = serde_json::from_str(&created.data()).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = atlas.command(arguments);
        command.env(
            "ATLAS_PUBLIC_KEY",
            created["apiKey"]["publicKey"].as_str().unwrap(),
        );
        command.env(
            "ATLAS_PRIVATE_KEY",
            created["apiKey"]["privateKey"].as_str().unwrap(),
        );
        atlas.run_command(command)
    };
    assert!(run(&["organizations", "list"]).data().contains("Research"));

    let deleted = run(&["organizations", "delete", "Research", "--yes"]);

    assert_eq!(
        deleted.data(),
        format!(
            "Organization '{}' deleted\n",
            created["organization"]["id"].as_str().unwrap()
        )
    );
    let id = created["organization"]["id"].as_str().unwrap();
    assert!(
        atlas
            .requests()
            .contains(&format!("DELETE /api/atlas/v2/orgs/{id}"))
    );
}

#[test]
fn deletion_prints_an_empty_object_as_json() {
    let mut script = Script::new(Some("official"));
    let case = "team = teams create Ops --username simulator@example.com\n\
                teams delete $team --force -o json\n=> {}";

    assert_eq!(script.play(case), None);
}

#[test]
fn incomplete_input_is_rejected_before_a_request() {
    let script = Script::new(None);
    let lines = [
        (
            "organizations create Research --apiKeyRole ORG_OWNER",
            "the API key of the organization needs `--api-key-description`",
        ),
        (
            "organizations invitations invite new@example.com",
            "the invitation has no roles",
        ),
        (
            "organizations invitations update --role ORG_MEMBER --orgId $org",
            "no invitation given",
        ),
        (
            "auditing update --auditFilter [1] --projectId $project",
            "the audit filter in `--audit-filter` is not a JSON object",
        ),
        (
            "auditing update --file ca.pem --projectId $project",
            "invalid JSON in `ca.pem`, line 1, column 2",
        ),
        (
            "security ldap save --hostname a --bindUsername b --bindPassword env:SECRET --mappingSubstitution c --projectId $project",
            "the mapping has no expression to match",
        ),
        (
            "security customerCerts create --casFile audit.json --projectId $project",
            "`audit.json` contains no certificate in PEM",
        ),
        (
            "security ldap verify --hostname a --bindUsername b --bindPassword env:SECRET --caCertificate c --projectId $project",
            "`--ca-certificate` contains no certificate in PEM",
        ),
    ];
    for (line, message) in lines {
        let run = script.run(line);

        assert_eq!(run.exit, Some(2), "{line}: {run}");
        assert_eq!(run.error_and_hint().0, message, "{line}");
    }
    assert_eq!(script.atlas.requests(), Vec::<String>::new());
}

#[test]
fn every_official_list_sends_limit_page_and_count() {
    let mut script = Script::new(Some("official"));
    let setup = "team = teams create Ops --username simulator@example.com --orgId $org\n\
                 key = organizations apiKeys create --desc nightly --role ORG_MEMBER --orgId $org\n\
                 federation = federatedAuthentication federationSettings describe --orgId $org\n\
                 dbusers create readAnyDatabase --username CN=reports --x509Type MANAGED --projectId $project";
    assert_eq!(script.play(setup), None);
    let lists = [
        ("organizations list", true),
        ("organizations users list --orgId $org", true),
        ("organizations apiKeys list --orgId $org", true),
        (
            "organizations apiKeys accessLists list $key --orgId $org",
            true,
        ),
        ("projects list", true),
        ("projects list --orgId $org", true),
        ("projects users list --projectId $project", true),
        ("projects apiKeys list --projectId $project", true),
        ("projects teams list --projectId $project", true),
        ("teams list --orgId $org", true),
        ("teams users list --teamId $team --orgId $org", false),
        ("dbusers certs list CN=reports --projectId $project", true),
        (
            "federatedAuthentication federationSettings identityProvider list --federationSettingsId $federation",
            false,
        ),
        (
            "federatedAuthentication federationSettings connectedOrgConfigs list --federationSettingsId $federation",
            false,
        ),
    ];
    for (line, is_counted) in lists {
        let run = script.run(&format!("{line} --limit 3 --page 2 --omitCount -o json"));

        assert_eq!(run.exit, Some(0), "{line}: {run}");
        let requests = script.atlas.simulator.requests();
        let query = &requests.last().unwrap().path_and_query;
        let has = |text: &str| query.contains(text);
        assert!(has("itemsPerPage=3") && has("pageNum=2"), "{line}: {query}");
        assert_eq!(has("includeCount=false"), is_counted, "{line}: {query}");
    }
}
