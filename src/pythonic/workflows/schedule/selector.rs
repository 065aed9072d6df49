//! Selects the clusters of a schedule.

use serde_json::Value;

use super::{
    reader::{ScheduleFault, Table, report},
    target::ScheduleTarget,
};
use crate::pythonic::workflows::filter::Pattern;

/// The prefix of a tag condition in a string.
const TAG_PREFIX: &str = "tag:";

/// The keys of a table that selects clusters.
const KEYS: [&str; 7] = [
    "name", "project", "tag", "tier", "region", "provider", "version",
];

/// A condition that selects clusters.
#[derive(Clone, Debug)]
pub(super) struct Selector {
    /// The item as the file has it.
    source: String,
    /// All conditions must match.
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug)]
struct Condition {
    field: Field,
    /// One of the patterns must match.
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Field {
    Name,
    Project,
    Tag(String),
    Tier,
    Region,
    Provider,
    Version,
}

impl Selector {
    /// Reads a string (`dev-*`, `Storefront:*`, `tag:env=dev`) or a table (`{ tag = "env=dev", region = "EU_*" }`).
    pub(super) fn read(path: &str, value: &Value, faults: &mut Vec<ScheduleFault>) -> Option<Self> {
        let conditions = match value {
            Value::String(text) => parse_string(text),
            Value::Object(_) => return Self::read_table(path, value, faults),
            _ => Err("not a string or a table".to_owned()),
        };
        match conditions {
            Ok(conditions) => Some(Self {
                source: value.as_str().unwrap_or_default().to_owned(),
                conditions,
            }),
            Err(message) => {
                report(faults, path, message);
                None
            }
        }
    }

    fn read_table(path: &str, value: &Value, faults: &mut Vec<ScheduleFault>) -> Option<Self> {
        let table = Table::read(path, value, &KEYS, faults)?;
        let count = faults.len();
        let mut conditions = Vec::new();
        for key in KEYS {
            let mut alternatives = Vec::new();
            for (path, item) in table.items(key) {
                let condition = match item.as_str() {
                    Some(text) => parse_condition(key, text),
                    None => Err("not a string".to_owned()),
                };
                match condition {
                    Ok(condition) => alternatives.push(condition),
                    Err(message) => report(faults, &path, message),
                }
            }
            conditions.extend(merge(alternatives));
        }
        if conditions.is_empty() && faults.len() == count {
            report(
                faults,
                path,
                format!("no condition; keys: {}", KEYS.join(", ")),
            );
        }
        (faults.len() == count).then(|| Self {
            source: value.to_string(),
            conditions,
        })
    }

    /// Returns `true` if the cluster meets all conditions.
    pub(super) fn matches(&self, cluster: &ScheduleTarget) -> bool {
        self.conditions.iter().all(|condition| {
            let values = condition.field.values(cluster);
            let mut values = values.iter();
            values.any(|value| {
                let mut patterns = condition.patterns.iter();
                patterns.any(|pattern| pattern.matches(value))
            })
        })
    }

    /// Returns the item as the file has it.
    pub(super) fn source(&self) -> &str {
        &self.source
    }
}

impl Field {
    fn values<'a>(&self, cluster: &'a ScheduleTarget) -> Vec<&'a str> {
        let all = |values: &'a [String]| values.iter().map(String::as_str).collect();
        match self {
            Self::Name => vec![&cluster.name],
            Self::Project => vec![&cluster.project_name, cluster.project_id.as_str()],
            Self::Tag(key) => cluster.tag(key).into_iter().collect(),
            Self::Tier => all(&cluster.tiers),
            Self::Region => all(&cluster.regions),
            Self::Provider => all(&cluster.providers),
            Self::Version => cluster.mongodb_version.as_deref().into_iter().collect(),
        }
    }
}

/// Merges the values of one key: several values of one field are alternatives.
fn merge(conditions: Vec<Condition>) -> Vec<Condition> {
    let mut merged: Vec<Condition> = Vec::new();
    for condition in conditions {
        match merged
            .iter_mut()
            .find(|other| other.field == condition.field)
        {
            Some(other) => other.patterns.extend(condition.patterns),
            None => merged.push(condition),
        }
    }
    merged
}

/// Parses `NAME`, `PROJECT:NAME` and `tag:KEY=VALUE`; a project's name can contain colons.
fn parse_string(text: &str) -> Result<Vec<Condition>, String> {
    if let Some(tag) = text.strip_prefix(TAG_PREFIX) {
        return Ok(vec![parse_condition("tag", tag)?]);
    }
    match text.rsplit_once(':') {
        None => Ok(vec![parse_condition("name", text)?]),
        Some((project, name)) => Ok(vec![
            parse_condition("project", project)?,
            parse_condition("name", name)?,
        ]),
    }
}

/// Parses the value of a key of [`KEYS`].
fn parse_condition(key: &str, text: &str) -> Result<Condition, String> {
    if text.is_empty() {
        return Err(format!("empty {key}: write `*` for every {key}"));
    }
    let (field, pattern) = match key {
        "project" => (Field::Project, text.to_owned()),
        "tier" => (Field::Tier, text.to_uppercase()),
        "region" => (Field::Region, text.to_uppercase()),
        "provider" => (Field::Provider, text.to_uppercase()),
        "version" => (Field::Version, text.to_owned()),
        "tag" => match text.split_once('=') {
            Some((tag, value)) if !tag.is_empty() && !value.is_empty() => {
                (Field::Tag(tag.to_owned()), value.to_owned())
            }
            _ => {
                return Err(format!(
                    "`{text}` is not a tag: write KEY=VALUE, or `KEY=*` for any value"
                ));
            }
        },
        _ => (Field::Name, text.to_owned()),
    };
    let pattern = Pattern::parse(&pattern, text).map_err(|error| error.to_string())?;
    Ok(Condition {
        field,
        patterns: vec![pattern],
    })
}
