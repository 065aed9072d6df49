//! The tests that `docs/reliability.md` quotes exist.

use std::{
    fs,
    path::{Path, PathBuf},
};

const RELIABILITY_PAGE: &str = include_str!("../../../docs/reliability.md");

#[test]
fn quoted_tests_exist() {
    let quoted: Vec<_> = RELIABILITY_PAGE.split('`').skip(1).step_by(2).collect();
    let paths: Vec<_> = quoted.iter().flat_map(|text| test_paths(text)).collect();
    let missing: Vec<_> = paths.iter().filter(|path| !exists(path)).collect();

    assert!(paths.len() > 40, "{}", paths.len());
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Returns the paths of the tests in a quotation. Empty if it quotes something else.
fn test_paths(quotation: &str) -> Vec<String> {
    let path = quotation.strip_prefix("tests/it ").unwrap_or(quotation);
    let is_test = path != quotation || quotation.contains("::") && !is_public_item(quotation);
    match path.split_once('{') {
        _ if !is_test => Vec::new(),
        None => vec![path.to_owned()],
        Some((module, names)) => {
            let names = names.trim_end_matches('}').split(',');
            names
                .map(|name| format!("{module}{}", name.trim()))
                .collect()
        }
    }
}

/// Returns `true` for a path such as `Builder::with_timeout`.
fn is_public_item(path: &str) -> bool {
    path.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Returns `true` if the path names a test or a module, of the library or of the integration tests.
fn exists(path: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["src", "tests/it"].iter().any(|directory| {
        let mut directory = root.join(directory);
        let mut module = PathBuf::new();
        path.split("::").all(|segment| {
            let file = directory.join(format!("{segment}.rs"));
            if file.is_file() {
                directory.push(segment);
                module = file;
                return true;
            }
            let source = fs::read_to_string(&module).unwrap_or_default();
            [format!("mod {segment} {{"), format!("fn {segment}(")]
                .iter()
                .any(|item| source.contains(item))
        })
    })
}

#[test]
fn exists_finds_modules_and_tests_only() {
    assert!(exists("docs::reliability"));
    assert!(exists("docs::reliability::quoted_tests_exist"));
    assert!(exists("auth::digest::offer::tests"));
    assert!(!exists("docs::reliability::no_such_test"));
    assert!(!exists("no_such_module"));
}
