//! Long texts as pieces that fit, broken behind white space.

use super::literal;

/// The pieces, in quotes. Each fits into the width if its words do; the last leaves room for what
/// has to follow.
pub(super) fn pieces(text: &str, width: usize, allowance: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let lines = split(text, ends_line);
    for (index, line) in lines.iter().enumerate() {
        let follows = if index + 1 == lines.len() {
            allowance
        } else {
            0
        };
        let whole = literal::text(line);
        if whole.chars().count() <= width.saturating_sub(follows) {
            pieces.push(whole);
        } else {
            words(line, width, follows, &mut pieces);
        }
    }
    pieces
}

/// Puts as many words into each piece as fit.
fn words(line: &str, width: usize, follows: usize, pieces: &mut Vec<String>) {
    let words = split(line, |c, next| is_space(c) && !next.is_some_and(is_space));
    let mut piece = String::new();
    for (index, word) in words.iter().enumerate() {
        let room = if index + 1 == words.len() {
            width.saturating_sub(follows)
        } else {
            width
        };
        let longer = format!("{piece}{word}");
        if literal::text(&longer).chars().count() <= room {
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

/// Cuts a text behind each character that ends a part, given the one that follows.
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

/// What Python's `str.splitlines` takes for the end of a line.
fn ends_line(c: char, next: Option<char>) -> bool {
    match c {
        '\r' => next != Some('\n'),
        '\n' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        _ => false,
    }
}

/// What Python takes for white space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}
