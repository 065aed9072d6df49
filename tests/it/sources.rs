//! The crate's own sources, read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use quote::ToTokens;

/// The crate's directory.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of ours as Rust.
pub(crate) fn parsed(path: impl AsRef<Path>) -> syn::File {
    let text = fs::read_to_string(root().join(path)).expect("a file of ours");
    syn::parse_file(&text).expect("Rust")
}

/// The Rust files in a directory and beneath it.
pub(crate) fn files(directory: &str) -> Vec<PathBuf> {
    let (mut directories, mut files) = (vec![root().join(directory)], Vec::new());
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).expect("a directory of ours") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// The name of the type of an `impl` block, without its parameters.
pub(crate) fn owner(block: &syn::ItemImpl) -> String {
    let owner = block.self_ty.to_token_stream().to_string();
    owner.split(" <").next().unwrap_or_default().to_owned()
}
