//! Tests streamed lists: one line of JSON for each cluster.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Atlas, std_command};

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn names(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["name"].as_str().unwrap())
        .collect()
}

#[test]
fn streamed_clusters_are_those_of_the_document_in_its_order() {
    let atlas = Atlas::demo();
    let document = atlas.run(&["clusters", "list", "-o", "json"]).data();
    let document: Value = serde_json::from_str(&document).unwrap();
    let expected = document["results"].as_array().unwrap();

    let stream = lines(&atlas.run(&["clusters", "list", "-o", "jsonl"]).data());

    assert_eq!(&stream, expected);
}

#[test]
fn streamed_tree_has_the_clusters_of_the_tree() {
    let atlas = Atlas::demo();
    let tree = atlas.run(&["list", "-o", "json"]).data();
    let tree: Value = serde_json::from_str(&tree).unwrap();
    let projects = tree["organizations"][0]["projects"].as_array().unwrap();
    let clusters = projects
        .iter()
        .flat_map(|project| project["clusters"].as_array().unwrap());
    let expected: Vec<_> = clusters.cloned().collect();

    let stream = lines(&atlas.run(&["list", "-o", "jsonl"]).data());

    assert_eq!(names(&stream), names(&expected));
    assert_eq!(stream[0]["project"], projects[0]["name"]);
}

#[test]
fn filters_apply_to_streams() {
    let atlas = Atlas::demo();

    let stream = atlas
        .run(&["list", "--state", "paused", "-o", "jsonl"])
        .data();
    let nothing = atlas.run(&["clusters", "list", "--tier", "M99", "-o", "jsonl"]);

    let stream = lines(&stream);
    assert!(!stream.is_empty());
    assert!(stream.iter().all(|line| line["state"] == "paused"));
    assert_eq!((nothing.exit, nothing.stdout.as_str()), (Some(4), ""));
}

#[test]
fn refused_project_does_not_end_a_stream() {
    let atlas = Atlas::demo();
    let complete = atlas.run(&["clusters", "list", "-o", "jsonl"]).data();
    let project = atlas.project("Storefront");
    atlas.inject_error(
        &format!("groups/{project}/clusters"),
        403,
        "USER_UNAUTHORIZED",
    );

    let clusters = atlas.run(&["clusters", "list", "-o", "jsonl"]);
    let tree = atlas.run(&["list", "-o", "jsonl"]);

    assert_eq!((clusters.exit, tree.exit), (Some(7), Some(7)), "{clusters}");
    assert!(
        clusters.stderr.contains("project `Storefront`"),
        "{clusters}"
    );
    assert!(clusters.stdout.lines().count() < complete.lines().count());
    let tree = lines(&tree.stdout);
    let refused: Vec<_> = tree
        .iter()
        .filter(|line| line["refused"].is_string())
        .collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0]["project"], "Storefront");
}

#[test]
fn pages_of_a_large_project_are_followed() {
    let atlas = Atlas::sized(1, 250);

    let stream = atlas.run(&["clusters", "list", "-o", "jsonl"]).data();

    let mut names: Vec<_> = stream.lines().collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 250);
}

#[test]
fn tree_is_a_list_in_formats_for_spreadsheets() {
    let atlas = Atlas::demo();

    let csv = atlas.run(&["list", "-o", "csv", "--sort", "-name"]).data();
    let ids = atlas.run(&["list", "-o", "ids"]).data();

    assert!(
        csv.starts_with("organization,project,name,kind,state,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count() - 1, ids.lines().count());
}

#[test]
fn closed_pipe_ends_a_stream_without_an_error() {
    let atlas = Atlas::sized(20, 20);

    for line in [
        &["clusters", "list", "-o", "jsonl"][..],
        &["list", "-o", "jsonl"],
        &["list"],
    ] {
        let mut child = std_command(&atlas, line)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();

        assert_eq!(output.status.code(), Some(0), "{line:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{line:?}");
    }
}
