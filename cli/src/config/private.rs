//! Creates files that only the owner can read.

use std::fs::OpenOptions;

/// Restricts a new file to the owner: mode 0600.
#[cfg(unix)]
pub(crate) fn restrict(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    options.mode(0o600)
}

/// Leaves the access list to the directory, from which new files on Windows inherit it; those of a user's profile
/// give access to the user and to administrators only.
#[cfg(not(unix))]
pub(crate) fn restrict(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
