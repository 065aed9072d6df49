//! `config rename`.

use crate::{
    commands::local::profile,
    config::{file::ConfigFile, secrets},
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Target, argument},
        steps::confirm::Confirmation,
    },
    error::CliError,
    exit::Exit,
};

/// The command `config rename`.
pub(super) static RENAMED_PARAMETERS: Command = Command::local(
    "rename",
    "Rename a profile",
    rename,
)
.aliases(&["mv"])
.details("Asks for a confirmation if a profile has the new name already, which is then replaced.")
.arguments(&[
    argument("old-profile-name", Target::None, "Name of the profile").value_name("OLD"),
    argument("new-profile-name", Target::None, "New name of the profile").value_name("NEW"),
])
.examples(&[Example {
    line: "config rename default nightly",
    task: "Rename a profile",
}]);

fn rename<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let text = |name: &str| invocation.text(name).unwrap_or_default().to_owned();
        let (old, new) = (text("old-profile-name"), text("new-profile-name"));
        let mut file = ConfigFile::read()?;
        profile::require(&file, &old)?;
        if old.eq_ignore_ascii_case(&new) {
            return Err(CliError::usage(format!(
                "the profile is called `{old}` already"
            )));
        }
        let purpose = format!("replace profile `{new}`");
        if file.has(&new)
            && invocation.confirm(Danger::Confirm, &purpose, &new)? == Confirmation::Declined
        {
            return Ok(invocation.declined());
        }
        file.rename(&old, &new);
        file.save()?;
        secrets::rename(&old, &new);
        invocation
            .ui
            .print(&format!("The profile '{old}' is now called '{new}'.\n"))?;
        Ok(Exit::Success)
    })
}
