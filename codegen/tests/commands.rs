//! The commands.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

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

fn read_stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Creates a directory with `old.json`, and `new.json` with a replacement.
fn documents(old: &str, new: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("old.json"), DOCUMENT).unwrap();
    let changed = DOCUMENT.replace(old, new);
    assert_ne!(changed, DOCUMENT);
    fs::write(directory.path().join("new.json"), changed).unwrap();
    directory
}

#[test]
fn diff_without_removals_exits_0() {
    let directory = documents(
        r#""id": {"type": "string"}"#,
        r#""id": {"type": "string"}, "size": {"type": "integer"}"#,
    );

    let output = run(directory.path(), &["diff", "old.json", "new.json"]);

    assert_eq!(output.status.code(), Some(0), "{}", read_stderr(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "| change | element | before | after |\n|---|---|---|---|\n\
         | added | response field `Thing.size` | | integer |\n"
    );
}

#[test]
fn diff_with_removal_exits_1() {
    let directory = documents("\"id\"", "\"key\"");

    let output = run(directory.path(), &["diff", "old.json", "new.json"]);

    assert_eq!(output.status.code(), Some(1), "{}", read_stderr(&output));
}

#[test]
fn invalid_document_exits_2_and_is_named() {
    let directory = documents("\"paths\"", "\"pads\"");

    for (file, reason) in [("new.json", "paths"), ("gone.json", "cannot read")] {
        let output = run(directory.path(), &["diff", "old.json", file]);

        assert_eq!(output.status.code(), Some(2));
        let stderr = read_stderr(&output);
        assert!(stderr.contains(file) && stderr.contains(reason), "{stderr}");
    }
}

#[test]
fn vendored_document_equals_itself() {
    let vendored = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/atlas-admin-v2.json");
    let vendored = vendored.to_str().unwrap();

    let output = run(Path::new("."), &["diff", vendored, vendored]);

    assert_eq!(output.status.code(), Some(0), "{}", read_stderr(&output));
}

#[test]
fn failed_import_writes_nothing() {
    let directory = documents("\"id\"", "\"key\"");
    let correction = "[[bytes_response]]\noperation = 'gone'\nevidence = 'seen'";
    fs::write(directory.path().join("corrections.toml"), correction).unwrap();

    let output = run(directory.path(), &["import", "new.json", "--into", "."]);

    assert_eq!(output.status.code(), Some(2));
    assert!(
        read_stderr(&output).contains("`gone`"),
        "{}",
        read_stderr(&output)
    );
    for name in ["atlas-admin-v2.json", "operations.txt"] {
        assert!(!directory.path().join(name).exists(), "{name} was written");
    }
}

#[test]
fn import_writes_document_and_operations() {
    let directory = documents("\"id\"", "\"key\"");
    fs::write(directory.path().join("corrections.toml"), "").unwrap();

    let output = run(directory.path(), &["import", "new.json", "--into", "."]);

    assert_eq!(output.status.code(), Some(0), "{}", read_stderr(&output));
    let listed = fs::read_to_string(directory.path().join("operations.txt")).unwrap();
    assert!(
        listed.contains("GET    /things | listThings | 2024-01-01 | Things"),
        "{listed}"
    );
    let facts = fs::read_to_string(directory.path().join("atlas-admin-v2.json")).unwrap();
    assert!(facts.contains("\"key\""), "{facts}");
}

#[test]
fn types_command_names_unreadable_file() {
    let directory = tempfile::tempdir().unwrap();

    let output = run(directory.path(), &["types", "--directory", "."]);

    assert_eq!(output.status.code(), Some(2));
    let stderr = read_stderr(&output);
    assert!(
        stderr.contains("cannot read `atlas-admin-v2.json`"),
        "{stderr}"
    );
}
