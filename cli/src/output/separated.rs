//! Formats CSV and TSV.

use std::borrow::Cow;

use super::table::Table;
use crate::{error::CliError, terminal::escape_controls};

/// Formats a table with a separator between the cells.
pub(crate) fn text(table: &Table, separator: u8) -> Result<String, CliError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| CliError::failure(format!("cannot write CSV: {error}"));
    let headings = table
        .headings
        .iter()
        .map(|heading| heading.to_lowercase().replace(' ', "_"));
    writer.write_record(headings).map_err(failed)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| escape_controls(cell));
        writer
            .write_record(cells.map(Cow::into_owned))
            .map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| CliError::failure(format!("cannot write CSV: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
