//! `config`: the official words for profiles.

use super::profile;
use crate::{
    config::file::ConfigFile,
    engine::{
        Invocation,
        definition::{Command, Example, Future, Noun, Target, argument},
        steps::print::document_of,
    },
    exit::Exit,
    output::render::Data,
};

/// The noun `config` with its commands.
pub(crate) static NOUN: Noun = Noun::new(
    "config",
    "Manage the configuration, with the words of the official CLI",
)
.commands(&[&LIST, &SET, &DESCRIBE]);

static LIST: Command =
    Command::local("list", "List the names of the profiles", list).examples(&[Example {
        line: "config list",
        task: "List the names of the profiles",
    }]);

static SET: Command = Command::local("set", "Set a property of the profile", set)
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
        .arguments(&[argument("name", Target::None, "Name of the profile").value_name("PROFILE")])
        .examples(&[Example {
            line: "config describe default",
            task: "Show the settings of a profile",
        }]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let names = invocation.session.config.file().profiles();
        if !invocation.session.format.is_prose() {
            let document = serde_json::Value::from(names);
            invocation.print(&Data::Document(document_of(&document)?))?;
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
        invocation.print(&Data::Document(document_of(&document)?))?;
        Ok(Exit::Success)
    })
}
