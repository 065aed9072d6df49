//! The builder of the client: credentials, base URL, token cache.

use std::{env, fmt, path::PathBuf, sync::Arc};

use crate::{
    api::Client,
    auth::{
        ApiKey, Authorizer, Credentials, Environment, ResolvedCredentials, base_url_of_profile,
        defaults_of, find, find_in_profile, token_cache_file,
    },
    base_url::BaseUrl,
    error::Result,
    pythonic::client::{Atlas, Inner, source::Origin},
    transport::{Options, Transport},
};

/// Builds an [`Atlas`].
///
/// The environment provides the settings that are not set here. The first of these sources with credentials
/// is used. Half a pair is an error; an empty variable counts as unset:
///
/// 1. credentials or a profile set on the builder;
/// 2. `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`;
/// 3. `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY`;
/// 4. `MONGODB_ATLAS_PUBLIC_KEY` and `MONGODB_ATLAS_PRIVATE_KEY`;
/// 5. `MONGODB_ATLAS_ACCESS_TOKEN`;
/// 6. `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET`;
/// 7. sources 3, 5 and 6 with the older prefix `MCLI_`;
/// 8. the profile `default` of the official CLI.
///
/// [`environment_variables`](crate::environment_variables) lists all variables.
///
/// The base URL is the first that is set of: [`with_base_url`](Self::with_base_url), `ATLAS_BASE_URL`, the profile,
/// and, with credentials from sources 3 to 8, `MONGODB_ATLAS_OPS_MANAGER_URL`, `MONGODB_ATLAS_BASE_URL` or
/// `MONGODB_ATLAS_SERVICE`.
/// Default: <https://cloud.mongodb.com>.
///
/// The client connects through the proxy in `HTTPS_PROXY` or `https_proxy` (`HTTP_PROXY` or
/// `http_proxy` for a base URL of plain `http`), else in `ALL_PROXY` or `all_proxy`, unless `NO_PROXY` or
/// `no_proxy` contains the host or the base URL is a loopback address. `http` and `https` proxies are
/// supported; user name and password are percent-encoded. Without a variable, the client uses the
/// proxy settings of the operating system on macOS and Windows.
///
/// ```
/// # fn main() -> mongodbatlas::Result<()> {
/// use std::time::Duration;
/// use mongodbatlas::{ApiKey, Atlas};
///
/// let atlas = Atlas::builder()
///     .with_api_key(ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?)
///     .with_base_url("http://127.0.0.1:27080")
///     .with_user_agent("nightly-job/1.0")
///     .with_timeout(Duration::from_mins(2))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder {
    credentials: Option<Credentials>,
    profile: Option<String>,
    token_cache: TokenCache,
    base_url: Option<String>,
    user_agent_suffix: Option<String>,
    environment: Environment,
    pub(super) allows_plain_http: bool,
    pub(super) options: Options,
}

/// The file in which a service account's tokens are cached for other processes.
#[derive(Clone, Debug)]
enum TokenCache {
    Default,
    File(PathBuf),
    Off,
}

impl Builder {
    /// Authenticates with an API key.
    pub fn with_api_key(self, key: ApiKey) -> Self {
        self.with_credentials(key)
    }

    /// Authenticates with an API key, a service account or an access token.
    ///
    /// ```
    /// use mongodbatlas::{Atlas, ServiceAccount};
    ///
    /// let account =
    ///     ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_secret")?;
    /// let atlas = Atlas::builder().with_credentials(account).without_token_cache().build()?;
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
    pub fn with_credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Reads a profile of the official CLI. Its credentials and base URL take precedence over the environment, and
    /// those set on the builder over the profile's.
    ///
    /// Profiles are in `atlascli/config.toml` in `$XDG_CONFIG_HOME` or `~/.config`, on macOS in
    /// `~/Library/Application Support`, on Windows in `%AppData%`. The cargo feature `keyring` reads the secrets that
    /// the official CLI stores in the system's keyring.
    pub fn with_profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Caches a service account's token in this file, for other processes. Default: `mongodbatlas/tokens.json` in the
    /// user's cache directory: `$XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches`, on Windows
    /// `%LocalAppData%`.
    ///
    /// On Unix the file has mode 0600, and a file that other users can read is ignored. On Windows it inherits the
    /// access list of its directory, so choose one that only the user can read.
    pub fn with_token_cache(mut self, file: impl Into<PathBuf>) -> Self {
        self.token_cache = TokenCache::File(file.into());
        self
    }

    /// Disables the token cache: only this client and its clones use the token. Atlas issues at most ten tokens a
    /// minute for a service account and keeps a hundred valid, so programs that start often need the cache.
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
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
    pub fn with_base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Appends the name and version of the calling program, such as `mytool/1.0`, to the header `User-Agent`.
    pub fn with_user_agent(mut self, name_and_version: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(name_and_version.into());
        self
    }

    /// Reads variables with this function instead of from the environment of the process.
    pub fn with_environment(
        mut self,
        read: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Arc::new(read);
        self
    }

    /// Builds the client. Does not send a request.
    ///
    /// # Errors
    ///
    /// Returns [`Configuration`](crate::ErrorKind::Configuration) if there are no credentials or a setting is
    /// malformed; the error names the setting and its source. A malformed proxy variable is an error only if the
    /// client would use it.
    pub fn build(self) -> Result<Atlas> {
        let read_variable = |name: &str| (self.environment)(name);
        let parse = if self.allows_plain_http {
            BaseUrl::parse_unencrypted
        } else {
            BaseUrl::parse
        };
        let explicit = match &self.base_url {
            Some(text) => Some(parse(text)?),
            None => BaseUrl::from_environment(read_variable, parse)?,
        };
        let mut options = self.options.clone();
        let ResolvedCredentials {
            credentials,
            base_url,
            source,
            defaults,
        } = self.find()?;
        let base_url = explicit.or(base_url).unwrap_or_default();
        options.read_environment(read_variable, &base_url)?;
        let token_cache = match self.token_cache {
            TokenCache::Default => token_cache_file(&self.environment),
            TokenCache::File(file) => Some(file),
            TokenCache::Off => None,
        };
        let authorizer = Authorizer::new(credentials, token_cache);
        let suffix = self.user_agent_suffix.as_deref();
        let transport = Transport::new(base_url, authorizer, suffix, options)?;
        Ok(Atlas(Arc::new(Inner {
            client: Client::new(transport),
            origin: Origin { source, defaults },
        })))
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
            token_cache: TokenCache::Default,
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
