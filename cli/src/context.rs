//! The API client of the commands, for Atlas or for the demo.

mod client;
mod demo;

use mongodbatlas::{ApiKey, Atlas, Builder};
use secrecy::{ExposeSecret, SecretString};

pub(crate) use self::client::Client;
use self::demo::Demo;
use crate::{
    arguments::Access,
    env::{PRIVATE_KEY, PUBLIC_KEY},
    error::CliError,
    exit::Exit,
};

/// Value of the `User-Agent` header.
const NAME_AND_VERSION: &str = concat!("atlascli/", env!("CARGO_PKG_VERSION"));

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY";
/// The Python program's message, spelling mistakes included, because scripts match it.
const NO_PRIVATE_KEY: &str = "you must specify an an ATLAS private key via --privatekeyarg or the \
                              environment variable ATLAS_PRIVATE_KEY";
const HOW_TO_CREATE_A_KEY: &str = "create an API key in Atlas under Access Manager, API Keys, and \
                                   set `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`";

/// Resources of a command.
#[derive(Debug)]
pub(crate) struct Context {
    atlas: Atlas,
    /// The running demo; dropping it stops the simulator.
    _demo: Option<Demo>,
}

impl Context {
    /// Creates the client, and starts the demo with `--demo`.
    pub(crate) async fn new(access: &Access) -> Result<Self, CliError> {
        if access.demo {
            return Self::demo().await;
        }
        Ok(Self {
            atlas: with_credentials(access)?,
            _demo: None,
        })
    }

    /// Returns the client.
    pub(crate) fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    async fn demo() -> Result<Self, CliError> {
        let demo = Demo::start().await?;
        Ok(Self {
            atlas: demo.configure(builder())?.build()?,
            _demo: Some(demo),
        })
    }
}

/// Returns a client with the API key of the flags and variables. Each half of the key is looked up
/// separately, as in the Python program. Without both, uses the SDK's default credentials.
fn with_credentials(access: &Access) -> Result<Atlas, CliError> {
    // Blank flags count as unset.
    let public = access.publickey.clone().filter(|key| !is_blank(key));
    let public = public.or_else(|| PUBLIC_KEY.read());
    let private = access.privatekey.clone();
    let private = private
        .filter(|key| !is_blank(key.expose_secret()))
        .or_else(|| PRIVATE_KEY.read().map(SecretString::from));
    match (public, private) {
        (Some(public), Some(private)) => {
            let key = ApiKey::new(public, private.expose_secret())?;
            Ok(builder().with_api_key(key).build()?)
        }
        (None, None) => builder().build().map_err(|error| {
            if error.is_missing_credentials() {
                missing_key(NO_PUBLIC_KEY, Exit::NoPublicKey, &error.to_string())
            } else {
                error.into()
            }
        }),
        (None, Some(_)) => Err(missing_key(
            NO_PUBLIC_KEY,
            Exit::NoPublicKey,
            "found only a private key",
        )),
        (Some(_), None) => Err(missing_key(
            NO_PRIVATE_KEY,
            Exit::Failure,
            "found only a public key",
        )),
    }
}

fn builder() -> Builder {
    Atlas::builder().with_user_agent(NAME_AND_VERSION)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Returns the Python program's error for a missing key, with a hint.
fn missing_key(message: &str, exit: Exit, found: &str) -> CliError {
    let mut hint = format!("{found}; {HOW_TO_CREATE_A_KEY}");
    if cfg!(feature = "demo") {
        hint.push_str("; `atlascli --demo --list` requires no key");
    }
    CliError::on_stdout(message, exit).with_hint(hint)
}
