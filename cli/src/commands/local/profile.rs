//! `profile`: the profiles of the configuration.

pub(crate) mod create;

use serde_json::{Value, json};

use crate::{
    config::{
        DEFAULT_KEY,
        file::{ConfigFile, no_directory},
        secrets,
    },
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Input, Noun, Target, argument, column},
        names::suggest::nearest,
        steps::{confirm::Confirmation, print::to_document},
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command group `profile`.
pub(crate) static NOUN: Noun =
    Noun::new("profile", "Manage profiles with credentials and defaults")
        .aliases(&["profiles"])
        .commands(&[&create::CREATE, &LIST, &SHOW, &USE, &SET, &DELETE, &PATH]);

pub(super) const NAME: Input =
    argument("name", Target::None, "Name of the profile").value_name("PROFILE");

/// The command `profile list`.
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
                document: to_document(&document)?,
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
        invocation.print(&Data::Document(to_document(&document)?))?;
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

/// Fails if a profile does not exist.
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
    check_property(property, value)?;
    if secrets::is_secret(property) && secrets::store(profile, property, value) {
        // a value in the file would take precedence
        file.unset(profile, property);
    } else if GLOBAL_PROPERTIES.contains(&property) {
        file.set_top(property, value);
    } else {
        file.set(profile, property, value);
    }
    file.save()
}

/// The properties of all profiles, which are outside of the tables.
const GLOBAL_PROPERTIES: [&str; 3] = [
    "skip_update_check",
    "telemetry_enabled",
    "silence_storage_warning",
];

/// Rejects a malformed value of a property that the program reads. Other properties have any value.
fn check_property(property: &str, value: &str) -> Result<(), CliError> {
    match property {
        "output" => {
            crate::output::format::Format::parse(value)?;
        }
        "ops_manager_url" | "base_url" => {
            create::parse_base_url(value)?;
        }
        "service" if !matches!(value, "cloud" | "cloudgov") => {
            return Err(CliError::usage(format!("unknown service `{value}`"))
                .with_hint("services: cloud, cloudgov"));
        }
        _ => {}
    }
    Ok(())
}

/// Deletes the profile of the argument `name`.
pub(super) fn delete<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").unwrap_or_default().to_owned();
        let mut file = ConfigFile::read()?;
        require(&file, &name)?;
        let purpose = format!("delete profile `{name}`");
        if invocation.confirm(Danger::Confirm, &purpose, &name)? == Confirmation::Declined {
            return Ok(invocation.declined());
        }
        file.remove(&name);
        for key in secrets::KEYRING_KEYS {
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
            return Err(no_directory());
        };
        let line = format!("{}\n", path.display());
        invocation.ui.print(&line)?;
        Ok(Exit::Success)
    })
}
