//! Parses dictionaries printed by Python into JSON.

use serde_json::{Map, Number, Value};

/// Returns the dictionaries in the output of a run.
pub(super) fn dictionaries(output: &str) -> Vec<Value> {
    let mut dictionaries = Vec::new();
    let mut rest = output;
    while let Some(at) = find_dictionary(rest) {
        let mut parser = Parser(&rest[at..]);
        dictionaries.push(parser.value());
        rest = parser.0;
    }
    dictionaries
}

/// Returns the position of the next dictionary, which starts in the first column of a line.
fn find_dictionary(text: &str) -> Option<usize> {
    if text.starts_with('{') {
        return Some(0);
    }
    text.find("\n{").map(|at| at + 1)
}

/// The text that is not parsed yet.
struct Parser<'a>(&'a str);

impl Parser<'_> {
    fn value(&mut self) -> Value {
        self.0 = self.0.trim_start();
        match self.0.as_bytes()[0] {
            b'{' => self.dictionary(),
            b'[' => self.list(),
            b'\'' | b'"' => Value::String(self.strings()),
            _ => self.constant(),
        }
    }

    fn dictionary(&mut self) -> Value {
        let mut fields = Map::new();
        self.expect('{');
        while !self.skip('}') {
            let key = self.strings();
            self.expect(':');
            fields.insert(key, self.value());
            self.skip(',');
        }
        Value::Object(fields)
    }

    fn list(&mut self) -> Value {
        let mut items = Vec::new();
        self.expect('[');
        while !self.skip(']') {
            items.push(self.value());
            self.skip(',');
        }
        Value::Array(items)
    }

    /// Parses adjacent string literals, which Python concatenates.
    fn strings(&mut self) -> String {
        let mut all = String::new();
        loop {
            self.0 = self.0.trim_start();
            let Some(quote) = self.0.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
                return all;
            };
            let (text, rest) = self.0[1..].split_once(quote).unwrap();
            assert!(!text.contains('\\'), "escapes are not supported");
            all.push_str(text);
            self.0 = rest;
        }
    }

    /// Parses a constant, a number or a `datetime`.
    fn constant(&mut self) -> Value {
        if let Some(rest) = self.0.strip_prefix("datetime.datetime(") {
            let (numbers, rest) = rest.split_once(", tzinfo=").unwrap();
            self.0 = rest.split_once("))").unwrap().1;
            return Value::String(time(numbers));
        }
        let end = self.0.find([',', '}', ']']).unwrap();
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        match word {
            "True" => Value::Bool(true),
            "False" => Value::Bool(false),
            "None" => Value::Null,
            number => Value::Number(number.parse::<Number>().unwrap()),
        }
    }

    fn expect(&mut self, c: char) {
        assert!(self.skip(c), "expected `{c}` at {}", self.0);
    }

    /// Skips the character and returns `true` if it is next.
    fn skip(&mut self, c: char) -> bool {
        self.0 = self.0.trim_start();
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

/// Converts `2020, 1, 1, 10, 11, 12` to the format of Atlas.
fn time(numbers: &str) -> String {
    let mut parts = numbers.split(", ").map(|part| part.parse::<u32>().unwrap());
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    let (hour, minute, second) = (next(), next(), next());
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
