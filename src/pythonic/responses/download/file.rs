//! Files that appear when their download is complete.

use std::{
    io,
    path::{Path, PathBuf},
};

use tempfile::{Builder, TempPath};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::error::{Error, ErrorKind, Result};

/// Maximum size of a gzip file without content, whose header may contain a file name and a comment.
const EMPTY_GZIP_MAX: usize = 512;

/// A temporary file in the directory of its target, deleted on drop.
pub(super) struct PartialFile {
    target: PathBuf,
    temporary: TempPath,
    file: File,
    /// The first bytes, to recognize a gzip file without content.
    start: Vec<u8>,
    written: usize,
}

impl PartialFile {
    /// Creates the temporary file.
    pub(super) fn create(target: &Path) -> Result<Self> {
        let directory = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let file = temporary_file_builder().tempfile_in(directory);
        let (file, temporary) = file
            .map_err(|source| unwritable_file_error(target, source))?
            .into_parts();
        Ok(Self {
            target: target.to_owned(),
            temporary,
            file: File::from_std(file),
            start: Vec::new(),
            written: 0,
        })
    }

    /// Appends bytes.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let free = EMPTY_GZIP_MAX.saturating_sub(self.start.len());
        self.start.extend(bytes.iter().take(free));
        self.written += bytes.len();
        let write = self.file.write_all(bytes).await;
        write.map_err(|source| unwritable_file_error(&self.target, source))
    }

    /// Returns `true` if there are no bytes, or those of a gzip file without content.
    pub(super) fn is_empty(&self) -> bool {
        self.written == 0 || (self.written == self.start.len() && is_empty_gzip(&self.start))
    }

    /// Replaces the target.
    pub(super) async fn persist(mut self) -> Result<()> {
        let sync = async {
            self.file.flush().await?;
            self.file.sync_all().await
        };
        sync.await
            .map_err(|source| unwritable_file_error(&self.target, source))?;
        drop(self.file);
        let persist = self.temporary.persist(&self.target);
        persist.map_err(|error| unwritable_file_error(&self.target, error.error))
    }
}

/// Returns a builder of files with the permissions of other new files.
fn temporary_file_builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".download-").suffix(".part");
    #[cfg(unix)]
    {
        use std::{fs::Permissions, os::unix::fs::PermissionsExt};
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
}

/// Returns `true` for a gzip file whose checksum and length are zero.
fn is_empty_gzip(bytes: &[u8]) -> bool {
    bytes.len() >= 18 && bytes.starts_with(&[0x1f, 0x8b]) && bytes.ends_with(&[0; 8])
}

fn unwritable_file_error(path: &Path, source: io::Error) -> Error {
    let message = format!("cannot write `{}`", path.display());
    Error::new(ErrorKind::InvalidInput, message)
        .with_hint("check that the directory exists, is writable and has free space")
        .with_source(source)
}
