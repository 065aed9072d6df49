//! Strings and integers.

use proptest::{collection::vec, prelude::*, string::string_regex};
use serde_json::Value;

use super::{Instances, STRING_ATTEMPTS};

impl Instances<'_> {
    pub(super) fn integer(&mut self, schema: &Value) -> i64 {
        let excluded = |key: &str| i64::from(schema[key] == true);
        let minimum = number(schema, "minimum").unwrap_or(0) + excluded("exclusiveMinimum");
        let maximum =
            number(schema, "maximum").unwrap_or(minimum + 1_000_000) - excluded("exclusiveMaximum");
        self.pick(&(minimum..=maximum.max(minimum)))
    }

    pub(super) fn string(&mut self, schema: &Value) -> Option<String> {
        let minimum = number(schema, "minLength").unwrap_or(0);
        let maximum = number(schema, "maxLength").unwrap_or(minimum.max(40));
        let is_valid = |text: &String| {
            let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            (minimum..=maximum).contains(&length)
        };
        let strategy = match (schema["pattern"].as_str(), schema["format"].as_str()) {
            (Some(pattern), _) => {
                // the document's patterns mean ASCII digits and word characters
                let pattern = pattern
                    .replace("\\d", "[0-9]")
                    .replace("\\w", "[A-Za-z0-9_]");
                string_regex(pattern.trim_start_matches('^').trim_end_matches('$')).ok()?
            }
            (None, Some("date-time")) => string_regex("20[0-9]{2}-0[1-9]-1[0-9]T12:00:00Z").ok()?,
            (None, Some("date")) => string_regex("20[0-9]{2}-0[1-9]-1[0-9]").ok()?,
            (None, Some("email")) => string_regex("[a-z]{1,9}@example\\.com").ok()?,
            _ => {
                let length =
                    usize::try_from(minimum).ok()?..=usize::try_from(maximum).ok()?.min(60);
                let characters = vec(prop::char::any(), length);
                return Some(self.pick(&characters).into_iter().collect());
            }
        };
        let mut attempts = (0..STRING_ATTEMPTS).map(|_| self.pick(&strategy));
        attempts.find(is_valid)
    }
}

pub(super) fn number(schema: &Value, key: &str) -> Option<i64> {
    let limit = &schema[key];
    #[expect(clippy::cast_possible_truncation, reason = "limits are small")]
    limit
        .as_i64()
        .or_else(|| limit.as_f64().map(|limit| limit as i64))
}
