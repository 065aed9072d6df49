//! Tokens as text that people can read: one item or statement a line, indented by its braces.
//!
//! prettyplease prints better but needs a syntax tree, and to build one of the whole client takes as
//! long as everything else that the generator does.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

/// Prints the tokens as Rust code.
pub(crate) fn to_text(tokens: TokenStream) -> String {
    let mut printer = Printer::default();
    printer.stream(tokens, true);
    printer.text.push('\n');
    printer.text
}

/// What was printed last, as far as it matters to what follows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// What the next token may touch: nothing, an opening bracket, a joint sign, a `.` or `::`.
    #[default]
    Open,
    /// A name, a closing bracket or a `>`: calls, indexes and signs may touch it.
    Name,
    /// Anything else.
    Other,
    /// The end of a line.
    Line,
}

#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
    last: Last,
}

impl Printer {
    /// Prints the tokens; where they are items, fields or statements, each on its line.
    fn stream(&mut self, tokens: TokenStream, lines: bool) {
        let mut after_hash = false;
        for token in tokens {
            let is_attribute = after_hash && matches!(&token, TokenTree::Group(_));
            let sign = match &token {
                TokenTree::Punct(punct) => Some(punct.as_char()),
                _ => None,
            };
            // `#![…]` is an attribute as `#[…]` is.
            after_hash = sign == Some('#') || (after_hash && sign == Some('!'));
            match token {
                TokenTree::Group(group) => self.group(&group, lines),
                TokenTree::Punct(punct) => self.punct(&punct),
                TokenTree::Ident(ident) => self.word(&ident.to_string(), Last::Name),
                TokenTree::Literal(literal) => self.word(&literal.to_string(), Last::Name),
            }
            if lines && (is_attribute || matches!(sign, Some(';' | ','))) {
                self.last = Last::Line;
            }
        }
    }

    fn group(&mut self, group: &Group, lines: bool) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => return self.braces(group, lines),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => return self.stream(group.stream(), false),
        };
        self.begin(matches!(self.last, Last::Open | Last::Name));
        self.text.push_str(open);
        self.last = Last::Open;
        self.stream(group.stream(), false);
        self.text.push_str(close);
        self.last = Last::Name;
    }

    fn braces(&mut self, group: &Group, lines: bool) {
        self.word("{", Last::Line);
        self.depth += 1;
        self.stream(group.stream(), true);
        self.depth -= 1;
        self.last = if group.stream().is_empty() {
            Last::Open
        } else {
            Last::Line
        };
        self.word("}", if lines { Last::Line } else { Last::Name });
    }

    fn punct(&mut self, punct: &Punct) {
        let sign = punct.as_char();
        let is_joint = punct.spacing() == Spacing::Joint;
        let ends_path = sign == ':' && self.text.ends_with(':') && self.last == Last::Open;
        let touches = match sign {
            // After the end of a block these go on with what the block began.
            ',' | ';' | '.' | '?' => true,
            ':' | '<' | '>' | '!' => self.last == Last::Name,
            _ => false,
        };
        self.begin(self.last == Last::Open || touches);
        self.text.push(sign);
        self.last = match sign {
            _ if is_joint || ends_path => Last::Open,
            '.' | '&' | '#' | '<' | '!' => Last::Open,
            '>' | '?' => Last::Name,
            _ => Last::Other,
        };
    }

    fn word(&mut self, word: &str, last: Last) {
        self.begin(self.last == Last::Open);
        self.text.push_str(word);
        self.last = last;
    }

    /// Separates what comes from what was printed last.
    fn begin(&mut self, touches: bool) {
        if touches {
        } else if self.last == Last::Line {
            self.text.push('\n');
            let indent = 4 * self.depth;
            self.text.extend(std::iter::repeat_n(' ', indent));
        } else {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the code, which must be the same tokens again.
    fn text(code: &str) -> String {
        let tokens: TokenStream = code.parse().unwrap();
        let text = to_text(tokens.clone());
        assert_eq!(flat(text.parse().unwrap()), flat(tokens));
        text
    }

    /// The tokens without a word on what touches what.
    fn flat(tokens: TokenStream) -> Vec<String> {
        let flat = tokens.into_iter().flat_map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = flat(group.stream());
                inner.insert(0, format!("{:?}", group.delimiter()));
                inner.push("end".to_owned());
                inner
            }
            token => vec![token.to_string()],
        });
        flat.collect()
    }

    #[test]
    fn items_fields_and_statements_have_lines_of_their_own() {
        let text = text(
            "#[derive(Clone)] pub struct A<'a> { pub b: &'a str, c: Vec<u8> } \
             fn f(a: A) -> Option<u8> { let b = a.c.first()?; match b { 1 => {} _ => g(|x| { x }), } Some(*b) }",
        );

        assert_eq!(
            text,
            "#[derive(Clone)]
pub struct A<'a> {
    pub b: &'a str,
    c: Vec<u8>
}
fn f(a: A) -> Option<u8> {
    let b = a.c.first()?;
    match b {
        1 => {}
        _ => g(| x | {
            x
        }),
    }
    Some(* b)
}
"
        );
    }

    #[test]
    fn what_could_be_read_otherwise_stays_what_it_is() {
        for code in [
            "type A = <B as ::std::C>::D;",
            "struct A { b: ::std::vec::Vec<<C as D>::E> }",
            "fn f() { if a < -1 && b <= c || d >> 2 != e { x.0.1.g(); } else { return [0..5, ..]; } }",
            "#![allow(x)] const A: [u8; 2] = [1, 2]; macro_rules! m { ($a:ident) => { $a! { 1 } }; }",
            "fn f() -> (A, B) { let x = A { b }.c; let y = &&mut z; '\\'' as u8; r#\"a\"b\"#; }",
            "impl<'a, T: 'a + ?Sized> A for &'a T where T: Fn(&u8) -> u8 {}",
        ] {
            text(code);
        }
    }
}
