//! What a server wrote, made fit for one line of a terminal.

use std::borrow::Cow;

/// How much of a foreign text is shown.
const SHOWN: usize = 200;

/// The text in one line: runs of white space become one space, control characters go.
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

/// What a body that is no Atlas document says: an HTML page's title, else the first line of text.
pub(crate) fn summary(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(64 * 1024)]);
    let text: Cow<'_, str> = if looks_like_html(&text) {
        Cow::Owned(title(&text).unwrap_or_else(|| without_tags(&text)))
    } else {
        text
    };
    let line = text.lines().map(one_line).find(|line| !line.is_empty())?;
    Some(shortened(&line))
}

/// Whether a body is a page for people rather than an answer for programs.
pub(crate) fn looks_like_html(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
}

/// Whether a character moves the cursor, changes the terminal or turns the reading direction.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The first [`SHOWN`] characters, with a mark where something was left out.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// The contents of the `title` element, if it says anything.
fn title(html: &str) -> Option<String> {
    // lower-casing ASCII keeps every byte where it was
    let lower = html.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = one_line(&html[start..end]);
    (!title.is_empty()).then_some(title)
}

/// The text between the tags, one line a tag.
fn without_tags(html: &str) -> String {
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
    fn a_page_is_named_by_its_title() {
        let page = b"<!DOCTYPE html>\n<html><head><TITLE lang=en>502\n Bad Gateway</title></head>";

        assert_eq!(summary(page).as_deref(), Some("502 Bad Gateway"));
    }

    #[test]
    fn a_page_without_title_is_named_by_its_first_text() {
        assert_eq!(
            summary(b"<html><body><h1>Sign in</h1><p>now").as_deref(),
            Some("Sign in")
        );
    }

    #[test]
    fn a_text_is_named_by_its_first_line() {
        assert_eq!(
            summary(b"\n\nupstream gone\nmore").as_deref(),
            Some("upstream gone")
        );
    }

    #[test]
    fn nothing_has_no_name() {
        assert_eq!(summary(b" \r\n "), None);
        assert_eq!(summary(b""), None);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(one_line("a\x1b[31mb\r\n\tc\u{202e}d"), "a [31mb c d");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let shown = summary("é".repeat(500).as_bytes()).unwrap();

        assert_eq!(shown.chars().count(), SHOWN + 1);
        assert!(shown.ends_with('…'));
    }

    proptest! {
        #[test]
        fn any_body_is_survived(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(line) = summary(&body) {
                prop_assert!(!line.chars().any(char::is_control));
            }
        }

        #[test]
        fn any_page_is_survived(page in "<(title|/title|TITLE|p| |é|>|<|x){0,30}") {
            summary(page.as_bytes());
        }
    }
}
