//! Runs every `sh` block of the guides in docs/cli.

#![cfg(unix)]

use std::{fs, path::Path, process::Command};

/// Returns the `sh` blocks of a Markdown document.
fn shell_blocks(document: &str) -> Vec<&str> {
    let blocks = document.split("```sh\n").skip(1);
    blocks.filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn guide_blocks_succeed() {
    let program = Path::new(env!("CARGO_BIN_EXE_atlascli"));
    let directory = program.parent().unwrap();
    let home = tempfile::tempdir().unwrap();
    let guides = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli");
    let mut count = 0;
    for entry in fs::read_dir(guides).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        for block in shell_blocks(&fs::read_to_string(&path).unwrap()) {
            let mut shell = Command::new("sh");
            let path_variable = format!("{}:/usr/bin:/bin", directory.display());
            shell.args(["-eu", "-c", block]).env_clear();
            shell.env("PATH", path_variable).env("HOME", home.path());
            let output = shell.output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "{}:\n{block}\n{errors}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 10, "{count} blocks");
}
