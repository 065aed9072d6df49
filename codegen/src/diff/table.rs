//! Formats a difference as a Markdown table.

use std::fmt;

use super::{Change, Difference, Kind, Subject};

const NO_CHANGES: &str = "No operation, parameter, field or value changed.";

impl fmt::Display for Difference {
    /// Writes a Markdown table with one row for each change.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return writeln!(f, "{NO_CHANGES}");
        }
        writeln!(
            f,
            "| change | element | before | after |\n|---|---|---|---|"
        )?;
        self.changes
            .iter()
            .try_for_each(|change| writeln!(f, "{change}"))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            subject,
            kind,
            name,
            ..
        } = self;
        let (old_value, new_value) = (format_cell(&self.old_value), format_cell(&self.new_value));
        write!(
            f,
            "| {kind} | {subject} `{}` |{old_value}|{new_value}|",
            escape(name)
        )
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::RequestField => "request field",
            Self::ResponseField => "response field",
            Self::Values => "values of",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Deprecated => "deprecated",
            Self::Sunset => "sunset",
            Self::ReVersioned => "re-versioned",
            Self::Added => "added",
        })
    }
}

/// Returns the content of a cell with its padding.
fn format_cell(text: &str) -> String {
    if text.is_empty() {
        " ".to_owned()
    } else {
        format!(" {} ", escape(text))
    }
}

/// Escapes bars, which would end the cell.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
