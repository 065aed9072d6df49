//! Scripts of commands in `changes/`, each with a request that shows its effect:
//!
//! ```text
//! $ command, run in the project Storefront with `-o json`
//! GET path below the project | jq expression => text that it selects
//! GET path => printed (the response is the output of the command) or gone (the resource does not exist)
//! ```
//!
//! `{id}` is the id of the last created resource.

use std::path::Path;

use serde_json::Value;

use super::words;
use crate::support::{Atlas, Run};

/// Runs a script. Returns the commands whose effect differs.
pub(super) fn run_script(atlas: &Atlas, directory: &Path, script: &str) -> Vec<String> {
    let project = atlas.project("Storefront");
    let mut id = String::new();
    let mut differences = Vec::new();
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let command = command.replace("{id}", &id) + " --project Storefront --yes -o json";
        let run = run_line(atlas, directory, &command);
        let printed = json(&run).unwrap_or_default();
        let mut fields = ["id", "_id", "roleId"].iter();
        if let Some(created) = fields.find_map(|field| printed[field].as_str()) {
            created.clone_into(&mut id);
        }
        let (request, expected) = lines.next().unwrap().rsplit_once(" => ").unwrap();
        let request = request.strip_prefix("GET /").unwrap().replace("{id}", &id);
        let (path, jq) = request.split_once(" | ").unwrap_or((&request, "."));
        let path = format!("/groups/{project}/{path}");
        let response = run_words(atlas, directory, &["api", "GET", &path, "--jq", jq]);
        let is_expected = match expected {
            "printed" => json(&response).map(without_links) == Some(without_links(printed)),
            "gone" => response.exit == Some(4),
            _ => response
                .stdout
                .split_whitespace()
                .eq(expected.split_whitespace()),
        };
        if run.exit != Some(0) || !is_expected {
            differences.push(format!(
                "{command}: {run}, expected {expected}, then {response}"
            ));
        }
    }
    differences
}

/// Runs a command in a directory.
pub(super) fn run_line(atlas: &Atlas, directory: &Path, line: &str) -> Run {
    let words = words(line);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    run_words(atlas, directory, &words)
}

fn run_words(atlas: &Atlas, directory: &Path, words: &[&str]) -> Run {
    let mut command = atlas.command(words);
    command.current_dir(directory);
    atlas.run_command(command)
}

fn json(run: &Run) -> Option<Value> {
    serde_json::from_str(&run.stdout).ok()
}

/// Removes the links of an envelope, which contain the page.
fn without_links(mut document: Value) -> Value {
    if let Some(fields) = document.as_object_mut() {
        fields.remove("links");
    }
    document
}
