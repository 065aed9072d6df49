//! The async runtime of a blocking client.

use std::future::Future;

use tokio::runtime::{self, Handle};

use crate::error::{Error, ErrorKind, Result};

/// A current-thread runtime that several threads can use.
#[derive(Debug)]
pub(super) struct Runtime(Option<runtime::Runtime>);

impl Runtime {
    pub(super) fn start() -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|source| {
            Error::new(ErrorKind::BlockingInAsync, "cannot start an async runtime")
                .with_source(source)
        })?;
        Ok(Self(Some(runtime)))
    }

    /// Blocks until the future is complete. Fails inside an async runtime, which it would block.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output> {
        if Handle::try_current().is_ok() {
            return Err(Error::new(
                ErrorKind::BlockingInAsync,
                "a blocking call inside an async runtime would block its thread",
            )
            .with_hint("use `mongodbatlas::Atlas` or `tokio::task::spawn_blocking`"));
        }
        let runtime = self.0.as_ref();
        let runtime = runtime
            .ok_or_else(|| Error::new(ErrorKind::BlockingInAsync, "the runtime is stopped"))?;
        Ok(runtime.block_on(future))
    }
}

impl Drop for Runtime {
    /// Shuts down in the background, because a blocking shutdown panics inside an async runtime.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
