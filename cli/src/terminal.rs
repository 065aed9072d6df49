//! What may reach a terminal: names come from a server, and a name can hold an escape sequence.
//!
//! The rule is Python's, since the output imitates Python's: a character that is not printable is
//! written as an escape, such as `\x1b` or `\u202e`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether Python calls this character printable: neither control, format, surrogate, private,
/// unassigned nor a separator other than the space.
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    // The standard library has the same table, but shows it only through the escaping of texts.
    // There the first character is treated specially, hence the letter in front.
    let mut text = String::with_capacity(5);
    text.push('a');
    text.push(c);
    text.escape_debug().nth(1) == Some(c)
}

/// Appends the escape that Python writes for a character that is not printable.
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

/// The text with everything that is not printable escaped.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_the_cursor_is_escaped() {
        assert_eq!(
            printable("a\x1b[2Jb\r\n\t\u{9b}\u{202e}\u{feff}\u{e0001}"),
            r"a\x1b[2Jb\r\n\t\x9b\u202e\ufeff\U000e0001"
        );
    }

    #[test]
    fn letters_of_any_script_stay() {
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
