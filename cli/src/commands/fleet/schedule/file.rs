//! Reads schedule files.

use std::{fs, path::Path};

use jiff::Timestamp;
use mongodbatlas::ScheduleFile;
use serde_json::Value;

use super::DEFAULT_FILE;
use crate::{engine::Invocation, error::CliError};

/// Reads the file of `--file`.
///
/// # Errors
///
/// Fails with exit code 2 if the file cannot be read or has faults; the message names every fault.
pub(super) fn read(invocation: &Invocation<'_>) -> Result<ScheduleFile, CliError> {
    let (path, text) = read_text(invocation)?;
    let document = parse(&path, &text)?;
    ScheduleFile::from_document(&document).map_err(|faults| {
        let count = faults.len();
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        let noun = if count == 1 { "fault" } else { "faults" };
        CliError::usage(format!("{count} {noun} in `{path}`: {}", faults.join("; ")))
            .with_hint("`atlascli help schedule-file` describes the keys")
    })
}

/// Returns the path and the content of the file of `--file`.
///
/// # Errors
///
/// Fails with exit code 2 if the file cannot be read.
pub(super) fn read_text(invocation: &Invocation<'_>) -> Result<(String, String), CliError> {
    let path = invocation.text("file").unwrap_or(DEFAULT_FILE);
    let text = fs::read_to_string(path).map_err(|error| {
        CliError::usage(format!("cannot read `{path}`: {error}")).with_hint(
            "name the schedule file with `--file FILE`; `atlascli help schedule-file` describes it",
        )
    })?;
    Ok((path.to_owned(), text))
}

/// Parses a file as TOML, YAML or JSON, depending on the file name extension.
pub(super) fn parse(path: &str, text: &str) -> Result<Value, CliError> {
    let ending = Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str());
    let parsed = match ending.map(str::to_lowercase).as_deref() {
        Some("json") => serde_json::from_str(text).map_err(|error| error.to_string()),
        Some("yaml" | "yml") => serde_saphyr::from_str(text).map_err(|error| error.to_string()),
        _ => parse_toml(text),
    };
    parsed.map_err(|error| {
        let error = error.trim_end().replace('\n', " ");
        CliError::usage(format!("invalid syntax in `{path}`: {error}"))
            .with_hint("the ending of the name decides the format: .toml, .yaml or .json")
    })
}

/// Parses TOML. Dates and times become strings.
fn parse_toml(text: &str) -> Result<Value, String> {
    let document: toml_edit::DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| error.to_string())?;
    Ok(json_of(document.as_item()))
}

/// Returns a TOML item as JSON.
fn json_of(item: &toml_edit::Item) -> Value {
    if let Some(tables) = item.as_array_of_tables() {
        let tables = tables.iter().map(|table| json_of_table(table));
        return tables.collect();
    }
    if let Some(table) = item.as_table_like() {
        return json_of_table(table);
    }
    item.as_value().map_or(Value::Null, json_of_value)
}

fn json_of_table(table: &dyn toml_edit::TableLike) -> Value {
    let fields = table.iter();
    fields
        .map(|(key, item)| (key.to_owned(), json_of(item)))
        .collect()
}

fn json_of_value(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().clone().into(),
        toml_edit::Value::Integer(number) => (*number.value()).into(),
        toml_edit::Value::Float(number) => (*number.value()).into(),
        toml_edit::Value::Boolean(value) => (*value.value()).into(),
        toml_edit::Value::Datetime(time) => time.value().to_string().into(),
        toml_edit::Value::Array(items) => items.iter().map(json_of_value).collect(),
        toml_edit::Value::InlineTable(table) => json_of_table(table),
    }
}

/// Replaces a file as a whole, so that no reader sees a part of it.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub(super) fn replace(path: &str, text: &str) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::failure(format!("cannot write `{path}`: {error}"))
            .with_hint("choose a file in a writable directory")
    };
    // A symbolic link stays, and its target is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| Path::new(path).to_owned());
    let directory = target.parent();
    let directory = directory.filter(|directory| !directory.as_os_str().is_empty());
    let file = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new(".")));
    let file = file.map_err(failed)?;
    fs::write(file.path(), text).map_err(failed)?;
    if let Ok(metadata) = fs::metadata(&target) {
        fs::set_permissions(file.path(), metadata.permissions()).map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Returns the time of `--at`, if the flag is given.
///
/// # Errors
///
/// Fails with exit code 2 if the text is not a time.
pub(super) fn time_flag(
    invocation: &Invocation<'_>,
    name: &str,
    file: &ScheduleFile,
) -> Result<Option<Timestamp>, CliError> {
    let text = invocation.text(name);
    text.map(|text| {
        let time = file.parse_time(text);
        time.map_err(|error| CliError::usage(format!("invalid value for `--{name}`: {error}")))
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn formats_have_the_same_document() {
        let expected = json!({
            "timezone": "UTC",
            "schedules": { "office": {
                "select": ["dev-*", { "tag": "env=dev" }],
                "running": ["mon-fri 07:30-19:00"],
                "exceptions": [{ "date": "2026-12-05", "running": [] }]
            } },
            "overrides": [{ "cluster": "dev-1", "until": "2026-12-01 18:00" }]
        });
        let toml = r#"
            timezone = "UTC"
            [schedules.office]
            select = ["dev-*", { tag = "env=dev" }]
            running = ["mon-fri 07:30-19:00"]
            exceptions = [{ date = 2026-12-05, running = [] }]
            [[overrides]]
            cluster = "dev-1"
            until = "2026-12-01 18:00"
        "#;
        let yaml = "
timezone: UTC
schedules:
  office:
    select: ['dev-*', { tag: env=dev }]
    running: ['mon-fri 07:30-19:00']
    exceptions: [{ date: '2026-12-05', running: [] }]
overrides:
  - { cluster: dev-1, until: '2026-12-01 18:00' }
";
        for (path, text) in [
            ("a.toml", toml),
            ("a.yaml", yaml),
            ("a.yml", yaml),
            ("a.json", &expected.to_string()),
        ] {
            assert_eq!(parse(path, text).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn syntax_error_names_the_file() {
        for (path, text) in [("a.toml", "x = ["), ("a.yaml", "a: [\n"), ("a.json", "{")] {
            let error = parse(path, text).unwrap_err();
            assert!(error.message().contains(path), "{}", error.message());
        }
    }
}
