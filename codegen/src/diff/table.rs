//! A difference as text.

use std::fmt;

use super::{Change, Difference, Kind, Subject};

/// What is printed where there is nothing to tell.
const NOTHING: &str = "No operation, parameter, field or value changed.";

impl fmt::Display for Difference {
    /// Writes a Markdown table, one change a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return writeln!(f, "{NOTHING}");
        }
        writeln!(f, "| change | what | was | is |\n|---|---|---|---|")?;
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
        let (was, is) = (cell(&self.was), cell(&self.is));
        write!(f, "| {kind} | {subject} `{}` |{was}|{is}|", escaped(name))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::RequestField => "request field",
            Self::AnswerField => "answer field",
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

/// A cell's text between its bars.
fn cell(text: &str) -> String {
    if text.is_empty() {
        " ".to_owned()
    } else {
        format!(" {} ", escaped(text))
    }
}

/// The text with the bars escaped that would end its cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
