//! The data files agree with the generated table.

use std::{collections::BTreeSet, fs, path::Path};

use mongodbatlas::operations::Operation;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
        .expect("a file of the project")
}

#[test]
fn reviewed_list_of_operations_equals_the_table() {
    let listed: BTreeSet<String> = read("openapi/operations.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();

    let generated: BTreeSet<String> = Operation::all()
        .iter()
        .map(|operation| {
            let version = match operation.sunset() {
                Some(sunset) => format!("{} (until {sunset})", operation.version()),
                None => operation.version().to_owned(),
            };
            let line = format!("{:<6} {}", operation.method, operation.path);
            let paged = if operation.paged { "paged" } else { "-" };
            let roles = match operation.roles {
                [] => "-".to_owned(),
                roles => roles.join(", "),
            };
            let (id, tag) = (operation.id, operation.tag);
            format!("{line} | {id} | {version} | {tag} | {paged} | {roles}")
        })
        .collect();

    assert_eq!(listed, generated, "run the importer and commit openapi/");
}

#[test]
fn every_tag_has_a_cargo_feature() {
    let tags: BTreeSet<String> = Operation::all()
        .iter()
        .map(|operation| feature_of(operation.tag))
        .collect();
    let manifest = read("Cargo.toml");
    let lines = manifest.lines();
    let features: BTreeSet<String> = lines
        .filter_map(|line| line.strip_suffix(" = []"))
        .map(str::to_owned)
        .collect();
    let full: BTreeSet<String> = manifest
        .split("\nfull = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("the feature `full`")
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_owned())
        .filter(|name| !name.is_empty())
        .collect();

    assert_eq!(tags.len(), 54);
    assert_eq!(features, tags, "one feature for each tag");
    assert_eq!(full, tags, "`full` contains all");
}

/// Returns the cargo feature of a tag.
fn feature_of(tag: &str) -> String {
    let words = tag.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_lowercase()
}

#[test]
fn table_has_all_stable_operations() {
    assert_eq!(Operation::all().len(), 514);
}

#[test]
fn by_id_finds_every_operation() {
    for operation in Operation::all() {
        assert_eq!(Operation::by_id(operation.id), Some(operation));
        assert!(
            operation.accept.starts_with("application/vnd.atlas."),
            "{operation}"
        );
        assert!(
            operation.accept.contains(operation.version()),
            "{operation}"
        );
    }
}
