//! The client of the commands: connected to Atlas with the user's keys, or to the demo.

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

/// How the program calls itself to the server.
const NAME_AND_VERSION: &str = concat!("atlascli/", env!("CARGO_PKG_VERSION"));

const NO_PUBLIC_KEY: &str = "you must specify an ATLAS public key via --publickey arg or the \
                             environment variable ATLAS_PUBLIC_KEY";
/// The mistakes are old, and scripts read them.
const NO_PRIVATE_KEY: &str = "you must specify an an ATLAS private key via --privatekeyarg or the \
                              environment variable ATLAS_PRIVATE_KEY";
const WHERE_KEYS_COME_FROM: &str = "create an API key in Atlas under Access Manager, API Keys, and \
                                    put its halves into ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY";

/// What a command needs.
#[derive(Debug)]
pub(crate) struct Context {
    atlas: Atlas,
    /// Keeps the simulator running.
    _demo: Option<Demo>,
}

impl Context {
    /// The demo, or Atlas with the credentials that are given or found.
    pub(crate) async fn new(access: &Access) -> Result<Self, CliError> {
        if access.demo {
            return Self::demo().await;
        }
        Ok(Self {
            atlas: with_credentials(access)?,
            _demo: None,
        })
    }

    /// The client.
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

/// A client with the keys of the flags and of the environment, each by itself as the old program
/// had it; where there are none, with whatever credentials the SDK finds.
fn with_credentials(access: &Access) -> Result<Atlas, CliError> {
    // An empty flag counts as none.
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
                missing(NO_PUBLIC_KEY, Exit::NoPublicKey, &error.to_string())
            } else {
                error.into()
            }
        }),
        (None, Some(_)) => Err(missing(
            NO_PUBLIC_KEY,
            Exit::NoPublicKey,
            "there is a private key only",
        )),
        (Some(_), None) => Err(missing(
            NO_PRIVATE_KEY,
            Exit::Failure,
            "there is a public key only",
        )),
    }
}

fn builder() -> Builder {
    Atlas::builder().with_user_agent(NAME_AND_VERSION)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The old sentence, what was found, and the cure.
fn missing(sentence: &str, exit: Exit, found: &str) -> CliError {
    let mut hint = format!("{found}; {WHERE_KEYS_COME_FROM}");
    if cfg!(feature = "demo") {
        hint.push_str("; `atlascli --demo --list` needs none");
    }
    CliError::on_output(sentence, exit).with_hint(hint)
}
