//! Checks that the program's own documents match the schemas in docs/cli/schema.

use std::fs;

use serde_json::Value;

use crate::support::{Atlas, Run, atlascli};

/// Returns the schema violations of a document.
fn problems(schema: &str, document: &Value) -> Vec<String> {
    let path = format!(
        "{}/../docs/cli/schema/{schema}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(document);
    errors.map(|error| format!("{error}: {document}")).collect()
}

fn run(atlas: &Atlas, state: &tempfile::TempDir, line: &str) -> Run {
    let words: Vec<_> = line.split(' ').collect();
    let mut command = atlascli(&words);
    command
        .envs(atlas.simulator.environment())
        .env("XDG_STATE_HOME", state.path());
    atlas.run_command(command)
}

#[test]
fn documents_match_their_schemas() {
    let atlas = Atlas::demo();
    atlas.inject_error(
        &format!("groups/{}/clusters", atlas.project("Sandbox")),
        403,
        "USER_UNAUTHORIZED",
    );
    let state = tempfile::tempdir().unwrap();

    for (schema, line, exit) in [
        ("bulk-plan", "clusters pause shop-* --dry-run -o json", 7),
        (
            "bulk-results",
            "clusters pause shop-* nowhere --yes -o json",
            7,
        ),
        ("bulk-results", "clusters pause shop-* --yes -o json", 7),
        ("find-match", "find shop -o jsonl", 7),
        ("list", "list -o json", 7),
        ("list-line", "list -o jsonl", 7),
        ("run", "runs list -o jsonl", 0),
    ] {
        let run = run(&atlas, &state, line);
        let is_plan = schema == "bulk-plan";
        assert!(is_plan || run.exit == Some(exit), "{line}: {run}");
        let documents = if line.ends_with("jsonl") {
            run.stdout.lines().map(str::to_owned).collect()
        } else {
            vec![run.stdout.clone()]
        };
        assert!(!documents.is_empty(), "{line}");
        for document in documents {
            let document = serde_json::from_str(&document).unwrap();
            assert_eq!(problems(schema, &document), Vec::<String>::new(), "{line}");
        }
        if line.ends_with("json") {
            for message in run.stderr.lines() {
                let message = serde_json::from_str(message).unwrap();
                assert_eq!(
                    problems("message", &message),
                    Vec::<String>::new(),
                    "{line}"
                );
            }
        }
    }
    let ids = run(&atlas, &state, "runs list -o ids").data();
    let id = ids.lines().next().unwrap();
    let show = run(&atlas, &state, &format!("runs show {id} -o jsonl")).data();
    for line in show.lines() {
        let target = serde_json::from_str(line).unwrap();
        assert_eq!(problems("run-target", &target), Vec::<String>::new());
    }
    let error = run(&atlas, &state, "clusters describe nowhere -o json");
    let error = serde_json::from_str(error.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(problems("message", &error), Vec::<String>::new());
}

#[test]
fn schemas_reject_documents_of_another_kind() {
    let wrong = serde_json::json!({ "runId": 1, "results": [{ "outcome": "maybe" }] });

    assert!(!problems("bulk-results", &wrong).is_empty());
    assert!(!problems("message", &wrong).is_empty());
}
