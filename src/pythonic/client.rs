//! The client: where it gets its keys, and what everything else starts from.

mod source;
mod tuning;

use std::{env, fmt, path::PathBuf, sync::Arc};

use crate::{
    api::Client,
    auth::{
        ApiKey, Authorizer, Credentials, Environment, ResolvedCredentials, base_url_of_profile,
        defaults_of, find, find_in_profile, token_cache_file,
    },
    base_url::BaseUrl,
    error::Result,
    transport::{Options, Transport},
};
use source::Origin;

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
    origin: Arc<Origin>,
}

impl Atlas {
    /// A client with the credentials of the environment, such as `ATLAS_PUBLIC_KEY` and
    /// `ATLAS_PRIVATE_KEY`, and `ATLAS_BASE_URL` if it is not the public Atlas; [`Builder`] lists
    /// all places that are looked at.
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

    /// Forgets the answers that are kept, if [`Builder::with_cache`] has some kept.
    pub fn clear_cache(&self) {
        self.client.transport().clear_cache();
    }

    /// Gives back the access token that this client obtained for its service account, so that nobody
    /// can use it any more; the next call obtains another. With an API key, or with a token that was
    /// given, there is nothing to give back.
    ///
    /// # Errors
    ///
    /// When Atlas cannot be reached or does not accept the service account. The token is forgotten
    /// nevertheless.
    pub async fn revoke_token(&self) -> Result<()> {
        self.client.transport().revoke_token().await
    }
}

/// Builds an [`Atlas`].
///
/// What is not given is taken from the environment. Credentials are looked for in this order, and
/// the first place that holds any decides; half a pair is an error, and an empty variable counts as
/// unset:
///
/// 1. what was given here: credentials, or the name of a profile;
/// 2. `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`;
/// 3. `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY`;
/// 4. `MONGODB_ATLAS_PUBLIC_KEY` and `MONGODB_ATLAS_PRIVATE_KEY`;
/// 5. `MONGODB_ATLAS_ACCESS_TOKEN`;
/// 6. `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`;
/// 7. `MCLI_PUBLIC_API_KEY` and `MCLI_PRIVATE_API_KEY`, `MCLI_ACCESS_TOKEN`, or `MCLI_CLIENT_ID` and
///    `MCLI_CLIENT_SECRET`;
/// 8. the profile `default` of the official CLI.
///
/// Atlas is at the base URL given here, else at `ATLAS_BASE_URL`. Where neither is given, it is where
/// a profile says, or where `MONGODB_ATLAS_OPS_MANAGER_URL` or `MONGODB_ATLAS_SERVICE` say for
/// credentials of the places 3 to 8; otherwise at <https://cloud.mongodb.com>.
///
/// The client connects through the proxy in `HTTPS_PROXY` or `https_proxy` (`HTTP_PROXY` or
/// `http_proxy` for a base URL of plain `http`), else in `ALL_PROXY` or `all_proxy`, unless `NO_PROXY` or
/// `no_proxy` contains the host or the base URL is a loopback address. `http` and `https` proxies are
/// supported; user name and password are percent-encoded. Without a variable, the client uses the
/// proxy settings of the operating system on macOS and Windows.
///
/// ```
/// # fn main() -> mongodbatlas::Result<()> {
/// # let directory = std::env::temp_dir();
/// # let pem = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
/// use std::time::Duration;
/// use mongodbatlas::{ApiKey, Atlas};
///
/// let key = ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?;
/// let atlas = Atlas::builder()
///     .with_api_key(key.clone())
///     .with_base_url("http://127.0.0.1:27080")
///     .with_user_agent("nightly-job/1.0")
///     .build()?;
///
/// // how it sends
/// let careful = Atlas::builder()
///     .with_api_key(key)
///     .with_timeout(Duration::from_mins(2))
///     .with_connect_timeout(Duration::from_secs(5))
///     .with_idle_timeout(Duration::from_secs(30))
///     .with_concurrent_requests(4)
///     .without_retries()
///     .without_rate_limits()
///     .build()?;
///
/// // elsewhere, with a certificate of one's own; what cannot be read is named
/// let elsewhere = Atlas::builder()
///     .with_profile("nightly")
///     .with_token_cache(directory.join("tokens.json"))
///     .with_ca_file(directory.join("no-such-ca.pem"))
///     .with_ca_pem(pem)
///     .with_plain_http()
///     .build();
/// println!("{}", elsewhere.unwrap_err());
/// # let _ = (atlas, careful);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct Builder {
    credentials: Option<Credentials>,
    profile: Option<String>,
    token_cache: TokenCache,
    base_url: Option<String>,
    user_agent_suffix: Option<String>,
    environment: Environment,
    allows_plain_http: bool,
    options: Options,
}

/// Where tokens are kept for other processes.
#[derive(Clone, Debug)]
enum TokenCache {
    Usual,
    At(PathBuf),
    Off,
}

impl Builder {
    /// Proves who is asking with this API key.
    pub fn with_api_key(self, key: ApiKey) -> Self {
        self.with_credentials(key)
    }

    /// Proves who is asking with an API key, a service account or a token.
    ///
    /// ```
    /// use mongodbatlas::{Atlas, ServiceAccount};
    ///
    /// let account =
    ///     ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_secret")?;
    /// let atlas = Atlas::builder().with_credentials(account).without_token_cache().build()?;
    /// # let _ = atlas;
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
    pub fn with_credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Uses this profile of the official CLI, whatever the environment holds: its credentials,
    /// unless some were given here, and its place of Atlas, unless one was given.
    ///
    /// Profiles are read from `atlascli/config.toml` beneath `$XDG_CONFIG_HOME` or `~/.config`, on
    /// macOS beneath `~/Library/Application Support`, on Windows beneath `%AppData%`. Secrets that
    /// the official CLI keeps in the system's keyring are read with the cargo feature `keyring`.
    pub fn with_profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Keeps a service account's token in this file for other processes, instead of in
    /// `mongodbatlas/tokens.json` beneath the user's cache directory: `$XDG_CACHE_HOME` or
    /// `~/.cache`, on macOS `~/Library/Caches`, on Windows `%LocalAppData%`.
    ///
    /// The file is for its owner alone: on Unix it has the mode 0600, and one that others can read is
    /// not believed; on Windows it has the access list of the directory, which in the user's profile
    /// is that user's, so another directory should be as private.
    pub fn with_token_cache(mut self, file: impl Into<PathBuf>) -> Self {
        self.token_cache = TokenCache::At(file.into());
        self
    }

    /// Keeps a service account's token to this client and its clones. Atlas hands out ten tokens a
    /// minute and keeps a hundred alive, so programs that run often should not do this.
    pub fn without_token_cache(mut self) -> Self {
        self.token_cache = TokenCache::Off;
        self
    }

    /// Sets the base URL: a string or a [`BaseUrl`]. Default: `ATLAS_BASE_URL`, else
    /// <https://cloud.mongodb.com>.
    ///
    /// [`build`](Self::build) returns an error for an invalid string. Plain `http` to a host other than
    /// a loopback address also requires [`with_plain_http`](Self::with_plain_http).
    ///
    /// ```
    /// use mongodbatlas::{Atlas, BaseUrl};
    ///
    /// let government: BaseUrl = "https://cloud.mongodbgov.com".parse()?;
    /// let builder = Atlas::builder().with_base_url(government);
    /// # let _ = builder;
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
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
    /// part and where it came from. A malformed proxy address is refused only if this client would use it.
    pub fn build(self) -> Result<Atlas> {
        let read = |name: &str| (self.environment)(name);
        let parse = if self.allows_plain_http {
            BaseUrl::parse_unencrypted
        } else {
            BaseUrl::parse
        };
        let given = match &self.base_url {
            Some(text) => Some(parse(text)?),
            None => BaseUrl::from_environment(read, parse)?,
        };
        let mut options = self.options.clone();
        let ResolvedCredentials {
            credentials,
            base_url,
            source,
            defaults,
        } = self.find()?;
        let base_url = given.or(base_url).unwrap_or_default();
        options.read_environment(read, &base_url)?;
        let token_cache = match self.token_cache {
            TokenCache::Usual => token_cache_file(&self.environment),
            TokenCache::At(file) => Some(file),
            TokenCache::Off => None,
        };
        let authorizer = Authorizer::new(credentials, token_cache);
        let suffix = self.user_agent_suffix.as_deref();
        let transport = Transport::new(base_url, authorizer, suffix, options)?;
        Ok(Atlas {
            client: Client::new(transport),
            origin: Arc::new(Origin { source, defaults }),
        })
    }

    /// Returns the credentials, with the base URL from the same source if it has one.
    fn find(&self) -> Result<ResolvedCredentials> {
        match (&self.credentials, &self.profile) {
            (Some(credentials), profile) => Ok(ResolvedCredentials::explicit(
                credentials.clone(),
                match profile {
                    Some(name) => base_url_of_profile(&self.environment, name)?,
                    None => None,
                },
                defaults_of(&self.environment, profile.as_deref())?,
            )),
            (None, Some(name)) => find_in_profile(&self.environment, name),
            (None, None) => find(&self.environment),
        }
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            credentials: None,
            profile: None,
            token_cache: TokenCache::Usual,
            base_url: None,
            user_agent_suffix: None,
            environment: Arc::new(|name| {
                let value = env::var_os(name)?;
                Some(value.to_string_lossy().into_owned())
            }),
            allows_plain_http: false,
            options: Options::default(),
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("credentials", &self.credentials)
            .field("profile", &self.profile)
            .field("token_cache", &self.token_cache)
            .field("base_url", &self.base_url.as_deref().map(BaseUrl::parse))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
