//! Checks that docs/cli/reference matches the command definitions. `UPDATE_REFERENCE=1 cargo test -p atlascli --test it
//! reference` writes the files.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crate::support::{atlascli, run};

#[test]
fn reference_is_fresh() {
    let directory = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../docs/cli/reference"
    ));
    let reference = run(atlascli(&["help", "reference"])).data();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    let mut is_code = false;
    for line in reference.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if let Some(heading) = line.strip_prefix("# ").filter(|_| !is_code) {
            name = format!("{heading}.md");
        }
        let text = files.entry(name.clone()).or_default();
        text.push_str(line);
        text.push('\n');
    }
    let files: BTreeMap<_, _> = files
        .into_iter()
        .map(|(name, text)| (name, text.trim_end().to_owned() + "\n"))
        .collect();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        for (name, text) in &files {
            fs::write(directory.join(name), text).unwrap();
        }
        return;
    }
    let mut stale: Vec<_> = files
        .iter()
        .filter(|(name, text)| {
            fs::read_to_string(directory.join(name)).unwrap_or_default() != **text
        })
        .map(|(name, _)| name.clone())
        .collect();
    let known = fs::read_dir(&directory).unwrap();
    let known = known.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    stale.extend(known.filter(|name| !files.contains_key(name)));

    assert_eq!(stale, Vec::<String>::new());
}
