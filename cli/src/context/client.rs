//! Creates the client of the command form.

use mongodbatlas::Atlas;

use super::{Demo, builder};
use crate::error::CliError;

/// A client of Atlas or of the demo.
#[derive(Debug)]
pub(crate) struct Client {
    atlas: Atlas,
    /// Keeps the simulator running.
    _demo: Option<Demo>,
}

impl Client {
    /// Creates a client: of the demo, of a profile, or with the credentials that the environment and the
    /// default profile have.
    ///
    /// # Errors
    ///
    /// Fails if credentials are missing or malformed.
    pub(crate) async fn connect(is_demo: bool, profile: Option<&str>) -> Result<Self, CliError> {
        if is_demo {
            let demo = Demo::start().await?;
            let atlas = demo.configure(builder())?.build()?;
            return Ok(Self {
                atlas,
                _demo: Some(demo),
            });
        }
        Self::connect_to_atlas(profile)
    }

    /// Creates a client of the simulator that runs in the background.
    ///
    /// # Errors
    ///
    /// Fails if the keys or the base URL are malformed.
    pub(crate) fn connect_to_simulator(
        base_url: &str,
        public_key: &str,
        private_key: &str,
    ) -> Result<Self, CliError> {
        let key = mongodbatlas::ApiKey::new(public_key, private_key)?;
        let atlas = builder()
            .with_api_key(key)
            .with_base_url(base_url)
            .build()?;
        Ok(Self { atlas, _demo: None })
    }

    fn connect_to_atlas(profile: Option<&str>) -> Result<Self, CliError> {
        let builder = match profile {
            Some(name) => builder().with_profile(name),
            None => builder(),
        };
        let atlas = builder
            .build()
            .map_err(|error| CliError::from_request_error(&error, "cannot connect"))?;
        Ok(Self { atlas, _demo: None })
    }

    /// Returns the client.
    pub(crate) fn atlas(&self) -> &Atlas {
        &self.atlas
    }
}
