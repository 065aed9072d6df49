//! Whom the commands talk to: Atlas with the user's keys, or the demo.

use atlas_simulator::{Options, Simulator};
use mongodbatlas::{ApiKey, Atlas, Builder};

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
                                    put its halves into ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY; \
                                    `atlascli --demo --list` needs none";

/// What a command needs.
#[derive(Debug)]
pub(crate) struct Context {
    atlas: Atlas,
    /// Runs as long as it is kept.
    _demo: Option<Simulator>,
}

impl Context {
    /// The demo, or Atlas with the keys of the flags and of the environment, each by itself.
    pub(crate) async fn new(access: &Access) -> Result<Self, CliError> {
        if access.demo {
            return Self::demo().await;
        }
        let public = given(access.publickey.as_deref())
            .or_else(|| PUBLIC_KEY.read())
            .ok_or_else(|| missing(NO_PUBLIC_KEY, Exit::NoPublicKey))?;
        let private = given(access.privatekey.as_deref())
            .or_else(|| PRIVATE_KEY.read())
            .ok_or_else(|| missing(NO_PRIVATE_KEY, Exit::Failure))?;
        Ok(Self {
            atlas: client(ApiKey::new(public, private)?).build()?,
            _demo: None,
        })
    }

    /// The client.
    pub(crate) fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    async fn demo() -> Result<Self, CliError> {
        tracing::debug!("starting the demo");
        let simulator = Simulator::start(Options::new()).await.map_err(|error| {
            CliError::failure(format!("the demo cannot start: {error}"))
                .with_hint("check that programs on this machine may listen on 127.0.0.1")
        })?;
        let key = ApiKey::new(simulator.public_key(), simulator.private_key())?;
        Ok(Self {
            atlas: client(key).with_base_url(simulator.base_url()).build()?,
            _demo: Some(simulator),
        })
    }
}

fn client(key: ApiKey) -> Builder {
    Atlas::builder()
        .with_api_key(key)
        .with_user_agent(NAME_AND_VERSION)
}

/// What a flag gives; an empty value counts as none.
fn given(value: Option<&str>) -> Option<String> {
    let value = value?;
    (!value.trim().is_empty()).then(|| value.to_owned())
}

fn missing(sentence: &str, exit: Exit) -> CliError {
    CliError::on_output(sentence, exit).with_hint(WHERE_KEYS_COME_FROM)
}
