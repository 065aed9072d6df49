//! JSON text, indented without changing the order of fields or the spelling of numbers.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
    ser::{SerializeMap as _, SerializeSeq as _},
};
use serde_json::Number;

/// Indents JSON text by two spaces.
pub(crate) fn indent(text: &str) -> String {
    let mut output = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut bytes = text.char_indices().peekable();
    while let Some((start, letter)) = bytes.next() {
        match letter {
            '"' => {
                let end = end_of_string(text, start);
                output.push_str(&text[start..end]);
                while bytes.next_if(|(at, _)| *at < end).is_some() {}
            }
            '{' | '[' => {
                while bytes
                    .next_if(|(_, next)| next.is_ascii_whitespace())
                    .is_some()
                {}
                output.push(letter);
                if let Some((_, close)) = bytes.next_if(|(_, next)| matches!(next, '}' | ']')) {
                    output.push(close);
                } else {
                    depth += 1;
                    new_line(&mut output, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut output, depth);
                output.push(letter);
            }
            ',' => {
                output.push(',');
                new_line(&mut output, depth);
            }
            ':' => output.push_str(": "),
            other if other.is_ascii_whitespace() => {}
            other => output.push(other),
        }
    }
    output
}

/// Returns the end of the string literal that starts at a quote.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut is_escaped = false;
    for (offset, letter) in text[start + 1..].char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return start + offset + 2,
            _ => {}
        }
    }
    text.len()
}

fn new_line(output: &mut String, depth: usize) {
    output.push('\n');
    output.extend(std::iter::repeat_n("  ", depth));
}

/// A JSON value with the fields in the order of the text.
#[derive(Clone, Debug)]
pub(crate) enum Ordered {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OrderedVisitor)
    }
}

struct OrderedVisitor;

impl<'de> Visitor<'de> for OrderedVisitor {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
        Ok(Ordered::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Ordered, E> {
        Ok(Ordered::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
        Ok(Ordered::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Ordered, E> {
        Ok(Number::from_f64(value).map_or(Ordered::Null, Ordered::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Ordered, E> {
        Ok(Ordered::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Ordered::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Ordered, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = object.next_entry()? {
            fields.push(field);
        }
        Ok(Ordered::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indent_keeps_order_numbers_and_strings() {
        let text = r#"{"b":30.0,"a":[],"c":{},"d":[1,{"e":"x,\"}{ \\"}]}"#;

        let expected = "{\n  \"b\": 30.0,\n  \"a\": [],\n  \"c\": {},\n  \"d\": [\n    1,\n    {\n      \
                        \"e\": \"x,\\\"}{ \\\\\"\n    }\n  ]\n}";
        assert_eq!(indent(text), expected);
    }

    #[test]
    fn ordered_value_keeps_the_order_of_fields() {
        let text = r#"{"b":[true,null],"a":{"z":1,"y":-2.5}}"#;

        let value: Ordered = serde_json::from_str(text).unwrap();

        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
}
