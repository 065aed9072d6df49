//! Tests credentials: `auth`, `profile create` with rejected credentials, `doctor` and `--verbose`.

use std::{fs, path::Path};

use serde_json::Value;

use super::configuration::{command_in, run_in};
use crate::support::{Atlas, Run, atlascli, run};

/// Writes the configuration file.
fn write_profiles(directory: &Path, text: &str) {
    fs::create_dir_all(directory.join("atlascli")).unwrap();
    fs::write(directory.join("atlascli/config.toml"), text).unwrap();
}

fn read_profiles(directory: &Path) -> String {
    fs::read_to_string(directory.join("atlascli/config.toml")).unwrap()
}

/// Runs `profile create` with a key, and with the simulator as the server.
fn create_profile(atlas: &Atlas, directory: &Path, public: &str, private: &str) -> Run {
    fs::write(directory.join("key"), private).unwrap();
    let base_url = atlas.simulator.base_url();
    let line = [
        "profile",
        "create",
        "shop",
        "--public-key",
        public,
        "--private-key-file",
        "key",
        "--base-url",
        &base_url,
    ];
    atlas.run_command(command_in(directory, &line))
}

#[test]
fn profile_of_a_key_without_a_visible_project_is_stored_with_a_warning() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let organization = atlas.simulator.organization_id().parse().unwrap();
    let client = atlas.client();
    let organization = client.organization(&organization);
    let key = organization
        .create_api_key("test", &["ORG_MEMBER".into()])
        .unwrap();

    let private = key.private_key().unwrap().expose().to_owned();
    let run = create_profile(&atlas, directory.path(), key.public_key(), &private);

    assert_eq!(run.exit, Some(0), "{run}");
    assert_eq!(run.stdout, "Profile 'shop' created.\n");
    assert!(
        run.stderr
            .starts_with("warning: these credentials see no project\n"),
        "{run}"
    );
    assert!(run.stderr.contains("`Project Read Only`"), "{run}");
    assert!(read_profiles(directory.path()).contains("[shop]"));
}

#[test]
fn profile_is_not_stored_if_the_address_list_is_closed() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    atlas.inject_error("groups", 403, "IP_ADDRESS_NOT_ON_ACCESS_LIST");

    let (public, private) = (atlas.simulator.public_key(), atlas.simulator.private_key());
    let run = create_profile(&atlas, directory.path(), public, private);

    assert_eq!(run.exit, Some(5), "{run}");
    let (error, hint) = run.error_and_hint();
    assert!(error.contains("IP_ADDRESS_NOT_ON_ACCESS_LIST"), "{error}");
    assert!(hint.contains("access list"), "{hint}");
    assert!(!directory.path().join("atlascli/config.toml").exists());
}

#[test]
fn browser_login_and_left_out_words_name_an_alternative_in_one_line() {
    for (line, alternative) in [
        ("login", "atlascli profile create"),
        ("register --noBrowser", "atlascli profile create"),
        ("auth login --gov --noBrowser", "atlascli profile create"),
        ("auth register", "atlascli profile create"),
        (
            "deployments setup dev --type local",
            "atlascli simulator start",
        ),
        ("plugin install owner/name", "atlascli api OPERATION"),
        ("kubernetes config generate", "helm install"),
    ] {
        let words: Vec<_> = line.split(' ').collect();
        let run = run(atlascli(&words));

        assert_eq!(
            (run.exit, run.stdout.as_str()),
            (Some(2), ""),
            "{line}: {run}"
        );
        assert_eq!(run.stderr.lines().count(), 1, "{line}: {run}");
        assert!(run.stderr.contains(alternative), "{line}: {run}");
    }
}

#[test]
fn whoami_names_the_key_account_or_session_in_use() {
    let directory = tempfile::tempdir().unwrap();
    // {"sub":"ada@example.com"}
    let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGFAZXhhbXBsZS5jb20ifQ.x";
    write_profiles(
        directory.path(),
        &format!(
            "[key]\npublic_api_key = 'zmmrboas'\nprivate_api_key = '0b6d1e1c'\n\n\
             [robot]\nclient_id = 'mdb_sa_id_5f0c2a9e1b3d4e0001a2b3c4'\nclient_secret = 'mdb_sa_sk_x'\n\n\
             [session]\nauth_type = 'user_account'\naccess_token = '{token}'\n"
        ),
    );

    for (profile, identity) in [
        ("key", "API key zmmrboas (from profile `key`"),
        (
            "robot",
            "service account mdb_sa_id_5f0c2a9e1b3d4e0001a2b3c4 (from profile `robot`",
        ),
        ("session", "account ada@example.com (from profile `session`"),
    ] {
        for words in [&["whoami"][..], &["auth", "whoami"]] {
            let line = [words, &["--profile", profile]].concat();
            let text = run_in(directory.path(), &line).data();
            assert!(text.starts_with(identity), "{text}");
        }
    }
    let json = run_in(
        directory.path(),
        &["whoami", "--profile", "session", "-o", "json"],
    )
    .data();
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&document["kind"], &document["name"]),
        (&"account".into(), &"ada@example.com".into())
    );
}

#[test]
fn whoami_without_credentials_exits_3() {
    let run = run(atlascli(&["auth", "whoami"]));

    assert_eq!(run.exit, Some(3), "{run}");
}

#[test]
fn session_of_the_official_login_is_sent_as_a_bearer_token() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let base_url = atlas.simulator.base_url();
    write_profiles(
        directory.path(),
        &format!(
            "[default]\nauth_type = 'user_account'\naccess_token = 'session-token'\nrefresh_token = 'r'\n\
             ops_manager_url = '{base_url}'\n"
        ),
    );

    let run = atlas.run_command(command_in(directory.path(), &["projects", "list"]));

    // the simulator has not issued the token
    assert_eq!(run.exit, Some(3), "{run}");
    let requests = atlas.simulator.requests();
    // digest authentication would send the first request without a header
    assert!(requests[0].has_authorization, "{requests:?}");
    let output = format!("{}{}", run.stdout, run.stderr);
    assert!(!output.contains("session-token"), "{run}");
}

#[test]
fn logout_removes_credentials_and_keep_keeps_the_project() {
    let directory = tempfile::tempdir().unwrap();
    let text = "# mine\n[default]\npublic_api_key = 'zmmrboas'\nprivate_api_key = '0b6d1e1c'\nauth_type = 'api_keys'\n\
                org_id = 'o'\nproject_id = 'p'\noutput = 'json'\n";

    for (line, left) in [
        (
            &["logout", "--force"][..],
            "# mine\n[default]\noutput = 'json'\n",
        ),
        (
            &["auth", "logout", "--keep", "--yes"],
            "# mine\n[default]\norg_id = 'o'\nproject_id = 'p'\noutput = 'json'\n",
        ),
    ] {
        write_profiles(directory.path(), text);
        let run = run_in(directory.path(), line);
        assert_eq!(
            run.data(),
            "The credentials of profile 'default' are removed.\n"
        );
        assert_eq!(read_profiles(directory.path()), left);
    }
    let again = run_in(directory.path(), &["logout", "--force"]);
    assert_eq!(again.exit, Some(3), "{again}");
    let unconfirmed = {
        write_profiles(directory.path(), text);
        run_in(directory.path(), &["logout"])
    };
    assert_eq!(unconfirmed.exit, Some(2), "{unconfirmed}");
    assert_eq!(read_profiles(directory.path()), text);
}

#[test]
fn verbose_names_the_credentials_that_won_and_those_that_did_not() {
    let atlas = Atlas::demo();
    let run = |arguments: &[&str]| {
        let mut command = atlas.command(arguments);
        command.env("MONGODB_ATLAS_PUBLIC_API_KEY", "otherkey");
        command.env("MONGODB_ATLAS_PRIVATE_API_KEY", "0b6d1e1c-other");
        atlas.run_command(command)
    };

    let text = run(&["projects", "list", "--verbose", "-o", "ids"]);
    let json = run(&["projects", "list", "--verbose", "-o", "json"]);

    let message = "credentials from `ATLAS_PUBLIC_KEY`, `ATLAS_PRIVATE_KEY` (ignored: \
                   `MONGODB_ATLAS_PUBLIC_API_KEY`, `MONGODB_ATLAS_PRIVATE_API_KEY`)";
    assert_eq!(
        (text.exit, text.stderr.as_str()),
        (Some(0), format!("{message}\n").as_str())
    );
    let line: Value = serde_json::from_str(&json.stderr).unwrap();
    assert_eq!(line["message"], message);
    assert!(!text.stderr.contains("0b6d1e1c-other"));
}

/// Returns the rows of `doctor` as check, result, detail and fix.
fn findings(run: &Run) -> Vec<[String; 4]> {
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = document["results"].as_array().unwrap().iter();
    rows.map(|row| {
        ["check", "result", "detail", "fix"].map(|key| row[key].as_str().unwrap().to_owned())
    })
    .collect()
}

#[test]
fn doctor_lists_the_commands_that_the_roles_refuse() {
    let atlas = Atlas::demo();
    atlas.advance_to_now();

    let run = atlas.run_with_role("ORG_READ_ONLY", &["doctor", "-o", "json"]);

    assert_eq!(run.exit, Some(0), "{run}");
    let findings = findings(&run);
    let roles = findings
        .iter()
        .find(|[check, ..]| check == "roles")
        .unwrap();
    assert_eq!(roles[2], "ORG_READ_ONLY");
    let refused: Vec<_> = findings
        .iter()
        .filter(|[check, ..]| check == "refused commands")
        .collect();
    let create = refused
        .iter()
        .find(|[_, _, detail, _]| detail.contains("clusters create"))
        .unwrap();
    assert_eq!(
        (create[1].as_str(), create[3].as_str()),
        (
            "limited",
            "grant one of these roles: Project Cluster Creator"
        )
    );
    assert!(
        !refused
            .iter()
            .any(|[_, _, detail, _]| detail.contains("projects list"))
    );
}

#[test]
fn doctor_names_the_address_that_is_refused_and_the_command_that_adds_it() {
    let atlas = Atlas::demo();
    let body = r#"{"error": 403, "errorCode": "IP_ADDRESS_NOT_ON_ACCESS_LIST", "parameters": ["192.0.2.15"],
                   "detail": "IP address 192.0.2.15 is not allowed to access this resource.", "reason": "Forbidden"}"#;
    let fault = atlas_simulator::Fault::answer(403, "application/json", body);
    atlas.simulator.inject(fault.when_authorized().always());

    let json = atlas.run(&["doctor", "-o", "json"]);
    let table = atlas.run(&["doctor"]);

    assert_eq!((json.exit, table.exit), (Some(1), Some(1)), "{json}");
    let findings = findings(&json);
    let list = findings
        .iter()
        .find(|[check, ..]| check == "address list")
        .unwrap();
    assert_eq!(
        (list[1].as_str(), list[2].as_str()),
        ("failed", "192.0.2.15 is not on it")
    );
    let command =
        "atlascli organizations api-keys access-lists create --api-key KEY_ID --ip 192.0.2.15";
    assert!(list[3].starts_with(command), "{}", list[3]);
    assert!(table.stdout.contains(command), "{table}");
}

#[test]
fn doctor_reports_rejected_credentials_and_missing_ones() {
    let atlas = Atlas::demo();
    let mut command = atlas.command(&["doctor", "-o", "json"]);
    command.env("ATLAS_PRIVATE_KEY", "0b6d1e1c-wrong");

    let rejected = atlas.run_command(command);
    let missing = run(atlascli(&["doctor", "-o", "json"]));

    for run in [&rejected, &missing] {
        assert_eq!(run.exit, Some(3), "{run}");
        let findings = findings(run);
        let failed: Vec<_> = findings
            .iter()
            .filter(|[_, result, ..]| result == "failed")
            .collect();
        assert_eq!(failed.len(), 1, "{run}");
        assert_eq!(failed[0][0], "credentials", "{run}");
        assert!(!failed[0][3].is_empty(), "{run}");
    }
}

#[test]
fn field_errors_are_in_the_message_and_in_the_json_error() {
    let atlas = Atlas::demo();
    let body = r#"{"error": 400, "errorCode": "INVALID_ATTRIBUTE", "detail": "Invalid attribute specified.",
                   "badRequestDetail": {"fields": [{"field": "name", "description": "must not contain spaces"}]}}"#;
    let fault = atlas_simulator::Fault::answer(400, "application/json", body);
    let fault = fault.for_path("/api/atlas/v2/groups");
    atlas.simulator.inject(fault.when_authorized().always());

    let table = atlas.run(&["projects", "create", "Shop"]);
    let json = atlas.run(&["projects", "create", "Shop", "-o", "json"]);

    assert_eq!((table.exit, json.exit), (Some(5), Some(5)), "{table}");
    assert!(
        table.stderr.contains("`name` must not contain spaces"),
        "{table}"
    );
    let error: Value = serde_json::from_str(json.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(error["code"], "INVALID_ATTRIBUTE");
    assert_eq!(error["fields"][0]["field"], "name");
    assert_eq!(error["fields"][0]["description"], "must not contain spaces");
}

#[test]
fn output_file_of_the_flag_form_with_the_name_of_a_format_gets_a_hint() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let run = |file: &str| {
        let mut command = atlas.command(&["-lc", "-o", file]);
        command.current_dir(directory.path());
        atlas.run_command(command)
    };

    let format = run("json");
    let file = run("clusters.txt");

    assert_eq!(
        (format.exit, format.stdout.as_str()),
        (Some(0), ""),
        "{format}"
    );
    assert!(
        format.stderr.contains("`atlascli clusters list -o json`"),
        "{format}"
    );
    assert_eq!((file.exit, file.stderr.as_str()), (Some(0), ""), "{file}");
    assert_eq!(
        fs::read(directory.path().join("json")).unwrap(),
        fs::read(directory.path().join("clusters.txt")).unwrap()
    );
}

#[test]
fn missing_credentials_name_related_variables() {
    let mut command = atlascli(&["projects", "list"]);
    command.env("MONGODB_ATLAS_PUBLIC_KEY", "zmmrboas");

    let run = run(command);

    assert_eq!(run.exit, Some(3), "{run}");
    assert!(run.stderr.contains("`MONGODB_ATLAS_PRIVATE_KEY`"), "{run}");
}
