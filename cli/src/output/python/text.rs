//! Splits long strings after whitespace.

use super::literal;

/// Splits a string into quoted pieces that fit into the width unless a single word is longer. The last
/// piece is shorter by `allowance`.
pub(super) fn split_literal(text: &str, width: usize, allowance: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let lines = split(text, ends_line);
    for (index, line) in lines.iter().enumerate() {
        let allowance = if index + 1 == lines.len() {
            allowance
        } else {
            0
        };
        let whole = literal::text(line);
        if whole.chars().count() <= width.saturating_sub(allowance) {
            pieces.push(whole);
        } else {
            split_line(line, width, allowance, &mut pieces);
        }
    }
    pieces
}

/// Appends pieces with as many words as fit.
fn split_line(line: &str, width: usize, allowance: usize, pieces: &mut Vec<String>) {
    let words = split(line, |c, next| is_space(c) && !next.is_some_and(is_space));
    let mut piece = String::new();
    for (index, word) in words.iter().enumerate() {
        let available = if index + 1 == words.len() {
            width.saturating_sub(allowance)
        } else {
            width
        };
        let longer = format!("{piece}{word}");
        if literal::text(&longer).chars().count() <= available {
            piece = longer;
            continue;
        }
        if !piece.is_empty() {
            pieces.push(literal::text(&piece));
        }
        piece.clear();
        piece.push_str(word);
    }
    if !piece.is_empty() {
        pieces.push(literal::text(&piece));
    }
}

/// Splits a string after each character for which `ends` returns `true`, given the next one.
fn split(text: &str, ends: impl Fn(char, Option<char>) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if ends(c, next) {
            let (part, after) = rest.split_at(at + c.len_utf8() - (text.len() - rest.len()));
            parts.push(part);
            rest = after;
        }
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Returns `true` if Python's `str.splitlines` splits after this character.
fn ends_line(c: char, next: Option<char>) -> bool {
    match c {
        '\r' => next != Some('\n'),
        '\n' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        _ => false,
    }
}

/// Returns `true` for Python's whitespace.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}
