//! The commands as a maintainer runs them.
#![expect(clippy::unwrap_used, reason = "what supports tests may stop them")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const DOCUMENT: &str = r##"{
    "openapi": "3.0.1",
    "paths": {"/things": {"get": {
        "operationId": "listThings", "tags": ["Things"],
        "responses": {"200": {"content": {"application/vnd.atlas.2024-01-01+json": {
            "schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
    "components": {"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"}}}}}
}"##;

fn run(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mongodbatlas-codegen"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A directory with a document, and another in which a name was replaced.
fn documents(name: &str, other: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("old.json"), DOCUMENT).unwrap();
    let changed = DOCUMENT.replace(name, other);
    assert_ne!(changed, DOCUMENT);
    fs::write(directory.path().join("new.json"), changed).unwrap();
    directory
}

#[test]
fn a_difference_without_removals_succeeds() {
    let directory = documents(
        r#""id": {"type": "string"}"#,
        r#""id": {"type": "string"}, "size": {"type": "integer"}"#,
    );

    let output = run(directory.path(), &["diff", "old.json", "new.json"]);

    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "| change | what | was | is |\n|---|---|---|---|\n\
         | added | answer field `Thing.size` | | integer |\n"
    );
}

#[test]
fn a_removal_is_exit_code_one() {
    let directory = documents("\"id\"", "\"key\"");

    let output = run(directory.path(), &["diff", "old.json", "new.json"]);

    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

#[test]
fn a_file_that_is_no_document_is_exit_code_two_and_named() {
    let directory = documents("\"paths\"", "\"pads\"");

    for (file, reason) in [("new.json", "paths"), ("gone.json", "cannot read")] {
        let output = run(directory.path(), &["diff", "old.json", file]);

        assert_eq!(output.status.code(), Some(2));
        let said = said(&output);
        assert!(said.contains(file) && said.contains(reason), "{said}");
    }
}

#[test]
fn a_difference_to_itself_is_none_for_the_vendored_document() {
    let vendored = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/atlas-admin-v2.json");
    let vendored = vendored.to_str().unwrap();

    let output = run(Path::new("."), &["diff", vendored, vendored]);

    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn an_import_that_fails_writes_nothing() {
    let directory = documents("\"id\"", "\"key\"");
    let correction = "[[bytes_answer]]\noperation = 'gone'\nevidence = 'seen'";
    fs::write(directory.path().join("corrections.toml"), correction).unwrap();

    let output = run(directory.path(), &["import", "new.json", "--into", "."]);

    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("`gone`"), "{}", said(&output));
    for name in ["atlas-admin-v2.json", "operations.txt"] {
        assert!(!directory.path().join(name).exists(), "{name} was written");
    }
}

#[test]
fn an_import_writes_the_facts_and_the_list() {
    let directory = documents("\"id\"", "\"key\"");
    fs::write(directory.path().join("corrections.toml"), "").unwrap();

    let output = run(directory.path(), &["import", "new.json", "--into", "."]);

    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let listed = fs::read_to_string(directory.path().join("operations.txt")).unwrap();
    assert!(
        listed.contains("GET    /things | listThings | 2024-01-01 | Things"),
        "{listed}"
    );
    let facts = fs::read_to_string(directory.path().join("atlas-admin-v2.json")).unwrap();
    assert!(facts.contains("\"key\""), "{facts}");
}

#[test]
fn types_names_the_file_that_cannot_be_read() {
    let directory = tempfile::tempdir().unwrap();

    let output = run(directory.path(), &["types", "--directory", "."]);

    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("cannot read `atlas-admin-v2.json`"), "{said}");
}
