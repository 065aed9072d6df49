//! The JSON schemas of the program's own documents, in docs/cli/schema. `UPDATE_SCHEMAS=1 cargo test -p atlascli --bins
//! schemas` writes the files.

use std::{fs, path::PathBuf};

use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use super::{
    fleet::{
        find::Hit,
        list::entries::{ClusterRow, TreeDocument},
    },
    local::runs::{RunEntry, RunTarget},
};
use crate::{
    engine::bulk::documents::{PlanDocument, RunDocument},
    ui::Notice,
};

/// The variable that makes the test write the files.
const UPDATE: &str = "UPDATE_SCHEMAS";

/// Returns the schema of the documents that a type serializes to.
fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}

/// Returns the file name and content of each schema.
fn schemas() -> [(&'static str, Schema); 8] {
    [
        ("bulk-plan", schema_of::<PlanDocument<'_>>()),
        ("bulk-results", schema_of::<RunDocument<'_>>()),
        ("find-match", schema_of::<Hit>()),
        ("list", schema_of::<TreeDocument>()),
        ("list-line", schema_of::<ClusterRow>()),
        ("message", schema_of::<Notice<'_>>()),
        ("run", schema_of::<RunEntry>()),
        ("run-target", schema_of::<RunTarget>()),
    ]
}

#[test]
fn schema_files_are_fresh() {
    let directory = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli/schema"));
    let files = schemas().map(|(name, schema)| {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        (directory.join(format!("{name}.json")), text)
    });
    if std::env::var_os(UPDATE).is_some() {
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
