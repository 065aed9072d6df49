//! Prints tokens as readable code: one item or statement on each line, indented by its braces.
//!
//! prettyplease requires a syntax tree. Parsing the whole client into one takes as long as the rest of
//! the generation.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

/// Prints the tokens as Rust code.
pub(crate) fn to_text(tokens: TokenStream) -> String {
    let mut printer = Printer::default();
    printer.print_stream(tokens, true);
    printer.text.push('\n');
    printer.text
}

/// The kind of the previous token, which decides about the space before the next one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Previous {
    /// The start, an opening bracket, a joint punctuation mark, a `.` or `::`: no space follows.
    #[default]
    Open,
    /// A name, a closing bracket or a `>`: no space before brackets and some punctuation marks.
    Name,
    /// Any other token.
    Other,
    /// The end of a line.
    Line,
}

#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
    previous: Previous,
}

impl Printer {
    /// Prints the tokens. With `lines`, prints each item, field or statement on its own line.
    fn print_stream(&mut self, tokens: TokenStream, lines: bool) {
        let mut after_hash = false;
        for token in tokens {
            let is_attribute = after_hash && matches!(&token, TokenTree::Group(_));
            let mark = match &token {
                TokenTree::Punct(punct) => Some(punct.as_char()),
                _ => None,
            };
            // `#[…]` or `#![…]`.
            after_hash = mark == Some('#') || (after_hash && mark == Some('!'));
            match token {
                TokenTree::Group(group) => self.print_group(&group, lines),
                TokenTree::Punct(punct) => self.print_punct(&punct),
                TokenTree::Ident(ident) => self.print_word(&ident.to_string(), Previous::Name),
                TokenTree::Literal(literal) => {
                    self.print_word(&literal.to_string(), Previous::Name)
                }
            }
            if lines && (is_attribute || matches!(mark, Some(';' | ','))) {
                self.previous = Previous::Line;
            }
        }
    }

    fn print_group(&mut self, group: &Group, lines: bool) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => return self.print_braces(group, lines),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => return self.print_stream(group.stream(), false),
        };
        self.start_token(matches!(self.previous, Previous::Open | Previous::Name));
        self.text.push_str(open);
        self.previous = Previous::Open;
        self.print_stream(group.stream(), false);
        self.text.push_str(close);
        self.previous = Previous::Name;
    }

    fn print_braces(&mut self, group: &Group, lines: bool) {
        self.print_word("{", Previous::Line);
        self.depth += 1;
        self.print_stream(group.stream(), true);
        self.depth -= 1;
        self.previous = if group.stream().is_empty() {
            Previous::Open
        } else {
            Previous::Line
        };
        self.print_word(
            "}",
            if lines {
                Previous::Line
            } else {
                Previous::Name
            },
        );
    }

    fn print_punct(&mut self, punct: &Punct) {
        let mark = punct.as_char();
        let is_joint = punct.spacing() == Spacing::Joint;
        let ends_path = mark == ':' && self.text.ends_with(':') && self.previous == Previous::Open;
        let is_attached = match mark {
            // Also after the end of a block.
            ',' | ';' | '.' | '?' => true,
            ':' | '<' | '>' | '!' => self.previous == Previous::Name,
            _ => false,
        };
        self.start_token(self.previous == Previous::Open || is_attached);
        self.text.push(mark);
        self.previous = match mark {
            _ if is_joint || ends_path => Previous::Open,
            '.' | '&' | '#' | '<' | '!' => Previous::Open,
            '>' | '?' => Previous::Name,
            _ => Previous::Other,
        };
    }

    fn print_word(&mut self, word: &str, kind: Previous) {
        self.start_token(self.previous == Previous::Open);
        self.text.push_str(word);
        self.previous = kind;
    }

    /// Prints a space or a new line before the next token, unless it is attached to the previous one.
    fn start_token(&mut self, is_attached: bool) {
        if is_attached {
        } else if self.previous == Previous::Line {
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

    /// Prints the code. Panics if the result has other tokens.
    fn print_code(code: &str) -> String {
        let tokens: TokenStream = code.parse().unwrap();
        let code = to_text(tokens.clone());
        assert_eq!(flatten(code.parse().unwrap()), flatten(tokens));
        code
    }

    /// Returns the tokens without their spacing.
    fn flatten(tokens: TokenStream) -> Vec<String> {
        let flat = tokens.into_iter().flat_map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = flatten(group.stream());
                inner.insert(0, format!("{:?}", group.delimiter()));
                inner.push("end".to_owned());
                inner
            }
            token => vec![token.to_string()],
        });
        flat.collect()
    }

    #[test]
    fn prints_items_fields_and_statements_on_separate_lines() {
        let code = print_code(
            "#[derive(Clone)] pub struct A<'a> { pub b: &'a str, c: Vec<u8> } \
             fn f(a: A) -> Option<u8> { let b = a.c.first()?; match b { 1 => {} _ => g(|x| { x }), } Some(*b) }",
        );

        assert_eq!(
            code,
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
    fn printed_code_has_the_same_tokens() {
        for code in [
            "type A = <B as ::std::C>::D;",
            "struct A { b: ::std::vec::Vec<<C as D>::E> }",
            "fn f() { if a < -1 && b <= c || d >> 2 != e { x.0.1.g(); } else { return [0..5, ..]; } }",
            "#![allow(x)] const A: [u8; 2] = [1, 2]; macro_rules! m { ($a:ident) => { $a! { 1 } }; }",
            "fn f() -> (A, B) { let x = A { b }.c; let y = &&mut z; '\\'' as u8; r#\"a\"b\"#; }",
            "impl<'a, T: 'a + ?Sized> A for &'a T where T: Fn(&u8) -> u8 {}",
        ] {
            print_code(code);
        }
    }
}
