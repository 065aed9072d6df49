//! `schedule override`: keeps a cluster running until a time.

use mongodbatlas::{ScheduleFile, SchedulePlan};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{FILE, apply, file};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, argument, flag},
    },
    error::CliError,
    exit::Exit,
};

/// The command `schedule override`.
pub(super) static OVERRIDE: Command = Command::local(
    "override",
    "Keep a cluster running until a time, whatever its schedules say",
    add,
)
.details(
    "Adds an entry to `overrides` in the TOML file and keeps its comments. Jobs that `schedule export` wrote carry a \
     copy of the file and have to be exported again.",
)
.arguments(&[argument(
    "cluster",
    Target::None,
    "Cluster: NAME, PROJECT:NAME, a glob or tag:KEY=VALUE",
)])
.flags(&[
    FILE,
    flag(
        "running-until",
        Target::None,
        "End of the override: a date, or a date and a time in the file's zone",
    )
    .value_name("TIME")
    .required(),
])
.examples(&[Example {
    line: "schedule override Storefront:shop-staging --running-until '2026-09-05 22:00'",
    task: "Keep a cluster running for a release",
}]);

fn add<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let schedules = file::read(invocation)?;
        let (path, text) = file::read_text(invocation)?;
        let cluster = invocation.text("cluster").unwrap_or_default().to_owned();
        let end = file::time_flag(invocation, "running-until", &schedules)?;
        let until = invocation
            .text("running-until")
            .unwrap_or_default()
            .to_owned();
        let atlas = invocation.session.atlas().await?;
        let plan = apply::read_plan(&atlas, &schedules, None).await?;
        if end.is_none_or(|end| end <= plan.now) {
            return Err(
                CliError::usage(format!("`{until}` for `--running-until` is in the past"))
                    .with_hint("write a later date, or a date and a time"),
            );
        }
        let Ok(mut document) = text.parse::<DocumentMut>() else {
            return Err(CliError::usage(format!("`{path}` is not a TOML file")).with_hint(format!(
                "add an entry with `cluster: \"{cluster}\"` and `until: \"{until}\"` to `overrides` in the file"
            )));
        };
        append(&mut document, &cluster, &until)?;
        let changed = document.to_string();
        check(&path, &changed, &plan)?;
        if invocation.is_on("dry-run") {
            invocation.ui.print(&changed)?;
            return Ok(Exit::Success);
        }
        file::replace(&path, &changed)?;
        invocation
            .ui
            .print(&format!("`{cluster}` runs until {until} (`{path}`).\n"))?;
        invocation.ui.hint(
            "jobs of `schedule export` carry a copy of the file: export them again to apply this there",
        );
        Ok(Exit::Success)
    })
}

/// Adds a table to `overrides`.
fn append(document: &mut DocumentMut, cluster: &str, until: &str) -> Result<(), CliError> {
    let overrides = document
        .entry("overrides")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = overrides.as_array_of_tables_mut() else {
        return Err(CliError::usage("`overrides` is not a list of tables")
            .with_hint("write each entry under `[[overrides]]`"));
    };
    let mut table = Table::new();
    table.insert("cluster", value(cluster));
    table.insert("until", value(until));
    tables.push(table);
    Ok(())
}

/// Checks the changed file before it is written: the new entry must be valid, and match a cluster.
fn check(path: &str, text: &str, plan: &SchedulePlan) -> Result<(), CliError> {
    let document = file::parse(path, text)?;
    let file = ScheduleFile::from_document(&document).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        CliError::usage(format!("the entry is invalid: {}", faults.join("; ")))
    })?;
    let clusters: Vec<_> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.target.clone())
        .collect();
    let unmatched = file.unmatched_selectors(&clusters);
    let added = unmatched
        .iter()
        .rfind(|fault| fault.path.starts_with("overrides["));
    if let Some(fault) = added
        && plan.failures.is_empty()
    {
        return Err(CliError::failure(fault.message.clone())
            .with_exit(Exit::NotFound)
            .with_hint("`atlascli schedule check` shows the clusters with a schedule"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_is_appended_and_comments_stay() {
        let text = "# The schedules of the shop.\n[schedules.s] # office\nselect = [\"*\"]\nrunning = []\n";
        let mut document: DocumentMut = text.parse().unwrap();

        append(&mut document, "shop:dev-1", "2026-12-01 18:00").unwrap();
        append(&mut document, "dev-2", "2026-12-02").unwrap();

        assert_eq!(
            document.to_string(),
            format!(
                "{text}\n[[overrides]]\ncluster = \"shop:dev-1\"\nuntil = \"2026-12-01 18:00\"\n\
                 \n[[overrides]]\ncluster = \"dev-2\"\nuntil = \"2026-12-02\"\n"
            )
        );
    }
}
