//! `auth`, and the root words `login`, `logout`, `register` and `whoami`.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    commands::local::profile,
    config::{file::ConfigFile, secrets},
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Input, Noun, Target, flag},
        steps::{confirm::Confirmation, print::to_document},
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The command group `auth`.
pub(crate) static NOUN: Noun = Noun::new("auth", "Show or remove the credentials in use")
    .commands(&[&WHOAMI, &LOGOUT, &LOGIN, &REGISTER]);

const WHOAMI_SUMMARY: &str = "Print the account or key in use";
const LOGOUT_SUMMARY: &str = "Remove the credentials of the profile";
const LOGIN_SUMMARY: &str = "Name the command that stores credentials";

/// Flags of the browser login, which is not carried over. They do not change the message.
const BROWSER_FLAGS: &[Input] = &[
    flag("gov", Target::None, "Use Atlas for Government")
        .switch()
        .hidden(),
    flag("no-browser", Target::None, "Do not open a browser")
        .switch()
        .hidden(),
    flag("skip-config", Target::None, "Keep the profile")
        .switch()
        .hidden(),
];
const LOGOUT_FLAGS: &[Input] = &[flag(
    "keep",
    Target::None,
    "Keep the organization and the project of the profile",
)
.switch()
.hidden()];

static WHOAMI: Command = Command::local("whoami", WHOAMI_SUMMARY, whoami).examples(&[Example {
    line: "auth whoami",
    task: "Print the account or key in use, and its source",
}]);
static LOGOUT: Command = Command::local("logout", LOGOUT_SUMMARY, logout)
    .details(
        "Removes keys and tokens from the file and the system keyring, and the organization and the project of the \
         profile.",
    )
    .flags(LOGOUT_FLAGS)
    .danger(Danger::Confirm)
    .examples(&[Example {
        line: "auth logout --profile nightly --force",
        task: "Remove the credentials of a profile",
    }]);
static LOGIN: Command = Command::local("login", LOGIN_SUMMARY, login)
    .flags(BROWSER_FLAGS)
    .hidden();
static REGISTER: Command = Command::local("register", LOGIN_SUMMARY, login)
    .flags(BROWSER_FLAGS)
    .hidden();

/// The root word `login`.
pub(crate) static ROOT_LOGIN: Command = Command::local("login", LOGIN_SUMMARY, login)
    .flags(BROWSER_FLAGS)
    .hidden();
/// The root word `register`.
pub(crate) static ROOT_REGISTER: Command = Command::local("register", LOGIN_SUMMARY, login)
    .flags(BROWSER_FLAGS)
    .hidden();
/// The root word `logout`.
pub(crate) static ROOT_LOGOUT: Command = Command::local("logout", LOGOUT_SUMMARY, logout)
    .flags(LOGOUT_FLAGS)
    .danger(Danger::Confirm)
    .hidden();
/// The root word `whoami`.
pub(crate) static ROOT_WHOAMI: Command = Command::local("whoami", WHOAMI_SUMMARY, whoami).hidden();

fn login<'a>(_: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        Err(CliError::usage(
            "the browser login is not carried over: `atlascli profile create` stores an API key or a service account",
        ))
    })
}

/// The keys of a profile that only make sense for the account that is removed.
const ACCOUNT_KEYS: [&str; 2] = ["org_id", "project_id"];

fn logout<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.session.config.profile.value.clone();
        let mut file = ConfigFile::read()?;
        profile::require(&file, &name)?;
        let is_stored = |key: &str| file.text(&name, key).is_some() || secrets::has(&name, key);
        if !secrets::KEYRING_KEYS.into_iter().any(is_stored) {
            return Err(
                CliError::failure(format!("profile `{name}` has no credentials"))
                    .with_exit(Exit::Credentials)
                    .with_hint("`atlascli profile list` shows the profiles with credentials"),
            );
        }
        let purpose = format!("remove the credentials of profile `{name}`");
        if invocation.confirm(Danger::Confirm, &purpose, &name)? == Confirmation::Declined {
            return Ok(invocation.declined());
        }
        for key in secrets::KEYRING_KEYS {
            secrets::remove(&name, key);
            file.unset(&name, key);
        }
        file.unset(&name, "auth_type");
        if !invocation.is_on("keep") {
            for key in ACCOUNT_KEYS {
                file.unset(&name, key);
            }
        }
        file.save()?;
        invocation.ui.print(&format!(
            "The credentials of profile '{name}' are removed.\n"
        ))?;
        Ok(Exit::Success)
    })
}

fn whoami<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let atlas = invocation.session.atlas().await?;
        let source = atlas.credential_source();
        let identity = if let Some(variable) = source.variable_names().first() {
            let value = std::env::var(variable).unwrap_or_default();
            if variable.ends_with("_ACCESS_TOKEN") {
                Identity::of_token(&value)
            } else if variable.ends_with("_CLIENT_ID") {
                Identity::new("service account", value)
            } else {
                Identity::new("API key", value)
            }
        } else if let Some(profile) = source.profile_name() {
            Identity::of_profile(invocation.session.config.file(), profile)
        } else {
            Identity::new("API key", "of the simulator".to_owned())
        };
        let source = source.to_string();
        if invocation.session.format.is_human_readable() {
            let line = format!("{} {} (from {source})\n", identity.kind, identity.name);
            invocation.ui.print(&line)?;
        } else {
            let document =
                json!({ "kind": identity.kind, "name": identity.name, "source": source });
            invocation.print(&Data::Document(to_document(&document)?))?;
        }
        Ok(Exit::Success)
    })
}

/// The identity behind credentials.
struct Identity {
    kind: &'static str,
    /// The public key, the client id or the account.
    name: String,
}

impl Identity {
    fn new(kind: &'static str, name: String) -> Self {
        Self { kind, name }
    }

    /// Returns the identity of a profile, in the order in which the SDK reads credentials. Ids in the system keyring
    /// are not read.
    fn of_profile(file: &ConfigFile, profile: &str) -> Self {
        const UNREAD: &str = "in the system keyring";
        let text = |key: &str| file.text(profile, key);
        let kind = text("auth_type");
        let is_kind = |name: &str| kind.as_deref() == Some(name);
        if let Some(token) = text("access_token").filter(|_| is_kind("user_account")) {
            return Self::of_token(&token);
        }
        match (text("public_api_key"), text("client_id")) {
            _ if is_kind("user_account") => Self::new("account", UNREAD.to_owned()),
            (Some(key), _) if !is_kind("service_account") => Self::new("API key", key),
            (_, Some(id)) if !is_kind("api_keys") => Self::new("service account", id),
            _ if is_kind("service_account") => Self::new("service account", UNREAD.to_owned()),
            _ if is_kind("api_keys") => Self::new("API key", UNREAD.to_owned()),
            _ => Self::of_token(&text("access_token").unwrap_or_default()),
        }
    }

    /// Returns the account of an access token.
    fn of_token(token: &str) -> Self {
        let account = subject(token);
        let account = account.unwrap_or_else(|| "with an opaque access token".to_owned());
        Self::new("account", account)
    }
}

/// Returns the subject of a JSON web token. The signature is not checked, because the token is the caller's own.
fn subject(token: &str) -> Option<String> {
    let payload = token.split('.').nth(1)?.trim_end_matches('=');
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let claims: Value = serde_json::from_slice(&payload).ok()?;
    Some(claims.get("sub")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subject_of_a_token_is_its_account() {
        // {"alg":"none"} . {"sub":"ada@example.com"}
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGFAZXhhbXBsZS5jb20ifQ.x";
        assert_eq!(subject(token).as_deref(), Some("ada@example.com"));

        for malformed in ["", "opaque", "a.b.c", "a.!.c", "a.e30.c"] {
            assert_eq!(subject(malformed), None, "{malformed}");
        }
    }
}
