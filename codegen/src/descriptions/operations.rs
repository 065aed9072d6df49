//! Adds the documentation of operations.

use heck::ToSnakeCase;
use serde_json::json;

use super::{Descriptions, unknown_name_error};
use crate::{document::Document, error::Result, operations::Row, rate_limits::RateLimits};

/// Prefix of the operation's page in the official reference.
const REFERENCE_URL: &str =
    "https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-";

/// Sets summary and description of each operation. The fallback of the summary is the operation's id.
pub(super) fn describe(
    document: &mut Document,
    descriptions: &Descriptions,
    limits: &RateLimits,
    table: &[Row],
) -> Result<()> {
    if let Some(unknown) = descriptions
        .operations
        .keys()
        .find(|id| table.iter().all(|row| row.id != **id))
    {
        return Err(unknown_name_error(unknown));
    }
    document.operations_mut(|_, _, operation| {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let Some(row) = table.iter().find(|row| row.id == id) else {
            return;
        };
        let summary = descriptions
            .operations
            .get(id)
            .cloned()
            .unwrap_or_else(|| id_to_sentence(id));
        operation["summary"] = json!(summary);
        operation["description"] = json!(format_facts(row, limits));
    });
    Ok(())
}

/// Turns an operation's id into a sentence, such as `List groups.`.
fn id_to_sentence(id: &str) -> String {
    let words = id.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Returns version, deprecation, roles, rate limit and reference of an operation.
fn format_facts(row: &Row, limits: &RateLimits) -> String {
    let (date, sunset) = row.versions.last().cloned().unwrap_or_default();
    let until = sunset.map(|sunset| format!(", sunset on {sunset}"));
    let mut facts = vec![format!("API version {date}{}.", until.unwrap_or_default())];
    if row.deprecated {
        facts.push("Deprecated by Atlas.".to_owned());
    }
    let roles: Vec<_> = row.roles.iter().map(|role| format!("`{role}`")).collect();
    if !roles.is_empty() {
        facts.push(format!("Requires one of the roles {}.", roles.join(", ")));
    }
    facts.extend(limits.sentence(&row.id));
    let (facts, page) = (facts.join(" "), row.id.to_lowercase());
    format!("{facts}\n\n[Reference]({REFERENCE_URL}{page})")
}
