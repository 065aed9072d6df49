//! The runtime behind blocking calls.

use std::future::Future;

use tokio::runtime::{self, Handle};

use crate::error::{Error, ErrorKind, Result};

/// A current-thread runtime that several threads can wait on.
#[derive(Debug)]
pub(super) struct Runtime(Option<runtime::Runtime>);

impl Runtime {
    pub(super) fn start() -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|source| {
            Error::new(ErrorKind::BlockingInAsync, "no runtime can be started").with_source(source)
        })?;
        Ok(Self(Some(runtime)))
    }

    /// Runs a future to its end, unless that would stop the runtime around the caller.
    pub(super) fn wait<F: Future>(&self, future: F) -> Result<F::Output> {
        if Handle::try_current().is_ok() {
            return Err(Error::new(
                ErrorKind::BlockingInAsync,
                "a blocking call inside an async runtime, which it would stop",
            )
            .with_hint("use `mongodbatlas::Atlas` there, or `tokio::task::spawn_blocking`"));
        }
        let runtime = self.0.as_ref();
        let runtime =
            runtime.ok_or_else(|| Error::new(ErrorKind::BlockingInAsync, "the runtime is gone"))?;
        Ok(runtime.block_on(future))
    }
}

impl Drop for Runtime {
    /// Lets go of the runtime without waiting: an async runtime around would not allow that.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
