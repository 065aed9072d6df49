//! docs/compatibility.md names the tests that prove it: they exist.

use std::{
    fs,
    path::{Path, PathBuf},
};

const DOCUMENT: &str = include_str!("../../../docs/compatibility.md");
const CRATE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_proof_is_a_test() {
    let mut sources = Vec::new();
    collect(&Path::new(CRATE).join("src"), &mut sources);
    collect(&Path::new(CRATE).join("tests"), &mut sources);
    let sources: String = sources
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let quoted = DOCUMENT.split('`').skip(1).step_by(2);
    let proofs: Vec<_> = quoted.filter(|text| text.contains("::")).collect();

    assert!(proofs.len() > 40, "{}", proofs.len());
    for proof in proofs {
        let name = proof.rsplit("::").next().unwrap();
        let test = format!("#[test]\nfn {name}() {{");
        assert!(sources.contains(&test), "there is no test `{proof}`");
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
