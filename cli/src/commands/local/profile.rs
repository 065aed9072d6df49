//! `profile`: the profiles of the configuration.

use std::io::IsTerminal as _;

use mongodbatlas::{ApiKey, Atlas, Credentials, ErrorKind, ServiceAccount, operation};
use serde_json::{Value, json};

use crate::{
    config::{DEFAULT_KEY, file::ConfigFile, secrets},
    engine::{
        Invocation,
        definition::{
            Command, Danger, Example, Future, Input, Noun, Target, argument, column, flag,
        },
        line::{secret, suggest::nearest},
        steps::{confirm::Confirmation, print::document_of},
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List},
};

/// `profile`.
pub(crate) static NOUN: Noun =
    Noun::new("profile", "Manage profiles with credentials and defaults")
        .aliases(&["profiles"])
        .commands(&[&CREATE, &LIST, &SHOW, &USE, &SET, &DELETE, &PATH]);

const NAME: Input = argument("name", Target::None, "Name of the profile").value_name("PROFILE");

/// `profile create`.
pub(crate) static CREATE: Command = Command::local("create", "Store credentials in a profile, after a check", create)
    .details(
        "Asks for what is missing on a terminal. Secrets are stored in the system keyring if there is one, else in the \
         file, which only its owner can read.",
    )
    .arguments(&[NAME.optional()])
    .flags(&[
        flag("public-key", Target::None, "Public key of an API key"),
        flag("private-key", Target::None, "Private key of an API key").secret(),
        flag("client-id", Target::None, "Client id of a service account"),
        flag("client-secret", Target::None, "Client secret of a service account").secret(),
        flag("service", Target::None, "Service").choices(&["cloud", "cloudgov"]),
        flag("base-url", Target::None, "Base URL of another server, such as a simulator"),
        flag("no-check", Target::None, "Do not check the credentials").switch(),
    ])
    .examples(&[Example {
        line: "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
        task: "Store an API key in a profile",
    }]);

/// `profile list`.
pub(crate) static LIST: Command = Command::local("list", "List the profiles", list)
    .columns(&[
        column("NAME", "name"),
        column("DEFAULT", "default"),
        column("CREDENTIALS", "credentials"),
        column("PROJECT", "project_id"),
        column("ORGANIZATION", "org_id"),
    ])
    .examples(&[Example {
        line: "profile list",
        task: "List the profiles",
    }]);

static SHOW: Command = Command::local("show", "Show a profile without its secrets", show)
    .aliases(&["describe"])
    .arguments(&[NAME.optional()])
    .examples(&[Example {
        line: "profile show default",
        task: "Show the settings of a profile",
    }]);

static USE: Command = Command::local("use", "Make a profile the default", use_profile)
    .arguments(&[NAME])
    .examples(&[Example {
        line: "profile use default",
        task: "Make a profile the default",
    }]);

static SET: Command = Command::local("set", "Set a property of a profile", set)
    .arguments(&[
        argument(
            "property",
            Target::None,
            "Property, such as project_id or output",
        ),
        argument("value", Target::None, "Value"),
    ])
    .examples(&[Example {
        line: "profile set output json",
        task: "Print JSON without a flag from now on",
    }]);

static DELETE: Command = Command::local("delete", "Delete a profile", delete)
    .arguments(&[NAME])
    .danger(Danger::Confirm)
    .examples(&[Example {
        line: "profile delete default --yes",
        task: "Delete a profile without a confirmation",
    }]);

static PATH: Command = Command::local("path", "Print the path of the configuration file", path)
    .examples(&[Example {
        line: "profile path",
        task: "Print the path of the configuration file",
    }]);

fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").map(str::to_owned);
        let name = name.unwrap_or_else(|| invocation.session.config.profile.value.clone());
        let keys = keys(invocation)?;
        let base_url = base_url(invocation)?;
        if !invocation.is_on("no-check") {
            check(&keys, base_url.as_deref()).await?;
        }
        let mut file = ConfigFile::read()?;
        for (key, value) in &keys {
            let is_stored = secrets::is_secret(key) && secrets::store(&name, key, value);
            if is_stored {
                file.unset(&name, key);
            } else {
                file.set(&name, key, value);
            }
        }
        if let Some(base_url) = &base_url {
            file.set(&name, "ops_manager_url", base_url);
        }
        if let Some(service) = invocation.choice("service")? {
            file.set(&name, "service", &service);
        }
        for (flag, key) in [
            ("project", "project_id"),
            ("org", "org_id"),
            ("output", "output"),
        ] {
            if let Some(text) = invocation.values.text(flag) {
                file.set(&name, key, text);
            }
        }
        file.save()?;
        invocation
            .ui
            .print(&format!("Profile '{name}' created.\n"))?;
        Ok(Exit::Success)
    })
}

/// Returns the keys of the profile: of flags, else asked for on a terminal.
fn keys(invocation: &Invocation<'_>) -> Result<Vec<(&'static str, String)>, CliError> {
    let public = invocation.text("public-key").map(str::to_owned);
    let client = invocation.text("client-id").map(str::to_owned);
    let pair = |id_key, id: String, secret_key, flag: &str, kind: &str| {
        let secret = match invocation.secret(flag)? {
            Some(secret) => secret,
            None => secret::ask(flag)?,
        };
        Ok(vec![
            (id_key, id),
            (secret_key, secret),
            ("auth_type", kind.to_owned()),
        ])
    };
    match (public, client) {
        (Some(_), Some(_)) => Err(CliError::usage("`--public-key` and `--client-id` exclude each other")
            .with_hint("leave one of them out")),
        (None, Some(id)) => pair("client_id", id, "client_secret", "client-secret", "service_account"),
        (Some(id), None) => pair("public_api_key", id, "private_api_key", "private-key", "api_keys"),
        (None, None) if std::io::stdin().is_terminal() => {
            let id = secret::ask("public-key")?;
            pair("public_api_key", id, "private_api_key", "private-key", "api_keys")
        }
        (None, None) => Err(CliError::usage("`profile create` needs credentials").with_hint(
            "add `--public-key KEY --private-key-file FILE`, or `--client-id ID --client-secret-file FILE`",
        )),
    }
}

/// Returns the base URL of the flags or the environment.
fn base_url(invocation: &Invocation<'_>) -> Result<Option<String>, CliError> {
    if let Some(text) = invocation.text("base-url") {
        let base_url = mongodbatlas::BaseUrl::parse(text)
            .map_err(|error| CliError::usage(error.to_string()))?;
        return Ok(Some(base_url.to_string()));
    }
    let variable = std::env::var("ATLAS_BASE_URL").ok();
    Ok(variable.filter(|text| !text.trim().is_empty()))
}

/// Sends one request with the credentials.
async fn check(keys: &[(&str, String)], base_url: Option<&str>) -> Result<(), CliError> {
    let failed = |error: &mongodbatlas::Error| {
        let error = match error.kind() {
            ErrorKind::Configuration => CliError::usage(error.to_string()),
            _ => CliError::of_request(error, "cannot check the credentials"),
        };
        error.or_hint("`--no-check` stores them without a check")
    };
    let text = |name: &str| {
        keys.iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, text)| text.as_str())
    };
    let credentials: Credentials = if text("auth_type") == "api_keys" {
        ApiKey::new(text("public_api_key"), text("private_api_key"))
            .map_err(|error| failed(&error))?
            .into()
    } else {
        let account = ServiceAccount::new(text("client_id"), text("client_secret"));
        account.map_err(|error| failed(&error))?.into()
    };
    let mut builder = Atlas::builder()
        .with_credentials(credentials)
        .without_token_cache();
    if let Some(base_url) = base_url {
        builder = builder.with_base_url(base_url);
    }
    let atlas = builder.build().map_err(|error| failed(&error))?;
    let sent = atlas
        .operation(operation::LIST_ORGS)
        .with("itemsPerPage", 1)
        .send()
        .await;
    sent.map(drop).map_err(|error| failed(&error))
}

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut list = List::default();
        let file = invocation.session.config.file();
        for name in file.profiles() {
            let is_default = name == invocation.session.config.profile.value;
            let text = |key: &str| file.text(&name, key);
            let credentials = text("public_api_key").or_else(|| text("client_id"));
            let document = json!({
                "name": name,
                "default": if is_default { "yes" } else { "" },
                "credentials": credentials,
                "project_id": text("project_id"),
                "org_id": text("org_id"),
            });
            list.items.push(Item {
                document: document_of(&document)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

fn show<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").map(str::to_owned);
        let name = name.unwrap_or_else(|| invocation.session.config.profile.value.clone());
        let document = describe(invocation, &name)?;
        invocation.print(&Data::Document(document_of(&document)?))?;
        Ok(Exit::Success)
    })
}

/// Returns the settings of a profile, with `[REDACTED]` for secrets.
pub(crate) fn describe(invocation: &Invocation<'_>, name: &str) -> Result<Value, CliError> {
    let file = invocation.session.config.file();
    require(file, name)?;
    let mut document = serde_json::Map::new();
    for key in file.keys(name) {
        let text = file.text(name, &key).unwrap_or_default();
        let text = if secrets::is_secret(&key) {
            "[REDACTED]".to_owned()
        } else {
            text
        };
        document.insert(key, text.into());
    }
    Ok(Value::Object(document))
}

/// Returns an error for a profile that does not exist.
pub(crate) fn require(file: &ConfigFile, name: &str) -> Result<(), CliError> {
    if file.has(name) {
        return Ok(());
    }
    let profiles = file.profiles();
    let error = CliError::failure(format!("profile `{name}` not found")).with_exit(Exit::NotFound);
    Err(match nearest(name, profiles.iter().map(String::as_str)) {
        Some(known) => error.with_hint(format!("did you mean `{known}`?")),
        None => error.with_hint("`atlascli profile create` stores credentials in a profile"),
    })
}

fn use_profile<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").unwrap_or_default().to_owned();
        let mut file = ConfigFile::read()?;
        require(&file, &name)?;
        file.set_top(DEFAULT_KEY, &name);
        file.save()?;
        invocation
            .ui
            .print(&format!("Profile '{name}' is the default.\n"))?;
        Ok(Exit::Success)
    })
}

fn set<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let property = invocation.text("property").unwrap_or_default().to_owned();
        let value = invocation.text("value").unwrap_or_default().to_owned();
        let profile = invocation.session.config.profile.value.clone();
        write(&profile, &property, &value)?;
        invocation
            .ui
            .print(&format!("Updated property '{property}'\n"))?;
        Ok(Exit::Success)
    })
}

/// Writes a property of a profile; a secret goes to the keyring if there is one.
pub(crate) fn write(profile: &str, property: &str, value: &str) -> Result<(), CliError> {
    let mut file = ConfigFile::read()?;
    if property == "output" {
        crate::output::format::Format::parse(value)?;
    }
    if !(secrets::is_secret(property) && secrets::store(profile, property, value)) {
        file.set(profile, property, value);
    }
    file.save()
}

fn delete<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").unwrap_or_default().to_owned();
        let mut file = ConfigFile::read()?;
        require(&file, &name)?;
        let purpose = format!("delete profile `{name}`");
        if invocation.confirm(Danger::Confirm, &purpose, &name)? == Confirmation::Declined {
            return Ok(invocation.declined());
        }
        file.remove(&name);
        for key in secrets::KEYS {
            secrets::remove(&name, key);
        }
        file.save()?;
        invocation
            .ui
            .print(&format!("Profile '{name}' deleted\n"))?;
        Ok(Exit::Success)
    })
}

fn path<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let Some(path) = invocation.session.config.file().path() else {
            return Err(
                CliError::failure("there is no directory for the configuration")
                    .with_hint("set `HOME` or `XDG_CONFIG_HOME`"),
            );
        };
        let line = format!("{}\n", path.display());
        invocation.ui.print(&line)?;
        Ok(Exit::Success)
    })
}
