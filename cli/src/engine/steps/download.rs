//! Downloads files.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use flate2::write::MultiGzDecoder;
use mongodbatlas::Download;
use tempfile::{Builder, NamedTempFile};

use crate::engine::{Invocation, request::Request};
use crate::{error::CliError, exit::Exit};

/// The file name that stands for standard output.
const STDOUT: &str = "-";

/// The destination of a download.
pub(crate) struct Destination<'a> {
    /// A path, or `-` for standard output.
    pub(crate) file: &'a str,
    /// `true` to decompress gzip data.
    pub(crate) is_decompressed: bool,
}

impl Invocation<'_> {
    /// Sends a request and returns the text of the response.
    ///
    /// # Errors
    ///
    /// Fails if a request fails.
    pub(crate) async fn download_text(&self, request: &Request) -> Result<String, CliError> {
        let atlas = self.session.atlas().await?;
        let bytes = async { request.call(&atlas).download().await?.into_bytes().await }.await;
        let bytes = bytes.map_err(|error| CliError::from_request_error(&error, &self.action()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Sends a request, writes the response to a file and prints a message. The file has a temporary name until
    /// it is complete, and an existing file is replaced only with `--force`.
    ///
    /// # Errors
    ///
    /// Fails if the file exists or cannot be written, or if the request fails.
    pub(crate) async fn download_file(
        &mut self,
        request: &Request,
        destination: &Destination<'_>,
        sentence: &'static str,
    ) -> Result<Exit, CliError> {
        let file = destination.file;
        let path = Path::new(file);
        let is_replaceable = self.is_on("force");
        if file != STDOUT && is_regular(path) && !is_replaceable {
            return Err(exists(file));
        }
        let action = self.action();
        let atlas = self.session.atlas().await?;
        let download = request.call(&atlas).download().await;
        let download = download.map_err(|error| CliError::from_request_error(&error, &action))?;
        let is_decompressed = destination.is_decompressed;
        let size = if file == STDOUT {
            copy(download, io::stdout().lock(), is_decompressed, &action).await?
        } else if path.exists() && !is_regular(path) {
            // a device or a pipe
            let device = OpenOptions::new().write(true).open(path);
            let device = device.map_err(|error| unwritable(file, &error))?;
            copy(download, device, is_decompressed, &action).await?
        } else {
            let mut temporary = temporary_file(path).map_err(|error| unwritable(file, &error))?;
            let size = copy(download, temporary.as_file_mut(), is_decompressed, &action).await?;
            persist(temporary, path, is_replaceable)?;
            size
        };
        if size == 0 {
            self.warn("the response is empty");
        }
        if file == STDOUT {
            return Ok(Exit::Success);
        }
        self.print_result(None, Some(sentence))
    }
}

fn is_regular(path: &Path) -> bool {
    path.is_file()
}

/// Creates a file with the permissions of other new files, which is deleted unless it is kept.
fn temporary_file(target: &Path) -> io::Result<NamedTempFile> {
    let directory = target.parent();
    let directory = directory.filter(|directory| !directory.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".download-").suffix(".part");
    #[cfg(unix)]
    {
        use std::{fs::Permissions, os::unix::fs::PermissionsExt};
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory.unwrap_or(Path::new(".")))
}

/// Renames a temporary file to the final name.
fn persist(
    temporary: NamedTempFile,
    target: &Path,
    is_replaceable: bool,
) -> Result<File, CliError> {
    let file = target.to_string_lossy();
    let synced = temporary.as_file().sync_all();
    synced.map_err(|error| unwritable(&file, &error))?;
    let persisted = if is_replaceable {
        temporary.persist(target)
    } else {
        temporary.persist_noclobber(target)
    };
    persisted.map_err(|failure| match failure.error.kind() {
        io::ErrorKind::AlreadyExists => exists(&file),
        _ => unwritable(&file, &failure.error),
    })
}

/// Copies a download to a writer. Returns the number of bytes received.
async fn copy(
    mut download: Download,
    writer: impl Write,
    is_decompressed: bool,
    action: &str,
) -> Result<u64, CliError> {
    let mut sink = Sink::new(writer, is_decompressed);
    let mut size = 0;
    loop {
        let chunk = download.try_next().await;
        let chunk = chunk.map_err(|error| CliError::from_request_error(&error, action))?;
        let Some(chunk) = chunk else { break };
        size += chunk.len() as u64;
        sink.write(&chunk).map_err(|error| failed(action, error))?;
    }
    if size > 0 {
        sink.finish().map_err(|error| failed(action, error))?;
    }
    Ok(size)
}

/// The writer of a download.
enum Sink<W: Write> {
    Plain(W),
    Gzip(Box<MultiGzDecoder<W>>),
}

impl<W: Write> Sink<W> {
    fn new(writer: W, is_decompressed: bool) -> Self {
        if is_decompressed {
            Self::Gzip(Box::new(MultiGzDecoder::new(writer)))
        } else {
            Self::Plain(writer)
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.write_all(bytes),
            Self::Gzip(decoder) => decoder.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<()> {
        let mut writer = match self {
            Self::Plain(writer) => writer,
            Self::Gzip(decoder) => decoder.finish()?,
        };
        writer.flush()
    }
}

fn failed(action: &str, error: io::Error) -> CliError {
    match error.kind() {
        io::ErrorKind::BrokenPipe => error.into(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            CliError::failure(format!(
                "{action}: the response is not valid gzip data: {error}"
            ))
        }
        _ => CliError::failure(format!("{action}: {error}")),
    }
}

fn exists(file: &str) -> CliError {
    CliError::usage(format!("`{file}` exists"))
        .with_hint("add `--force` to replace it, or choose another file with `--out`")
}

fn unwritable(file: &str, error: &io::Error) -> CliError {
    CliError::failure(format!("cannot write `{file}`: {error}"))
        .with_hint("check that the directory exists and is writable")
}
