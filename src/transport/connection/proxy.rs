//! Chooses the proxy for a base URL.
//!
//! reqwest can read the proxy variables itself, but it takes `ss` for the host of
//! `http://svc:p@ss#1@proxy:3128`, sends half of the password there, and connects directly when a value
//! is malformed. So the variables are parsed and checked here (`proxy/address.rs`), and reqwest gets
//! the result. The names and their order are reqwest's:
//!
//! - `HTTPS_PROXY` or `https_proxy` for an `https` base URL, `HTTP_PROXY` or `http_proxy` for `http`,
//!   otherwise `ALL_PROXY` or `all_proxy`. Of two spellings, the upper-case one is used if it is set.
//! - `NO_PROXY` or `no_proxy` lists the exceptions (`proxy/exceptions.rs`).
//! - A CGI program (`REQUEST_METHOD` is set) uses no proxy: its `HTTP_PROXY` comes from a request header.
//! - A base URL on a loopback address uses no proxy.
//! - Without a variable, the settings of the operating system apply on macOS and Windows.
//!
//! Only the variable for the base URL is checked: a malformed `HTTP_PROXY` is ignored for an `https` base
//! URL, and so is a malformed proxy for an excepted host.

mod address;
mod exceptions;

use std::env;

use reqwest::ClientBuilder;

use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use address::{Address, AddressError};

const HTTPS_PROXY_VARIABLES: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];
const HTTP_PROXY_VARIABLES: [&str; 2] = ["HTTP_PROXY", "http_proxy"];
const ALL_PROXY_VARIABLES: [&str; 2] = ["ALL_PROXY", "all_proxy"];
const NO_PROXY_VARIABLES: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Set by web servers for CGI programs.
const CGI_VARIABLE: &str = "REQUEST_METHOD";

/// The connection to the base URL: direct or through a proxy.
#[derive(Clone, Debug, Default)]
pub(super) enum Route {
    /// No proxy.
    #[default]
    Direct,
    /// The proxy settings of the operating system.
    System,
    /// A proxy from an environment variable.
    Proxy {
        address: Address,
        variable: &'static str,
    },
}

impl Route {
    /// Chooses the route to a base URL from the environment.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if the selected variable contains a malformed address. The error
    /// names the variable and no part of its value.
    pub(super) fn from_environment(
        read: impl Fn(&str) -> Option<String>,
        base_url: &BaseUrl,
    ) -> Result<Self> {
        if base_url.is_loopback() || read(CGI_VARIABLE).is_some() {
            return Ok(Self::Direct);
        }
        let exceptions =
            find_first_set(&NO_PROXY_VARIABLES, &read).map_or_else(String::new, |(_, list)| list);
        if exceptions::contains(&exceptions, base_url.host()) {
            return Ok(Self::Direct);
        }
        let groups = proxy_variables(base_url);
        let used = groups.iter().find_map(|names| {
            find_first_set(names, &read).filter(|(_, value)| !value.trim().is_empty())
        });
        match used {
            Some((name, value)) => {
                let address =
                    Address::parse(&value).map_err(|error| malformed_address_error(name, error))?;
                Ok(Self::Proxy {
                    address,
                    variable: name,
                })
            }
            None if has_system_settings(&groups) => Ok(Self::System),
            None => Ok(Self::Direct),
        }
    }

    /// Returns the name of the proxy for errors: its address without credentials, and the variable.
    pub(super) fn proxy_name(&self) -> Option<String> {
        match self {
            Self::Proxy { address, variable } => {
                let address = address.as_str().trim_end_matches('/');
                Some(format!("`{address}` (`{variable}`)"))
            }
            Self::System => Some("of the operating system".to_owned()),
            Self::Direct => None,
        }
    }

    /// Returns `true` if the connection to the proxy uses TLS.
    pub(super) fn uses_tls(&self) -> bool {
        match self {
            Self::Proxy { address, .. } => address.as_str().starts_with("https"),
            Self::System => true,
            Self::Direct => false,
        }
    }

    /// Replaces reqwest's own proxy detection with this route.
    pub(super) fn apply(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        match self {
            Self::Direct => Ok(builder.no_proxy()),
            Self::System => Ok(builder),
            Self::Proxy { address, .. } => {
                let proxy = address.to_reqwest().map_err(|source| {
                    Error::new(ErrorKind::Configuration, "the proxy address cannot be used")
                        .with_hint("write it as `http://proxy.example.com:3128`")
                        .with_source(source.without_url())
                })?;
                Ok(builder.no_proxy().proxy(proxy))
            }
        }
    }
}

/// Returns the variables for a base URL, in order of precedence.
fn proxy_variables(base_url: &BaseUrl) -> [[&'static str; 2]; 2] {
    let specific = if base_url.is_encrypted() {
        HTTPS_PROXY_VARIABLES
    } else {
        HTTP_PROXY_VARIABLES
    };
    [specific, ALL_PROXY_VARIABLES]
}

/// Returns the first variable that is set, even if it is empty.
fn find_first_set(
    names: &[&'static str],
    read: impl Fn(&str) -> Option<String>,
) -> Option<(&'static str, String)> {
    names
        .iter()
        .find_map(|&name| read(name).map(|value| (name, value)))
}

/// Returns `true` if reqwest would read the settings of the operating system and no variable.
///
/// reqwest reads the variables of the process together with those settings. If the process has a
/// variable that the injected environment hides, reqwest must read neither.
fn has_system_settings(groups: &[[&'static str; 2]]) -> bool {
    cfg!(any(target_os = "macos", windows))
        && groups.iter().flatten().all(|name| {
            env::var_os(name).is_none_or(|value| value.to_string_lossy().trim().is_empty())
        })
}

/// Creates the error for a malformed address in a variable.
fn malformed_address_error(variable: &str, error: AddressError) -> Error {
    let message = format!("the proxy address in `{variable}` {error}");
    Error::new(ErrorKind::Configuration, message)
        .with_hint(format!("{}, or unset `{variable}`", error.hint()))
}

#[cfg(test)]
mod tests;
