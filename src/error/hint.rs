//! Renders hints: fills placeholders with facts of the error.
//!
//! `openapi/error-codes.toml` describes the format.

use std::time::Duration;

use serde_json::Value;

use super::{Error, codes, one_line};

/// Maximum characters of a parameter in a hint.
const MAX_VALUE: usize = 100;

impl Error {
    /// Sets the hint to a rendered template. [`render_hint`](Self::render_hint) renders it again.
    pub(super) fn with_hint_template(mut self, template: &'static str) -> Self {
        self.0.hint_template = Some(template);
        self.render_hint()
    }

    /// Renders the template of the hint, if there is one.
    pub(super) fn render_hint(mut self) -> Self {
        if let Some(template) = self.0.hint_template {
            let mut hint = render_template(template, |name| self.placeholder(name));
            let others = self.other_parameters(&hint);
            if !others.is_empty() {
                hint = format!("{hint}; values: {}", others.join(", "));
            }
            self.0.hint = Some(one_line(&hint).into());
        }
        self
    }

    /// Returns the parameters that neither the message nor the hint contains.
    fn other_parameters(&self, hint: &str) -> Vec<String> {
        if self.is_rate_limited() {
            return Vec::new();
        }
        let values = self.parameters().iter().filter_map(format_value);
        let is_missing = |text: &String| !hint.contains(text) && !self.0.message.contains(text);
        values
            .filter(is_missing)
            .map(|text| format!("`{text}`"))
            .collect()
    }

    /// Returns the value of a placeholder.
    fn placeholder(&self, name: &str) -> Option<String> {
        match name {
            "address" => self.address().map(|address| address.to_string()),
            "host" => self.0.host.as_ref().map(|host| format!("`{host}`")),
            "role" => codes::role_in_code(self.error_code()?).map(str::to_owned),
            "roles" => join_roles(self.required_roles()),
            "wait" => self.retry_after().map(format_wait),
            index => format_value(self.parameters().get(index.parse::<usize>().ok()?)?),
        }
    }
}

/// Fills the placeholders and selects the alternatives of a template.
fn render_template(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut hint = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        hint.push_str(&fill_placeholders(before, &value).unwrap_or_default());
        let (alternatives, remainder) = after.split_once(']').unwrap_or((after, ""));
        let filled = alternatives
            .split('|')
            .find_map(|part| fill_placeholders(part, &value));
        hint.push_str(&filled.unwrap_or_default());
        rest = remainder;
    }
    hint.push_str(&fill_placeholders(rest, &value).unwrap_or_default());
    hint
}

/// Fills the placeholders of a text. Returns `None` if one has no value.
fn fill_placeholders(text: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, remainder) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = remainder;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Returns the text of a parameter; `None` if it is blank or has no short text.
fn format_value(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => one_line(text).replace('`', "'"),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(format_value).collect();
            items.join(", ")
        }
        Value::Null | Value::Object(_) => return None,
    };
    let text = match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    (!text.is_empty()).then_some(text)
}

fn join_roles<'a>(roles: impl Iterator<Item = &'a str>) -> Option<String> {
    let roles: Vec<_> = roles.map(|role| format!("`{role}`")).collect();
    (!roles.is_empty()).then(|| roles.join(" or "))
}

fn format_wait(wait: Duration) -> String {
    match wait.as_secs() {
        1 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn rendered(template: &str) -> String {
        render_template(template, |name| match name {
            "0" => Some("zero".to_owned()),
            "1" => None,
            name => Some(format!("<{name}>")),
        })
    }

    #[test]
    fn selects_the_first_alternative_with_all_values() {
        assert_eq!(rendered("a [`{0}`|b] c"), "a `zero` c");
        assert_eq!(rendered("a [`{1}`|b] c"), "a b c");
        assert_eq!(rendered("a[ {0} and {1}| {0}|] c"), "a zero c");
        assert_eq!(rendered("a[ {1}|], {roles}"), "a, <roles>");
    }

    #[test]
    fn parameters_are_short_texts() {
        assert_eq!(format_value(&json!("a `b`\n c")).unwrap(), "a 'b' c");
        assert_eq!(format_value(&json!(["x", 1])).unwrap(), "x, 1");
        assert_eq!(
            format_value(&json!("y".repeat(500)))
                .unwrap()
                .chars()
                .count(),
            MAX_VALUE + 1
        );
        for value in [json!(null), json!({"a": 1}), json!(" ")] {
            assert_eq!(format_value(&value), None);
        }
    }

    proptest! {
        #[test]
        fn render_never_panics(template in r"([a-z{}\[\]|0-9 ]|é){0,30}") {
            rendered(&template);
        }
    }
}
