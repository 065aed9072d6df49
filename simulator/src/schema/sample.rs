//! Generates plausible values for fields that no request has set.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex};

use regex::Regex;
use serde_json::Value;

use super::list;
use crate::schema::deviations;
use crate::schema::document::Document;
use crate::state::{derived_id, lock};

static COMPILED_PATTERNS: LazyLock<Mutex<HashMap<String, Option<Regex>>>> =
    LazyLock::new(Mutex::default);

/// The patterns that Atlas does not enforce.
static UNENFORCED_PATTERNS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let document = Document::vendored();
    document.map_or_else(
        |_| HashSet::new(),
        |document| deviations::collect_patterns(document.schemas()),
    )
});

/// Enumeration values of a healthy resource, in order of preference.
const HEALTHY_VALUES: [&str; 8] = [
    "IDLE",
    "ACTIVE",
    "AVAILABLE",
    "READY",
    "COMPLETED",
    "completed",
    "AWS",
    "REPLICASET",
];

/// Sample values for the patterns in the OpenAPI document.
const SAMPLES: &[&str] = &[
    "CN=simulated,OU=example,DC=example",
    "203.0.113.7",
    "203.0.113.0/24",
    "US",
    "arn:aws:kafka:us-east-1:123456789012:cluster/simulated",
    "vpce-0123456789abcdef0",
    "vpc-0123456789abcdef0",
    "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
    "p-0123456789abcdef01234567",
    "pls_0123456789abcdef01234567",
    "8.0.29",
    "123456789012",
    "simulator@example.com",
    "simulator.example.com:27017",
    "simulated",
    "mongodb-atlas-0123456789abcdef@p-0123456789abcdef01234567.iam.gserviceaccount.com",
    "1199145600",
    "sg-0123456789abcdef0",
    "nt-0123456789abcdef01234567-01234567",
    "01234567-0123-4567-89ab-0123456789ab%2Fsimulated%2Fsimulated",
    "https://www.example.com/compute/v1/projects/p-simulated/regions/us-east1/serviceAttachments/simulated",
    "/subscriptions/01234567-0123-4567-89ab-0123456789ab/resourceGroups/privatelink/providers/Microsoft.Network/privateEndpoints/simulated",
];

/// Returns `true` if a string matches a pattern, or if Atlas does not enforce the pattern.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    UNENFORCED_PATTERNS.contains(pattern) || matches_exactly(pattern, text)
}

/// Returns `true` if a string matches a pattern, or if the pattern is not supported.
fn matches_exactly(pattern: &str, text: &str) -> bool {
    let mut compiled = lock(&COMPILED_PATTERNS);
    let expression = compiled
        .entry(pattern.to_owned())
        .or_insert_with(|| Regex::new(pattern).ok());
    let expression = expression.as_ref();
    expression.is_none_or(|expression| expression.is_match(text))
}

/// Returns the enumeration value of a healthy resource.
pub(super) fn select_enum_value(schema: &Value) -> Option<Value> {
    let enum_values = || list(schema, "enum").filter(|word| !word.is_null());
    HEALTHY_VALUES
        .iter()
        .find_map(|healthy| enum_values().find(|word| *word == healthy))
        .or_else(|| enum_values().next())
        .cloned()
}

/// Generates a string for the field at a path. `seed` makes ids differ between fields and resources.
pub(super) fn generate_string(path: &str, schema: &Value, seed: &str, now: &str) -> String {
    let mut names = path.rsplit('.');
    let name = names.next().unwrap_or_default();
    let parent = names.next().unwrap_or_default();
    let by_format = match schema["format"].as_str() {
        Some("date-time") => return now.to_owned(),
        Some("date") => return now.get(..10).unwrap_or(now).to_owned(),
        Some("email") => return "simulator@example.com".to_owned(),
        Some("uri") => return "https://simulator.example.com/".to_owned(),
        Some("uuid") => return unique(seed),
        _ => matching_text(schema, seed),
    };
    let is_time = name.ends_with("At") || name.ends_with("Date");
    let time = is_time.then(|| now.to_owned());
    let text = by_format.or(time);
    let text = text.unwrap_or_else(|| string_by_name(name, parent, seed, now));
    let maximum = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let minimum = schema["minLength"].as_u64().unwrap_or_default();
    let mut text: String = text
        .chars()
        .take(usize::try_from(maximum).unwrap_or(usize::MAX))
        .collect();
    while (text.chars().count() as u64) < minimum {
        text.push('x');
    }
    text
}

/// Generates a string that matches the pattern of a schema.
fn matching_text(schema: &Value, seed: &str) -> Option<String> {
    let pattern = schema["pattern"].as_str()?;
    if pattern.contains("CN=") {
        return SAMPLES.first().map(|sample| (*sample).to_owned());
    }
    // Most unenforced patterns match the string that the name of the field selects.
    if UNENFORCED_PATTERNS.contains(pattern)
        && matches_exactly(pattern, &string_by_suffix("name", seed))
    {
        return None;
    }
    let id = derived_id(seed);
    let long = format!("{id}{}", derived_id(&id));
    let mut samples = vec![
        id.clone(),
        long.chars().take(20).collect(),
        long.chars().take(40).collect(),
        format!("{long}{}", id.get(..16).unwrap_or_default()),
        unique(seed),
        format!("mdb_sa_id_{id}"),
    ];
    samples.extend(SAMPLES.iter().map(|sample| (*sample).to_owned()));
    // The pattern of an IP address has a lookahead, which `regex` does not support.
    if pattern.contains("(?!") {
        return Some("203.0.113.7".to_owned());
    }
    samples
        .into_iter()
        .find(|sample| matches_exactly(pattern, sample))
}

/// Generates a string for a field without a format and a pattern. `parent` is the name of the
/// enclosing field.
fn string_by_name(name: &str, parent: &str, seed: &str, now: &str) -> String {
    let text = match name {
        "username" | "createdBy" | "lastModifiedBy" => "simulator@example.com",
        "name" if parent.ends_with("User") => "simulator@example.com",
        "hostname" | "hostnameAlias" | "userAlias" => "simulator.example.com",
        "mongoDBVersion" | "mongodVersion" | "version" => "8.0.29",
        "mongoDBMajorVersion" | "featureCompatibilityVersion" => "8.0",
        "mobileNumber" => "2015550123",
        "regionName" | "region" => "US_EAST_1",
        "effectiveProviderName" => "AWS",
        "cloud" | "geography" => "ANY",
        "state" | "status" => "ACTIVE",
        "replicaSetName" => "atlas-simulated-shard-0",
        "standardSrv" => "mongodb+srv://cluster0.simulator.mongodb.net",
        "fieldName" => "createdAt",
        "queryShape" => r#"{"find":"orders"}"#,
        "authHeader" => "X-Authorization",
        "maskedSecretValue" => "mdb_sa_sk_************abcd",
        "year" => now.get(..4).unwrap_or_default(),
        "month" => now.get(5..7).unwrap_or_default(),
        _ => return string_by_suffix(name, seed),
    };
    text.to_owned()
}

fn string_by_suffix(name: &str, seed: &str) -> String {
    let lower = name.to_lowercase();
    let ends_with = |suffixes: &[&str]| suffixes.iter().any(|suffix| lower.ends_with(suffix));
    if ends_with(&["arn"]) {
        return "arn:aws:iam::123456789012:root".to_owned();
    }
    if ends_with(&["url", "urlv2", "link", "endpoint"]) {
        return "https://simulator.example.com/".to_owned();
    }
    if ends_with(&["namespace"]) {
        return "shop.orders".to_owned();
    }
    if name.ends_with("Id") || ends_with(&["hash", "token", "authvalue", "connectionname"]) {
        return derived_id(seed);
    }
    format!("example-{name}")
}

/// Returns a UUID derived from a seed.
pub(crate) fn unique(seed: &str) -> String {
    let digits = format!(
        "{}{}",
        derived_id(seed),
        derived_id(&format!("{seed} tail"))
    );
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn patterns<'a>(schema: &'a Value, found: &mut BTreeSet<&'a str>) {
        match schema {
            Value::Object(object) => {
                found.extend(object.get("pattern").and_then(Value::as_str));
                object.values().for_each(|value| patterns(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
            _ => {}
        }
    }

    #[test]
    fn generates_a_string_for_every_pattern_of_the_document() {
        let source = include_str!("../../openapi/atlas-admin-v2.json");
        let document: Value = serde_json::from_str(source).unwrap();
        let mut all_patterns = BTreeSet::new();
        patterns(&document["components"]["schemas"], &mut all_patterns);

        let unmatched: Vec<_> = all_patterns
            .into_iter()
            .filter(|pattern| {
                let schema = json!({ "type": "string", "pattern": pattern });
                let sample = generate_string("value", &schema, "seed", "2026-09-01T08:00:00Z");
                !matches_pattern(pattern, &sample)
            })
            .collect();

        assert_eq!(unmatched, Vec::<&str>::new());
    }
}
