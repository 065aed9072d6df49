//! Keeps the newest stable version of each operation, and the dates of all its stable versions.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    document::{Document, is_success},
    media_type::MediaType,
};

/// Stable versions by date, each with its sunset.
type Versions = BTreeMap<String, Option<String>>;

/// Drops preview-only operations, and all but the newest stable version of the others.
pub(super) fn keep_newest_stable(document: &mut Document) {
    inline_successes(document);
    document.retain_operations(|operation| !stable_versions(operation).is_empty());
    document.operations_mut(|_, _, operation| {
        let versions = stable_versions(operation);
        let Some(newest) = versions.keys().next_back().cloned() else {
            return;
        };
        keep_version(operation, &newest);
        operation["x-atlas-versions"] = versions.into_iter().map(version_entry).collect();
    });
}

/// Inlines shared successful responses, so that each operation can have its own media types.
fn inline_successes(document: &mut Document) {
    let shared = document.0["components"]["responses"].clone();
    document.operations_mut(|_, _, operation| {
        for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            let name = response
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|text| text.rsplit('/').next());
            if let Some(found) = name
                .filter(|_| is_success(status))
                .and_then(|name| shared.get(name))
            {
                *response = found.clone();
            }
        }
    });
}

/// Returns the stable versions of an operation's successful responses.
fn stable_versions(operation: &Value) -> Versions {
    let mut versions: Versions = recorded_versions(operation);
    let responses = operation["responses"].as_object().into_iter().flatten();
    for (_, response) in responses.filter(|(status, _)| is_success(status)) {
        for (name, media) in response["content"].as_object().into_iter().flatten() {
            let Some(date) = MediaType::parse(name).and_then(|media| media.stable) else {
                continue;
            };
            let sunset = media["x-sunset"].as_str().map(str::to_owned);
            let known_sunset = versions.entry(date.to_owned()).or_default();
            *known_sunset = sunset.or(known_sunset.take());
        }
    }
    versions
}

/// Returns the versions that an earlier import recorded.
fn recorded_versions(operation: &Value) -> Versions {
    let recorded = operation
        .get("x-atlas-versions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    recorded
        .filter_map(|version| {
            let sunset = version["sunset"].as_str().map(str::to_owned);
            Some((version["version"].as_str()?.to_owned(), sunset))
        })
        .collect()
}

/// Returns the entry of a version in the vendored document.
fn version_entry((date, sunset): (String, Option<String>)) -> Value {
    match sunset {
        Some(sunset) => json!({ "version": date, "sunset": sunset }),
        None => json!({ "version": date }),
    }
}

/// Keeps the media types of one version in responses, and those of the latest version up to it in the
/// request.
fn keep_version(operation: &mut Value, newest: &str) {
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else {
            continue;
        };
        if is_success(status) {
            keep_media(content, newest);
        }
    }
    let content = operation
        .pointer_mut("/requestBody/content")
        .and_then(Value::as_object_mut);
    if let Some(content) = content {
        let dates = content
            .keys()
            .filter_map(|name| MediaType::parse(name)?.stable);
        let latest = dates
            .filter(|date| *date <= newest)
            .max()
            .map(str::to_owned);
        keep_media(content, latest.as_deref().unwrap_or(newest));
    }
}

/// Keeps the media types of a version and those without a version.
fn keep_media(content: &mut Map<String, Value>, version: &str) {
    content.retain(|name, _| match MediaType::parse(name) {
        Some(media) => media.stable == Some(version),
        None => true,
    });
    for (_, media) in content {
        if let Some(media) = media.as_object_mut() {
            media.remove("x-sunset");
            media.remove("x-xgen-version");
        }
    }
}
