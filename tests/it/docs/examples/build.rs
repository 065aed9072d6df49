//! Builds the examples.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// Returns the binary of an example, which is rebuilt if it is stale.
pub(crate) fn binary(example: &str) -> PathBuf {
    let test = env::current_exe().expect("a running test");
    let profile = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("target/PROFILE/deps");
    let path = profile
        .join("examples")
        .join(format!("{example}{}", env::consts::EXE_SUFFIX));
    if is_stale(&path, example) {
        build(example);
    }
    path
}

/// Returns `true` if the binary does not exist or is older than its sources. Cargo builds examples before `cargo test`,
/// but not if `--test` selects a test.
fn is_stale(binary: &Path, example: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = ["src", "openapi", "build.rs"].map(|name| root.join(name));
    let example = root.join("examples").join(format!("{example}.rs"));
    let changed = sources.iter().map(|source| last_change(source)).max();
    let changed = changed.max(Some(modified(&example)));
    let built = fs::metadata(binary).and_then(|metadata| metadata.modified());
    built.map_or(true, |built| Some(built) < changed)
}

/// Returns the modification time of the most recently changed file in a directory.
fn last_change(path: &Path) -> SystemTime {
    match fs::read_dir(path) {
        Err(_) => modified(path),
        Ok(entries) => {
            let entries = entries.map(|entry| last_change(&entry.expect("an entry").path()));
            entries.max().unwrap_or(SystemTime::UNIX_EPOCH)
        }
    }
}

fn modified(file: &Path) -> SystemTime {
    let metadata = fs::metadata(file).expect("a file of the project");
    metadata.modified().expect("a modification time")
}

/// Builds an example with the features that it needs.
fn build(example: &str) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "build",
        "--quiet",
        "--package",
        "mongodbatlas",
        "--example",
        example,
    ]);
    if cfg!(feature = "events") {
        command.args(["--features", "facade"]);
    }
    let status = command.status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "{example} does not build"
    );
}
