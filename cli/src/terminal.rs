//! Escapes names from the server, which may contain terminal control sequences.
//!
//! As in Python's `repr`, characters that are not printable become escapes such as `\x1b` or
//! `\u202e`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns `true` if the character is printable in Python: not a control, format, surrogate, private
/// use or unassigned character, and not a separator other than the space.
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    // `escape_debug` uses the same table. It escapes combining characters only at the start of a
    // string, hence the leading letter.
    let mut text = String::with_capacity(5);
    text.push('a');
    text.push(c);
    text.escape_debug().nth(1) == Some(c)
}

/// Appends Python's escape of a character that is not printable.
pub(crate) fn push_escape(text: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = match u32::from(c) {
        0x0a => text.write_str("\\n"),
        0x0d => text.write_str("\\r"),
        0x09 => text.write_str("\\t"),
        code @ ..=0xff => write!(text, "\\x{code:02x}"),
        code @ ..=0xffff => write!(text, "\\u{code:04x}"),
        code => write!(text, "\\U{code:08x}"),
    };
}

/// Escapes the characters that are not printable.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_printable(c) {
            escaped.push(c);
        } else {
            push_escape(&mut escaped, c);
        }
    }
    Cow::Owned(escaped)
}

/// Escapes control characters except line ends and tabs, for cells of CSV.
pub(crate) fn escape_controls(text: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_escaped(c) {
            push_escape(&mut escaped, c);
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// The width in columns where it is unknown.
const DEFAULT_WIDTH: usize = 100;

/// Returns the width of the terminal of stdout in columns.
pub(crate) fn stdout_width() -> usize {
    width_of(terminal_size::terminal_size())
}

/// Returns the width of the terminal of stderr in columns.
pub(crate) fn stderr_width() -> usize {
    width_of(terminal_size::terminal_size_of(std::io::stderr()))
}

/// Returns the width in `COLUMNS` if the variable is set, otherwise the width of the terminal.
fn width_of(size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    let columns = std::env::var("COLUMNS").ok();
    let columns = columns.and_then(|columns| columns.parse().ok());
    columns
        .or_else(|| size.map(|(width, _)| usize::from(width.0)))
        .unwrap_or(DEFAULT_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_control_characters() {
        assert_eq!(
            printable("a\x1b[2Jb\r\n\t\u{9b}\u{202e}\u{feff}\u{e0001}"),
            r"a\x1b[2Jb\r\n\t\x9b\u202e\ufeff\U000e0001"
        );
    }

    #[test]
    fn keeps_printable_characters() {
        for text in [
            "Café Zürich",
            "データ基盤",
            "it's \"q\" \\",
            "e\u{301}",
            "🦀",
        ] {
            assert_eq!(printable(text), text);
        }
    }
}
