//! Tables that fit the terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::{output::column, terminal::printable};

/// The space between columns.
const GAP: &str = "   ";
/// The smallest width of a column that is shortened.
const MIN_WIDTH: usize = 8;

/// A table of texts.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    /// The styles of the columns.
    pub(crate) styles: Vec<column::Style>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Formats the table. Without a width, nothing is shortened.
    pub(crate) fn text(&self, width: Option<usize>) -> String {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| printable_row(row)).collect();
        let mut widths: Vec<usize> = self
            .headings
            .iter()
            .map(|heading| heading.width())
            .collect();
        for row in &rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(cell.width());
            }
        }
        if let Some(width) = width {
            shrink(&mut widths, width);
        }
        let mut text = self.line(&self.headings, &widths, false);
        for row in &rows {
            text.push_str(&self.line(row, &widths, true));
        }
        text
    }

    fn line(&self, cells: &[String], widths: &[usize], is_data: bool) -> String {
        let mut line = String::new();
        let mut padding = 0;
        for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
            if index > 0 {
                line.extend(std::iter::repeat_n(' ', padding));
                line.push_str(GAP);
            }
            let cell = shorten(cell, *width);
            padding = width.saturating_sub(cell.width());
            let is_state = self.styles.get(index) == Some(&column::Style::State);
            match state_style(&cell).filter(|_| is_state && is_data) {
                Some(style) => {
                    let _ = write!(line, "{style}{cell}{style:#}");
                }
                None => line.push_str(&cell),
            }
        }
        let end = line.trim_end().len();
        line.truncate(end);
        line.push('\n');
        line
    }
}

fn printable_row(row: &[String]) -> Vec<String> {
    row.iter()
        .map(|cell| printable(cell).into_owned())
        .collect()
}

/// Shortens the widest columns until the table fits.
fn shrink(widths: &mut [usize], width: usize) {
    loop {
        let total = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
        let Some(widest) = widths.iter_mut().max() else {
            return;
        };
        if total <= width || *widest <= MIN_WIDTH {
            return;
        }
        *widest -= 1;
    }
}

/// Shortens a text to a width in columns of the terminal.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut shortened = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        shortened.push(letter);
    }
    shortened.push('…');
    shortened
}

/// Returns the colour of a state.
fn state_style(state: &str) -> Option<Style> {
    let color = match state.to_ascii_uppercase().as_str() {
        "RUNNING" | "IDLE" | "AVAILABLE" | "COMPLETED" | "ACTIVE" | "OPEN" | "READY" => {
            AnsiColor::Green
        }
        "PAUSED" | "CLOSED" | "DELETED" => AnsiColor::BrightBlack,
        "FAILED" | "REJECTED" | "EXPIRED" => AnsiColor::Red,
        "CREATING" | "UPDATING" | "REPAIRING" | "PAUSING" | "RESUMING" | "DELETING" | "PENDING"
        | "INPROGRESS" | "QUEUED" | "INITIATING" => AnsiColor::Yellow,
        _ => return None,
    };
    Some(color.on_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 2]]) -> Table {
        Table {
            headings: vec!["NAME".to_owned(), "STATE".to_owned()],
            styles: vec![column::Style::Plain; 2],
            rows: rows
                .iter()
                .map(|row| row.map(str::to_owned).to_vec())
                .collect(),
        }
    }

    #[test]
    fn columns_align_wide_and_combining_characters() {
        let text = table(&[["データ", "IDLE"], ["e\u{301}a", "IDLE"]]).text(None);

        assert_eq!(
            text,
            "NAME     STATE\nデータ   IDLE\ne\u{301}a       IDLE\n"
        );
    }

    #[test]
    fn widest_column_is_shortened_to_the_terminal() {
        let text = table(&[["a-very-long-name-of-a-cluster", "IDLE"]]).text(Some(20));

        assert_eq!(text, "NAME           STATE\na-very-long…   IDLE\n");
    }

    #[test]
    fn control_characters_are_escaped() {
        assert!(table(&[["a\x1b[2J", "x"]]).text(None).contains("a\\x1b[2J"));
    }

    #[test]
    fn tables_fit_every_width() {
        let names = [
            "shop-production",
            "データ基盤-warehouse-2026",
            "e\u{301}clair-cafe\u{301}-zu\u{308}rich",
            "👩‍💻-ops",
        ];
        let rows = names.map(|name| {
            vec![
                name.to_owned(),
                "Älvsjö: sensors, edge".repeat(2),
                "IDLE".to_owned(),
            ]
        });
        let table = Table {
            headings: ["NAME", "PROJECT", "STATE"].map(str::to_owned).to_vec(),
            styles: vec![column::Style::Plain; 3],
            rows: rows.to_vec(),
        };
        let mut golden = String::new();
        for width in [40, 80, 120, 200] {
            let text = table.text(Some(width));
            assert!(
                text.lines().all(|line| line.width() <= width),
                "{width}: {text}"
            );
            let _ = write!(golden, "{width}\n{text}\n");
        }

        insta::assert_snapshot!(golden);
    }
}
