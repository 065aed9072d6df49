//! Builds the bodies of requests that create and change online archives.

use mongodbatlas::{Document, operation};
use serde_json::{Value, json};

use crate::{
    engine::{Invocation, definition::Future, value::split_list},
    error::CliError,
};

/// The type of criteria with a date field.
const DATE: &str = "DATE";

/// Adds type, date format and partition fields to an archive that flags describe.
pub(super) fn complete_archive(
    invocation: &Invocation<'_>,
    body: &mut Value,
) -> Result<(), CliError> {
    if invocation.text("file").is_some() {
        return Ok(());
    }
    for name in ["db", "collection", "date-field", "archive-after"] {
        if invocation.text(name).is_none() {
            return Err(CliError::usage(format!(
                "the online archive needs `--{name}` or `--file`"
            ))
            .with_hint(
                "as in `--db shop --collection orders --date-field placedAt --archive-after 90`",
            ));
        }
    }
    body["criteria"]["type"] = DATE.into();
    if let Some(format) = invocation.choice("date-format")? {
        body["criteria"]["dateFormat"] = format.into();
    }
    let mut fields = Vec::new();
    for text in invocation.texts("partition") {
        fields.extend(split_list(text)?);
    }
    if !fields.is_empty() {
        let fields = fields.iter().enumerate();
        let fields = fields.map(|(order, name)| json!({ "fieldName": name, "order": order }));
        body["partitionFields"] = fields.collect();
    }
    Ok(())
}

/// Updates an archive. Atlas replaces the criteria as a whole, so those that no flag changes are read before; the
/// official CLI does not read them.
pub(super) fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let mut request =
            invocation.request(operation::UPDATE_GROUP_CLUSTER_ONLINE_ARCHIVE, scope)?;
        if invocation.text("archive-after").is_some() && !invocation.session.emulates_official_cli {
            let read = request.with_operation(operation::GET_GROUP_CLUSTER_ONLINE_ARCHIVE, &[]);
            let (response, _) = invocation.send(&read).await?;
            let current = response.document().map(Document::to_value);
            let current = current.unwrap_or_default();
            let criteria = current["criteria"].as_object().into_iter().flatten();
            if let Some(body) = &mut request.body {
                for (name, value) in criteria.filter(|(name, _)| *name != "expireAfterDays") {
                    body["criteria"][name] = value.clone();
                }
            }
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Rejects an update without a change; in official mode adds the id, as the official CLI does.
pub(super) fn complete_update(
    invocation: &Invocation<'_>,
    body: &mut Value,
) -> Result<(), CliError> {
    if body.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(CliError::usage("nothing to change")
            .with_hint("add `--archive-after DAYS`, `--expire-after-days DAYS` or `--file FILE`"));
    }
    if invocation.session.emulates_official_cli {
        body["_id"] = invocation.text("archive-id").into();
    }
    Ok(())
}

/// In official mode sends the state instead of `paused`, as the official CLI does.
#[expect(clippy::unnecessary_wraps, reason = "the signature of `Adjust`")]
pub(super) fn set_paused(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.session.emulates_official_cli {
        let state = if body["paused"] == true {
            "PAUSING"
        } else {
            "ACTIVE"
        };
        *body = json!({ "_id": invocation.text("archive-id"), "state": state });
    }
    Ok(())
}
