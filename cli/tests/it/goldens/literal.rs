//! Dictionaries as Python prints them, read back into JSON.

use serde_json::{Map, Number, Value};

/// The dictionaries in what the program printed, in their order.
pub(super) fn dictionaries(output: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut rest = output;
    while let Some(at) = start(rest) {
        let mut reader = Reader(&rest[at..]);
        found.push(reader.value());
        rest = reader.0;
    }
    found
}

/// Where the next dictionary begins: at a line's first column.
fn start(text: &str) -> Option<usize> {
    if text.starts_with('{') {
        return Some(0);
    }
    text.find("\n{").map(|at| at + 1)
}

/// Reads from the front of a text.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn value(&mut self) -> Value {
        self.0 = self.0.trim_start();
        match self.0.as_bytes()[0] {
            b'{' => self.dictionary(),
            b'[' => self.list(),
            b'\'' | b'"' => Value::String(self.texts()),
            _ => self.word(),
        }
    }

    fn dictionary(&mut self) -> Value {
        let mut fields = Map::new();
        self.take('{');
        while !self.takes('}') {
            let key = self.texts();
            self.take(':');
            fields.insert(key, self.value());
            self.takes(',');
        }
        Value::Object(fields)
    }

    fn list(&mut self) -> Value {
        let mut items = Vec::new();
        self.take('[');
        while !self.takes(']') {
            items.push(self.value());
            self.takes(',');
        }
        Value::Array(items)
    }

    /// Texts that follow one another are one.
    fn texts(&mut self) -> String {
        let mut all = String::new();
        loop {
            self.0 = self.0.trim_start();
            let Some(quote) = self.0.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
                return all;
            };
            let (text, rest) = self.0[1..].split_once(quote).unwrap();
            assert!(!text.contains('\\'), "no document here has escapes");
            all.push_str(text);
            self.0 = rest;
        }
    }

    /// A constant, a number or a time.
    fn word(&mut self) -> Value {
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

    fn take(&mut self, c: char) {
        assert!(self.takes(c), "no `{c}` at {}", self.0);
    }

    fn takes(&mut self, c: char) -> bool {
        self.0 = self.0.trim_start();
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

/// `2020, 1, 1, 10, 11, 12` as Atlas writes it.
fn time(numbers: &str) -> String {
    let mut parts = numbers.split(", ").map(|part| part.parse::<u32>().unwrap());
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    let (hour, minute, second) = (next(), next(), next());
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
