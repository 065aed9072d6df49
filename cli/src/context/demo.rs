//! The embedded simulator for `--demo`. Requires the cargo feature `demo`.

use mongodbatlas::Builder;

use crate::error::CliError;

/// A running simulator; dropping it stops the simulator.
#[cfg(feature = "demo")]
#[derive(Debug)]
pub(super) struct Demo(atlas_simulator::Simulator);

#[cfg(feature = "demo")]
impl Demo {
    /// Starts a simulator with the demo organization.
    pub(super) async fn start() -> Result<Self, CliError> {
        use atlas_simulator::{Options, Simulator};

        tracing::debug!("starting the demo");
        let simulator = Simulator::start(Options::new()).await.map_err(|error| {
            CliError::failure(format!("the demo cannot start: {error}"))
                .with_hint("check that programs on this machine may listen on 127.0.0.1")
        })?;
        Ok(Self(simulator))
    }

    /// Sets the simulator's base URL and key.
    pub(super) fn configure(&self, builder: Builder) -> Result<Builder, CliError> {
        let key = mongodbatlas::ApiKey::new(self.0.public_key(), self.0.private_key())?;
        Ok(builder.with_api_key(key).with_base_url(self.0.base_url()))
    }
}

/// Uninhabited: this build contains no simulator.
#[cfg(not(feature = "demo"))]
#[derive(Debug)]
pub(super) enum Demo {}

#[cfg(not(feature = "demo"))]
impl Demo {
    /// Returns the error that names the missing feature.
    #[expect(clippy::unused_async, reason = "same signature as with the feature")]
    pub(super) async fn start() -> Result<Self, CliError> {
        Err(
            CliError::usage("`--demo` is not available in this build").with_hint(
                "`cargo install --path cli --features demo` installs `atlascli` with the demo",
            ),
        )
    }

    /// Cannot be called, since the type has no values.
    pub(super) fn configure(&self, _builder: Builder) -> Result<Builder, CliError> {
        match *self {}
    }
}
