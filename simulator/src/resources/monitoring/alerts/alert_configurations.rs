//! Alert configurations of a project, including the default configurations.

use serde_json::{Value, json};

use super::defaults::{collection_path, ensure_defaults};
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::schema::secrets;
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("listGroupAlertConfigs", list),
    ("getGroupAlertAlertConfigs", list_for_alert),
    ("getGroupAlertConfig", get),
    ("createGroupAlertConfig", create),
    ("updateGroupAlertConfig", update),
    ("toggleGroupAlertConfig", toggle),
    ("deleteGroupAlertConfig", delete),
    ("listAlertConfigMatcherFieldNames", list_matcher_fields),
];

/// Schema of a notification, a union of all types.
const NOTIFICATION: &str = "#/components/schemas/AlertsNotificationRootForGroup";

/// Minimum value of `intervalMin`.
const MIN_INTERVAL: i64 = 5;

/// Substring in the names of events about a metric beyond a threshold.
const METRIC_EVENTS: &str = "METRIC_THRESHOLD";

/// Creates the default configurations and returns the context of a call.
fn prepare<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let context = Context::new(call)?;
    ensure_defaults(state, call.path("groupId"));
    Context::prepare(state, call)?;
    Ok(context)
}

/// `GET /groups/{groupId}/alertConfigs`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let configurations = state.store.list(&collection_path(call.path("groupId")));
    page::respond(call, &[], configurations, |configuration| {
        render_list_item(configuration, call)
    })
}

/// `GET /groups/{groupId}/alerts/{alertId}/alertConfigs`
pub(crate) fn list_for_alert(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let alert = super::find(state, call.path("groupId"), call.path("alertId"))?;
    let id = alert.string("alertConfigId");
    let configurations = state
        .store
        .list(&collection_path(call.path("groupId")))
        .iter();
    let matching: Vec<_> = configurations
        .filter(|configuration| configuration.key == id)
        .collect();
    page::respond(call, &[], &matching, |configuration| {
        render_list_item(configuration, call)
    })
}

/// `GET /groups/{groupId}/alertConfigs/{alertConfigId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let configuration = find(state, call.path("groupId"), call.path("alertConfigId"))?;
    Ok(ApiResponse::ok(add_links(configuration, call)))
}

/// `POST /groups/{groupId}/alertConfigs`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let id = state.ids().next(call.now);
    let document = new_document(state, &context, &id, call.now)?;
    let created = Record::new(id, document, call.now);
    let reply = generic::responses::build(&context, add_links(&created, call));
    let configurations = state.store.list_mut(&collection_path(call.path("groupId")));
    configurations.push(created);
    Ok(reply)
}

/// `PUT /groups/{groupId}/alertConfigs/{alertConfigId}`
///
/// Replaces a configuration.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let existing = find(state, call.path("groupId"), call.path("alertConfigId"))?.clone();
    let document = new_document(state, &context, &existing.key, existing.created)?;
    change(state, &context, |existing| *existing = document)
}

/// `PATCH /groups/{groupId}/alertConfigs/{alertConfigId}`
///
/// Enables or disables a configuration.
pub(crate) fn toggle(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    change(state, &context, |document| {
        if body["enabled"].is_boolean() {
            document["enabled"] = body["enabled"].clone();
        }
        document["updated"] = json!(format_time(call.now));
    })
}

/// `DELETE /groups/{groupId}/alertConfigs/{alertConfigId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    find(state, call.path("groupId"), call.path("alertConfigId"))?;
    let path = collection_path(call.path("groupId"));
    state
        .store
        .remove(&path, &["id"], call.path("alertConfigId"));
    super::rules::cancel(
        state,
        call.path("groupId"),
        call.path("alertConfigId"),
        call.now,
    );
    Ok(ApiResponse::no_content())
}

/// `GET /alertConfigs/matchers/fieldNames`
///
/// Lists the field names of all kinds of matchers.
pub(crate) fn list_matcher_fields(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let schemas = context.document.schemas();
    let field = schemas.items(context.response_schema());
    let field = field.map(|field| schemas.resolve(field));
    let kinds = field.and_then(|field| field["oneOf"].as_array());
    let names = kinds
        .into_iter()
        .flatten()
        .filter_map(|kind| schemas.resolve(kind)["enum"].as_array());
    let mut distinct: Vec<Value> = Vec::new();
    for name in names.flatten() {
        if !distinct.contains(name) {
            distinct.push(name.clone());
        }
    }
    Ok(ApiResponse::ok(distinct.into()))
}

pub(super) fn find<'a>(state: &'a State, project: &str, id: &str) -> Result<&'a Record, ApiError> {
    let configuration = state.store.find(&collection_path(project), &["id"], id);
    configuration.ok_or_else(|| configuration_not_found(project, id))
}

fn configuration_not_found(project: &str, id: &str) -> ApiError {
    let detail = format!("No alert configuration with ID {id} exists in group {project}.");
    let parameters = vec![json!(id), json!(project)];
    ApiError::rejected(404, "ALERT_CONFIG_NOT_FOUND", detail, parameters)
}

fn missing_threshold() -> ApiError {
    let detail = "An alert about a metric needs a metricThreshold.";
    let parameters = vec![json!("metricThreshold")];
    ApiError::rejected(400, "MISSING_METRIC_THRESHOLD", detail, parameters)
}

fn change(
    state: &mut State,
    context: &Context<'_>,
    apply: impl FnOnce(&mut Value),
) -> Result<ApiResponse, ApiError> {
    let call = context.call;
    let (project, id) = (call.path("groupId"), call.path("alertConfigId"));
    let configuration = state.store.find_mut(&collection_path(project), &["id"], id);
    let configuration = configuration.ok_or_else(|| configuration_not_found(project, id))?;
    apply(&mut configuration.document);
    Ok(generic::responses::build(
        context,
        add_links(configuration, call),
    ))
}

/// Returns the document of the configuration in the body, with ids, times and defaults.
fn new_document(
    state: &mut State,
    context: &Context<'_>,
    id: &str,
    created: jiff::Timestamp,
) -> Result<Value, ApiError> {
    let call = context.call;
    let mut document = requests::parse_body(context)?.unwrap_or_default();
    let Some(kind) = document["eventTypeName"].as_str() else {
        return Err(ApiError::missing_attribute("eventTypeName"));
    };
    let kind = kind.to_uppercase();
    let mut thresholds = ["metricThreshold", "threshold"].iter();
    if kind.contains(METRIC_EVENTS) && thresholds.all(|field| document[*field].is_null()) {
        return Err(missing_threshold());
    }
    document["eventTypeName"] = json!(kind);
    let notifications = document["notifications"].as_array_mut();
    let Some(notifications) = notifications.filter(|list| !list.is_empty()) else {
        return Err(ApiError::missing_attribute("notifications"));
    };
    let schemas = context.document.schemas();
    let forms = json!({ "$ref": NOTIFICATION });
    for notification in notifications {
        *notification = schemas.without_foreign_fields(&forms, notification);
        check_notification(notification)?;
        if notification["notifierId"].is_null() {
            notification["notifierId"] = json!(state.ids().next(call.now));
        }
        fill_defaults(notification);
    }
    if document["enabled"].is_null() {
        document["enabled"] = json!(false);
    }
    if document["matchers"].is_null() {
        document["matchers"] = json!([]);
    }
    document["created"] = json!(format_time(created));
    document["groupId"] = json!(call.path("groupId"));
    document["id"] = json!(id);
    document["updated"] = json!(format_time(call.now));
    Ok(document)
}

/// Rejects an interval below the minimum, and a group notification with neither email nor SMS.
fn check_notification(notification: &Value) -> Result<(), ApiError> {
    let interval = notification["intervalMin"].as_i64();
    // An interval of 0 means that the notification is not repeated.
    if interval.is_some_and(|interval| interval != 0 && interval < MIN_INTERVAL) {
        let detail = format!("The notification interval must be at least {MIN_INTERVAL} minutes.");
        let code = "NOTIFICATION_INTERVAL_OUT_OF_RANGE";
        return Err(ApiError::rejected(
            400,
            code,
            detail,
            vec![json!(MIN_INTERVAL)],
        ));
    }
    let is_group = notification["typeName"] == "GROUP";
    let is_on = |field: &str| notification[field] == true;
    let is_off = |field: &str| notification[field] == false;
    if is_group
        && (is_off("emailEnabled") || is_off("smsEnabled"))
        && !is_on("emailEnabled")
        && !is_on("smsEnabled")
    {
        let detail = "A group notification requires email or SMS.";
        let code = "EMAIL_OR_SMS_REQUIRED_FOR_GROUP_NOTIFICATION";
        return Err(ApiError::rejected(400, code, detail, Vec::new()));
    }
    Ok(())
}

/// Adds the default times of a notification and masks its secrets.
fn fill_defaults(notification: &mut Value) {
    if notification["delayMin"].is_null() {
        notification["delayMin"] = json!(0);
    }
    if notification["intervalMin"].is_null() {
        notification["intervalMin"] = json!(5);
    }
    secrets::mask("alertConfigs", notification);
    if let Some(url) = notification["webhookUrl"].as_str() {
        notification["webhookUrl"] = json!(secrets::mask_url(url));
    }
    if let Some(object) = notification.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
}

/// Renders a configuration as a list item.
fn render_list_item(configuration: &Record, call: &Call) -> Value {
    let mut document = configuration.document.clone();
    document["links"] = json!([render_link(
        call,
        &configuration_path(configuration, call),
        "self"
    )]);
    document
}

/// Renders a configuration.
fn add_links(configuration: &Record, call: &Call) -> Value {
    let mut document = configuration.document.clone();
    let path = configuration_path(configuration, call);
    document["links"] = json!([
        render_link(call, &path, "self"),
        render_link(call, &format!("{path}/alerts"), &call.link("/alerts")),
    ]);
    document
}

fn configuration_path(configuration: &Record, call: &Call) -> String {
    let project = call.path("groupId");
    format!(
        "/api/atlas/v2/groups/{project}/alertConfigs/{}",
        configuration.key
    )
}
