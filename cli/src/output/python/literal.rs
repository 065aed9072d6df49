//! Formats values on one line as Python's `repr`.

use super::Python;
use crate::terminal::{is_printable, push_escape};

/// Formats the value on one line.
pub(super) fn line(value: &Python) -> String {
    let mut line = String::new();
    push(&mut line, value);
    line
}

fn push(line: &mut String, value: &Python) {
    match value {
        Python::Expression(expression) => line.push_str(expression),
        Python::Text(characters) => push_text(line, characters),
        Python::List(items) => {
            line.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    line.push_str(", ");
                }
                push(line, item);
            }
            line.push(']');
        }
        Python::Dictionary(fields) => {
            line.push('{');
            for (index, (key, value)) in fields.iter().enumerate() {
                if index > 0 {
                    line.push_str(", ");
                }
                push_text(line, key);
                line.push_str(": ");
                push(line, value);
            }
            line.push('}');
        }
    }
}

/// Quotes the string.
pub(super) fn text(characters: &str) -> String {
    let mut quoted = String::with_capacity(characters.len() + 2);
    push_text(&mut quoted, characters);
    quoted
}

/// Appends the string in single quotes, or in double quotes if it contains only single ones.
fn push_text(line: &mut String, characters: &str) {
    let quote = if characters.contains('\'') && !characters.contains('"') {
        '"'
    } else {
        '\''
    };
    line.push(quote);
    for c in characters.chars() {
        if c == quote || c == '\\' {
            line.push('\\');
            line.push(c);
        } else if is_printable(c) {
            line.push(c);
        } else {
            push_escape(line, c);
        }
    }
    line.push(quote);
}

/// Formats a JSON number: integers verbatim, others as the shortest decimal of the nearest `f64`.
pub(super) fn number(json: &str) -> String {
    if !json.contains(['.', 'e', 'E']) {
        return if json == "-0" { "0" } else { json }.to_owned();
    }
    json.parse().map_or_else(|_| json.to_owned(), float)
}

/// Formats a float as Python does, with an exponent below 1e-4 and from 1e16.
fn float(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    match exponent.parse::<i32>() {
        Ok(-4..16) => {
            let fixed = number.to_string();
            if fixed.contains('.') {
                fixed
            } else {
                fixed + ".0"
            }
        }
        Ok(exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        Err(_) => scientific,
    }
}
