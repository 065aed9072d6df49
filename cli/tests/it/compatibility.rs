//! Checks that the tests that docs/compatibility.md names exist.

use std::{
    fs,
    path::{Path, PathBuf},
};

const DOCUMENT: &str = include_str!("../../../docs/compatibility.md");
const CRATE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_test_named_in_document_exists() {
    let mut sources = Vec::new();
    collect(&Path::new(CRATE).join("src"), &mut sources);
    collect(&Path::new(CRATE).join("tests"), &mut sources);
    let sources: String = sources
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let quoted = DOCUMENT.split('`').skip(1).step_by(2);
    let paths: Vec<_> = quoted.filter(|text| text.contains("::")).collect();

    assert!(paths.len() > 40, "{}", paths.len());
    for path in paths {
        let name = path.rsplit("::").next().unwrap();
        let test = format!("#[test]\nfn {name}() {{");
        assert!(sources.contains(&test), "test `{path}` not found");
    }
}

fn collect(directory: &Path, sources: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
}
