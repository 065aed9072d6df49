//! The JSON schemas of the program's own documents, in docs/cli/schema. `UPDATE_SCHEMAS=1 cargo test -p atlascli --bins
//! schemas` writes the files.

use std::{fs, path::PathBuf};

use schemars::{Schema, schema_for};

use super::{
    fleet::{
        find::Hit,
        list::entries::{ClusterRow, TreeDocument},
    },
    local::runs::{RunEntry, RunTarget},
};
use crate::{
    engine::bulk::documents::{PlanDocument, RunDocument},
    ui::Message,
};

/// Returns the schemas by the names of their files.
fn schemas() -> [(&'static str, Schema); 8] {
    [
        ("bulk-plan", schema_for!(PlanDocument<'_>)),
        ("bulk-results", schema_for!(RunDocument<'_>)),
        ("find-match", schema_for!(Hit)),
        ("list", schema_for!(TreeDocument)),
        ("list-line", schema_for!(ClusterRow)),
        ("message", schema_for!(Message<'_>)),
        ("run", schema_for!(RunEntry)),
        ("run-target", schema_for!(RunTarget)),
    ]
}

#[test]
fn schema_files_are_fresh() {
    let directory = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli/schema"));
    let files = schemas().map(|(name, schema)| {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        (directory.join(format!("{name}.json")), text)
    });
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::create_dir_all(&directory).unwrap();
        for (path, text) in &files {
            fs::write(path, text).unwrap();
        }
    }

    let stale: Vec<_> = files
        .iter()
        .filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text))
        .collect();
    assert!(stale.is_empty(), "{stale:?}");
    assert_eq!(fs::read_dir(directory).unwrap().count(), files.len());
}
