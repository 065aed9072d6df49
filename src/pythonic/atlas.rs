//! The client: where it gets its keys, and what everything else starts from.

use std::{env, fmt, sync::Arc};

use crate::{
    api::Client,
    auth::{ApiKey, Credentials, from_environment},
    base_url::BaseUrl,
    error::Result,
    transport::{Options, Transport},
};

/// A client of Atlas; clones are cheap and share connections and the digest challenge.
///
/// ```no_run
/// # async fn example() -> mongodbatlas::Result<()> {
/// use mongodbatlas::Atlas;
///
/// let atlas = Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
/// println!("{}", atlas.this_organization().await?.name());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Atlas {
    client: Client,
}

impl Atlas {
    /// A client with the API key of the environment: `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`,
    /// and `ATLAS_BASE_URL` if it is not the public Atlas.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// A builder for a client.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The generated layer: every operation, in Atlas's own words.
    pub fn api(&self) -> &Client {
        &self.client
    }
}

/// What reads a variable of the environment.
type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Builds an [`Atlas`].
///
/// What is not given is taken from the environment.
///
/// ```
/// use mongodbatlas::{ApiKey, Atlas};
///
/// let atlas = Atlas::builder()
///     .with_api_key(ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?)
///     .with_base_url("http://127.0.0.1:27080")
///     .build()?;
/// # let _ = atlas;
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct Builder {
    credentials: Option<Credentials>,
    base_url: Option<String>,
    user_agent_suffix: Option<String>,
    environment: Environment,
    pub(super) allows_plain_http: bool,
    pub(super) options: Options,
}

impl Builder {
    /// Proves who is asking with this API key.
    pub fn with_api_key(mut self, key: ApiKey) -> Self {
        self.credentials = Some(key.into());
        self
    }

    /// Talks to this place instead of `ATLAS_BASE_URL` or <https://cloud.mongodb.com>.
    pub fn with_base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Adds a name of the calling program to the header `User-Agent`, such as `mytool/1.0`.
    pub fn with_user_agent(mut self, name_and_version: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(name_and_version.into());
        self
    }

    /// Reads variables with this function instead of from the process's environment.
    pub fn with_environment(
        mut self,
        read: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Arc::new(read);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// A configuration error if there are no keys, or one of the parts is malformed; it names the
    /// part and where it came from.
    pub fn build(self) -> Result<Atlas> {
        let read = |name: &str| (self.environment)(name);
        let parse = if self.allows_plain_http {
            BaseUrl::parse_unencrypted
        } else {
            BaseUrl::parse
        };
        let base_url = match &self.base_url {
            Some(text) => parse(text)?,
            None => BaseUrl::from_environment(read, parse)?.unwrap_or_default(),
        };
        let mut options = self.options.clone();
        options.connection.read_environment(read);
        let credentials = match self.credentials {
            Some(credentials) => credentials,
            None => from_environment(read)?.into(),
        };
        let suffix = self.user_agent_suffix.as_deref();
        let transport = Transport::new(base_url, credentials, suffix, options)?;
        Ok(Atlas {
            client: Client::over(transport),
        })
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            credentials: None,
            base_url: None,
            user_agent_suffix: None,
            environment: Arc::new(|name| env::var(name).ok()),
            allows_plain_http: false,
            options: Options::default(),
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("credentials", &self.credentials)
            .field("base_url", &self.base_url)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
