//! The output formats.

use crate::error::CliError;

/// An output format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A table for people.
    Table,
    /// Columns and one-line results for scripts, as the official CLI prints them.
    Plaintext,
    /// One JSON document.
    Json,
    /// One JSON document for each item.
    JsonLines,
    /// YAML.
    Yaml,
    /// The columns, separated by commas.
    Csv,
    /// The columns, separated by tabs.
    Tsv,
    /// The ids of the items.
    Ids,
    /// Python literals.
    Python,
    /// The result of a `JSONPath` expression.
    JsonPath(String),
    /// A Go template.
    GoTemplate(String),
}

/// The names, for errors and completion.
pub(crate) const NAMES: [&str; 9] = [
    "table",
    "plaintext",
    "json",
    "jsonl",
    "yaml",
    "csv",
    "tsv",
    "ids",
    "python",
];

impl Format {
    /// Parses the value of `--output`.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the format is unknown or a template file cannot be read.
    pub(crate) fn parse(text: &str) -> Result<Self, CliError> {
        let (name, argument) = match text.split_once('=') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        Ok(match (name, argument) {
            ("table", None) => Self::Table,
            ("plaintext" | "plain" | "text" | "", None) => Self::Plaintext,
            ("json", None) => Self::Json,
            ("jsonl" | "ndjson", None) => Self::JsonLines,
            ("yaml", None) => Self::Yaml,
            ("csv", None) => Self::Csv,
            ("tsv", None) => Self::Tsv,
            ("ids", None) => Self::Ids,
            ("python", None) => Self::Python,
            ("json-path" | "jsonpath", Some(path)) => Self::JsonPath(path.to_owned()),
            ("go-template", Some(template)) => Self::GoTemplate(template.to_owned()),
            ("go-template-file", Some(file)) => {
                let template = std::fs::read_to_string(file).map_err(|error| {
                    CliError::usage(format!("cannot read the template `{file}`: {error}"))
                })?;
                Self::GoTemplate(template)
            }
            _ => {
                return Err(
                    CliError::usage(format!("unknown output format `{text}`")).with_hint(format!(
                        "formats: {}, json-path=EXPR, go-template=TEMPLATE, go-template-file=FILE",
                        NAMES.join(", ")
                    )),
                );
            }
        })
    }

    /// Returns `true` if stdout is a table or a message rather than data for programs.
    pub(crate) fn is_human_readable(&self) -> bool {
        matches!(self, Self::Table | Self::Plaintext)
    }
}
