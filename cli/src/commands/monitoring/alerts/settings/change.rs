//! `alerts settings create` and `update`.

use mongodbatlas::operation;
use serde_json::Value;

use super::flags::complete;
use crate::{
    engine::{Invocation, definition::Future, request::Request},
    error::CliError,
};

/// Read-only fields that Atlas sets.
const COMPUTED_FIELDS: [&str; 3] = ["created", "updated", "links"];

/// Creates an alert configuration.
pub(super) fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project_id(invocation).await?;
        let scope = Some(("groupId", project.as_str()));
        let mut request = invocation.request(operation::CREATE_GROUP_ALERT_CONFIG, scope)?;
        let has_file = invocation.text("file").is_some();
        if let Some(body) = &mut request.body {
            complete(invocation, body)?;
            if !has_file {
                check_event(body)?;
                disable_by_default(body);
            }
            body["groupId"] = project.into();
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Updates an alert configuration. Flags change the current one, except in official mode; a file replaces it.
pub(super) fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let project = project_id(invocation).await?;
        let scope = Some(("groupId", project.as_str()));
        let mut request = invocation.request(operation::UPDATE_GROUP_ALERT_CONFIG, scope)?;
        let is_replaced = invocation.text("file").is_some();
        if let Some(body) = &mut request.body {
            complete(invocation, body)?;
            if !is_replaced && invocation.session.emulates_official_cli {
                disable_by_default(body);
            }
        }
        if !is_replaced && !invocation.session.emulates_official_cli {
            request = with_current(invocation, request).await?;
        }
        if let Some(body) = &mut request.body {
            body["groupId"] = project.into();
            body["id"] = invocation.text("alert-config-id").into();
        }
        invocation.confirm_and_send(&request).await
    })
}

async fn project_id(invocation: &Invocation<'_>) -> Result<String, CliError> {
    let scope = invocation.scope().await?;
    Ok(scope.map(|(_, place)| place.id).unwrap_or_default())
}

fn check_event(body: &Value) -> Result<(), CliError> {
    if body["eventTypeName"].is_null() {
        return Err(CliError::usage("missing option `--event` or `--file`")
            .with_hint("add `--event NO_PRIMARY`"));
    }
    Ok(())
}

/// Disables a configuration that the command line does not enable, as the official CLI does.
fn disable_by_default(body: &mut Value) {
    if body["enabled"].is_null() {
        body["enabled"] = false.into();
    }
}

/// Reads the current configuration and returns a request that changes it.
async fn with_current(invocation: &Invocation<'_>, request: Request) -> Result<Request, CliError> {
    let changes = request.body.clone().unwrap_or_default();
    if changes.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(CliError::usage("nothing to change")
            .with_hint("add a flag such as `--enabled`, or `--file FILE`"));
    }
    let read = request.with_operation(operation::GET_GROUP_ALERT_CONFIG, &[]);
    let (response, _) = invocation.send(&read).await?;
    let document = response.document().map(mongodbatlas::Document::to_value);
    let mut body = document.unwrap_or_default();
    apply(&mut body, changes)?;
    Ok(request.with_body(body))
}

/// Changes a configuration.
fn apply(body: &mut Value, changes: Value) -> Result<(), CliError> {
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|name, _| !COMPUTED_FIELDS.contains(&name.as_str()));
    }
    let Value::Object(changes) = changes else {
        return Ok(());
    };
    for (name, change) in changes {
        match (name.as_str(), change) {
            ("notifications", Value::Array(items)) => {
                let change = items.into_iter().next().unwrap_or_default();
                change_notification(&mut body["notifications"], change)?;
            }
            ("matchers", Value::Array(items)) => {
                let change = items.into_iter().next().unwrap_or_default();
                change_matcher(&mut body["matchers"], change)?;
            }
            ("threshold", change) if body["metricThreshold"].is_object() => {
                merge(&mut body["metricThreshold"], change);
            }
            (_, change) => merge(&mut body[name.as_str()], change),
        }
    }
    Ok(())
}

/// Changes the notification with the id of the change or, if the change has no id, the only notification.
fn change_notification(notifications: &mut Value, change: Value) -> Result<(), CliError> {
    let mut items = take_items(notifications);
    let id = change["notifierId"].as_str();
    let index = match id {
        Some(id) => items.iter().position(|item| item["notifierId"] == id),
        None if items.len() > 1 => return Err(several_notifications(&items)),
        None => (!items.is_empty()).then_some(0),
    };
    match (index, id) {
        (None, Some(id)) => {
            return Err(CliError::usage(format!("notification `{id}` not found"))
                .with_hint("`alerts settings describe ID -o json` shows the notifications"));
        }
        (None, None) => items.push(change),
        (Some(index), _) => {
            let kind = &change["typeName"];
            if kind.is_null() || *kind == items[index]["typeName"] {
                merge(&mut items[index], change);
            } else {
                items[index] = change;
            }
        }
    }
    *notifications = items.into();
    Ok(())
}

fn several_notifications(items: &[Value]) -> CliError {
    let ids = items.iter().filter_map(|item| item["notifierId"].as_str());
    let ids: Vec<_> = ids.collect();
    CliError::usage("the configuration has several notifications")
        .with_hint(format!("add `--notifier-id`, one of {}", ids.join(", ")))
}

/// Changes the only matcher, or adds one.
fn change_matcher(matchers: &mut Value, change: Value) -> Result<(), CliError> {
    let mut items = take_items(matchers);
    match items.as_mut_slice() {
        [] => items.push(change),
        [matcher] => merge(matcher, change),
        _ => {
            return Err(CliError::usage("the configuration has several matchers")
                .with_hint("replace the configuration with `--file FILE`"));
        }
    }
    *matchers = items.into();
    Ok(())
}

/// Takes the items out of an array.
fn take_items(value: &mut Value) -> Vec<Value> {
    match value.take() {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// Merges the fields of a change into a value, recursively.
fn merge(value: &mut Value, change: Value) {
    match (value, change) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                merge(fields.entry(name).or_insert(Value::Null), change);
            }
        }
        (value, change) => *value = change,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changed(body: &Value, changes: Value) -> Result<Value, CliError> {
        let mut body = body.clone();
        apply(&mut body, changes)?;
        Ok(body)
    }

    #[test]
    fn change_keeps_other_settings_of_the_only_notification() {
        let body = json!({
            "created": "2026-11-01T00:00:00Z",
            "enabled": true,
            "notifications": [{ "typeName": "GROUP", "intervalMin": 5, "emailEnabled": true }],
        });
        let body = changed(&body, json!({ "notifications": [{ "intervalMin": 60 }] })).unwrap();

        assert_eq!(
            body,
            json!({
                "enabled": true,
                "notifications": [{ "typeName": "GROUP", "intervalMin": 60, "emailEnabled": true }],
            })
        );
    }

    #[test]
    fn notification_of_another_type_replaces_the_fields() {
        let body = json!({ "notifications": [{ "typeName": "GROUP", "emailEnabled": true }] });
        let sms = json!({ "typeName": "SMS", "mobileNumber": "+49 30 1234" });
        let body = changed(&body, json!({ "notifications": [sms] })).unwrap();

        assert_eq!(body, json!({ "notifications": [sms] }));
    }

    #[test]
    fn change_of_one_of_several_notifications_needs_its_id() {
        let body = json!({ "notifications": [
            { "notifierId": "a", "intervalMin": 5 },
            { "notifierId": "b", "intervalMin": 5 },
        ]});

        let error = changed(&body, json!({ "notifications": [{ "intervalMin": 9 }] })).unwrap_err();
        assert_eq!(error.hint(), Some("add `--notifier-id`, one of a, b"));

        let change = json!({ "notifications": [{ "notifierId": "b", "intervalMin": 9 }] });
        let body = changed(&body, change).unwrap();
        assert_eq!(body["notifications"][0]["intervalMin"], 5);
        assert_eq!(body["notifications"][1]["intervalMin"], 9);
    }
}
