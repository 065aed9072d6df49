//! `config`: the official words for profiles.

mod edit;
mod rename;

use super::profile::{
    self,
    create::{self, CREATE_ARGUMENTS, CREATE_FLAGS},
};
use crate::{
    config::file::ConfigFile,
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Input, Noun, Target, argument},
        steps::print::to_document,
    },
    exit::Exit,
    output::render::Data,
};

/// The command group `config`.
pub(crate) static NOUN: Noun = Noun::new(
    "config",
    "Manage the configuration, with the words of the official CLI",
)
.commands(&[
    &INIT,
    &LIST,
    &SET,
    &DESCRIBE,
    &edit::EDIT,
    &rename::RENAMED_PARAMETERS,
    &DELETE,
])
.default_command(&INIT);

/// The name of a profile, under the name that the official CLI gives the argument.
const NAME: Input = argument("name", Target::None, "Name of the profile").value_name("PROFILE");

static INIT: Command = Command::local(
    "init",
    "Store credentials in a profile, as `profile create`",
    create::create,
)
.arguments(CREATE_ARGUMENTS)
.flags(CREATE_FLAGS)
.examples(&[Example {
    line: "config init --profile nightly --public-key zmmrboas --private-key-file key.txt --no-check",
    task: "Store an API key in a profile",
}]);

static LIST: Command =
    Command::local("list", "List the names of the profiles", list).examples(&[Example {
        line: "config list",
        task: "List the names of the profiles",
    }]);

static SET: Command = Command::local("set", "Set a property of the profile", set)
    .details(
        "Properties that the program does not know are stored as they are. Secrets are stored in the system keyring \
         if there is one.",
    )
    .arguments(&[
        argument(
            "property-name",
            Target::None,
            "Property, such as project_id",
        )
        .value_name("PROPERTY"),
        argument("value", Target::None, "Value"),
    ])
    .examples(&[Example {
        line: "config set org_id 5f0c2a9e1b3d4e0001a2b3c4",
        task: "Set the organization of the profile",
    }]);

static DESCRIBE: Command =
    Command::local("describe", "Show a profile without its secrets", describe)
        .arguments(&[NAME])
        .examples(&[Example {
            line: "config describe default",
            task: "Show the settings of a profile",
        }]);

static DELETE: Command = Command::local(
    "delete",
    "Delete a profile with its secrets",
    profile::delete,
)
.arguments(&[NAME])
.danger(Danger::Confirm)
.examples(&[Example {
    line: "config delete default --force",
    task: "Delete a profile without a confirmation",
}]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let names = invocation.session.config.file().profiles();
        if !invocation.session.format.is_human_readable() {
            let document = serde_json::Value::from(names);
            invocation.print(&Data::Document(to_document(&document)?))?;
            return Ok(Exit::Success);
        }
        let lines: String = names
            .iter()
            .flat_map(|name| [name.as_str(), "\n"])
            .collect();
        invocation.ui.print(&format!("PROFILE NAME\n{lines}"))?;
        Ok(Exit::Success)
    })
}

fn set<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let property = invocation
            .text("property-name")
            .unwrap_or_default()
            .to_owned();
        let value = invocation.text("value").unwrap_or_default().to_owned();
        let profile = invocation.session.config.profile.value.clone();
        profile::write(&profile, &property, &value)?;
        invocation
            .ui
            .print(&format!("Updated property '{property}'\n"))?;
        Ok(Exit::Success)
    })
}

fn describe<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("name").unwrap_or_default().to_owned();
        profile::require(&ConfigFile::read()?, &name)?;
        let document = profile::describe(invocation, &name)?;
        invocation.print(&Data::Document(to_document(&document)?))?;
        Ok(Exit::Success)
    })
}
