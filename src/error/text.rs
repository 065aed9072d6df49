//! Formats text of servers for one line of a terminal.

use std::borrow::Cow;

/// Maximum characters of a summary.
const MAX_SUMMARY: usize = 200;

/// Returns the text in one line. White space and control characters become single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || is_unprintable(c)) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Returns the title of an HTML page, or the first line of any other text.
pub(crate) fn summarize(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(64 * 1024)]);
    let text: Cow<'_, str> = if looks_like_html(&text) {
        Cow::Owned(find_title(&text).unwrap_or_else(|| remove_tags(&text)))
    } else {
        text
    };
    let line = text.lines().map(one_line).find(|line| !line.is_empty())?;
    Some(truncate(&line))
}

/// Returns `true` if a text is HTML or XML.
pub(crate) fn looks_like_html(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
}

/// Returns `true` for control characters, zero-width characters and characters that change the text direction.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Truncates a line to [`MAX_SUMMARY`] characters and an ellipsis.
fn truncate(line: &str) -> String {
    match line.char_indices().nth(MAX_SUMMARY) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// Returns the contents of the `title` element; `None` if it is blank.
fn find_title(html: &str) -> Option<String> {
    // ASCII lowercasing preserves byte offsets
    let lower = html.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = one_line(&html[start..end]);
    (!title.is_empty()).then_some(title)
}

/// Returns the text between the tags, one line for each tag.
fn remove_tags(html: &str) -> String {
    html.split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .fold(String::new(), |mut text, piece| {
            text.push_str(piece);
            text.push('\n');
            text
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_is_summarized_by_its_title() {
        let page = b"<!DOCTYPE html>\n<html><head><TITLE lang=en>502\n Bad Gateway</title></head>";

        assert_eq!(summarize(page).as_deref(), Some("502 Bad Gateway"));
    }

    #[test]
    fn html_without_title_is_summarized_by_its_first_text() {
        assert_eq!(
            summarize(b"<html><body><h1>Sign in</h1><p>now").as_deref(),
            Some("Sign in")
        );
    }

    #[test]
    fn text_is_summarized_by_its_first_line() {
        assert_eq!(
            summarize(b"\n\nupstream gone\nmore").as_deref(),
            Some("upstream gone")
        );
    }

    #[test]
    fn blank_body_has_no_summary() {
        assert_eq!(summarize(b" \r\n "), None);
        assert_eq!(summarize(b""), None);
    }

    #[test]
    fn one_line_replaces_control_characters_with_spaces() {
        assert_eq!(one_line("a\x1b[31mb\r\n\tc\u{202e}d"), "a [31mb c d");
    }

    #[test]
    fn long_text_is_truncated_between_characters() {
        let summary_line = summarize("é".repeat(500).as_bytes()).unwrap();

        assert_eq!(summary_line.chars().count(), MAX_SUMMARY + 1);
        assert!(summary_line.ends_with('…'));
    }

    proptest! {
        #[test]
        fn summary_never_panics(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(line) = summarize(&body) {
                prop_assert!(!line.chars().any(char::is_control));
            }
        }

        #[test]
        fn summary_of_html_never_panics(page in "<(title|/title|TITLE|p| |é|>|<|x){0,30}") {
            summarize(page.as_bytes());
        }
    }
}
