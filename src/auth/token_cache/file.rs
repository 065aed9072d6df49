//! Files that are for their owner alone, and that are replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// How much is read.
const BOUND: u64 = 1024 * 1024;

/// Opens the file that is locked, making it and its directory where they are missing.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    make_directory(path)?;
    private()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// What a file holds that its owner alone can read; nothing, if it is another kind of file.
pub(super) fn read_private(path: &Path) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    let metadata = file.metadata().ok()?;
    if !metadata.is_file() || !is_private(&metadata) {
        return None;
    }
    let mut text = Vec::new();
    file.take(BOUND).read_to_end(&mut text).ok()?;
    Some(text)
}

/// Puts a file that holds this in the place of whatever is there. A crash in the middle leaves what
/// was there, and a remainder which the next time removes.
pub(super) fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    make_directory(path)?;
    let new = path.with_added_extension("new");
    if let Err(error) = fs::remove_file(&new)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    let mut file = private().write(true).create_new(true).open(&new)?;
    file.write_all(text)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)
}

fn make_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => directory(parent),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn directory(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn directory(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;

    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;

    let for_others = 0o077;
    metadata.permissions().mode() & for_others == 0
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}
