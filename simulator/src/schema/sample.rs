//! Plausible texts and words for fields nobody gave a value.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex};

use regex::Regex;
use serde_json::Value;

use super::list;
use crate::schema::deviations;
use crate::schema::document::Document;
use crate::state::{derived_id, lock};

static COMPILED: LazyLock<Mutex<HashMap<String, Option<Regex>>>> = LazyLock::new(Mutex::default);

/// The patterns that the service itself does not go by.
static VOID: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let document = Document::vendored();
    document.map_or_else(|_| HashSet::new(), |it| deviations::patterns(it.schemas()))
});

/// Words a healthy resource says about itself, the better ones first.
const HEALTHY: [&str; 8] = [
    "IDLE",
    "ACTIVE",
    "AVAILABLE",
    "READY",
    "COMPLETED",
    "completed",
    "AWS",
    "REPLICASET",
];

/// Texts of the forms the document's patterns ask for.
const FORMS: &[&str] = &[
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

/// Whether a text has the form of a pattern; one that the service itself does not go by, or that
/// cannot be compiled, is not held against anyone.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    VOID.contains(pattern) || fits(pattern, text)
}

/// The same for a pattern taken at its word.
fn fits(pattern: &str, text: &str) -> bool {
    let mut compiled = lock(&COMPILED);
    let expression = compiled
        .entry(pattern.to_owned())
        .or_insert_with(|| Regex::new(pattern).ok());
    expression.as_ref().is_none_or(|it| it.is_match(text))
}

/// The word of an enumeration that a healthy resource would say.
pub(super) fn word(schema: &Value) -> Option<Value> {
    let words = || list(schema, "enum").filter(|it| !it.is_null());
    HEALTHY
        .iter()
        .find_map(|healthy| words().find(|word| *word == healthy))
        .or_else(|| words().next())
        .cloned()
}

/// A text for a field; `seed` makes ids differ between fields and resources.
pub(super) fn text(name: &str, schema: &Value, seed: &str, now: &str) -> String {
    let found = match schema["format"].as_str() {
        Some("date-time") => return now.to_owned(),
        Some("date") => return now.get(..10).unwrap_or(now).to_owned(),
        Some("email") => return "simulator@example.com".to_owned(),
        Some("uri") => return "https://simulator.example.com/".to_owned(),
        Some("uuid") => return unique(seed),
        _ => fitting(schema, seed),
    };
    let is_moment = name.ends_with("At") || name.ends_with("Date");
    let moment = is_moment.then(|| now.to_owned());
    let text = found.or(moment).unwrap_or_else(|| named(name));
    let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let shortest = schema["minLength"].as_u64().unwrap_or_default();
    let mut text: String = text
        .chars()
        .take(usize::try_from(longest).unwrap_or(usize::MAX))
        .collect();
    while (text.chars().count() as u64) < shortest {
        text.push('x');
    }
    text
}

/// A text of the form a pattern asks for.
fn fitting(schema: &Value, seed: &str) -> Option<String> {
    let pattern = schema["pattern"].as_str()?;
    if pattern.contains("CN=") {
        return FORMS.first().map(|it| (*it).to_owned());
    }
    // A pattern that nobody goes by is followed where that is easy.
    if VOID.contains(pattern) && fits(pattern, &named("name")) {
        return None;
    }
    let id = derived_id(seed);
    let long = format!("{id}{}", derived_id(&id));
    let mut forms = vec![
        id.clone(),
        long.chars().take(20).collect(),
        long.chars().take(40).collect(),
        format!("{long}{}", id.get(..16).unwrap_or_default()),
        unique(seed),
        format!("mdb_sa_id_{id}"),
    ];
    forms.extend(FORMS.iter().map(|form| (*form).to_owned()));
    // One pattern looks ahead, which the expressions here cannot: it is the one of an address.
    if pattern.contains("(?!") {
        return Some("203.0.113.7".to_owned());
    }
    forms.into_iter().find(|form| fits(pattern, form))
}

/// A text that says what it stands for.
fn named(name: &str) -> String {
    match name {
        "username" | "createdBy" | "lastModifiedBy" => "simulator@example.com".to_owned(),
        "hostname" | "hostnameAlias" | "userAlias" => "simulator.example.com".to_owned(),
        "mongoDBVersion" | "mongodVersion" | "version" => "8.0.29".to_owned(),
        "mongoDBMajorVersion" | "featureCompatibilityVersion" => "8.0".to_owned(),
        "mobileNumber" => "2015550123".to_owned(),
        "regionName" | "region" => "US_EAST_1".to_owned(),
        "status" => "ACTIVE".to_owned(),
        "replicaSetName" => "atlas-simulated-shard-0".to_owned(),
        name => format!("simulated-{name}"),
    }
}

/// A text in the form of a UUID.
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
                object.values().for_each(|it| patterns(it, found));
            }
            Value::Array(items) => items.iter().for_each(|it| patterns(it, found)),
            _ => {}
        }
    }

    #[test]
    fn every_pattern_of_the_document_has_a_text_that_fits() {
        let source = include_str!("../../openapi/atlas-admin-v2.json");
        let document: Value = serde_json::from_str(source).unwrap();
        let mut all = BTreeSet::new();
        patterns(&document["components"]["schemas"], &mut all);

        let unfit: Vec<_> = all
            .into_iter()
            .filter(|pattern| {
                let schema = json!({ "type": "string", "pattern": pattern });
                let text = text("value", &schema, "seed", "2026-09-01T08:00:00Z");
                !matches_pattern(pattern, &text)
            })
            .collect();

        assert_eq!(unfit, Vec::<&str>::new());
    }
}
