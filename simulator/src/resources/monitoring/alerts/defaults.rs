//! Default alert configurations of a project.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::behaviour::{behaviour, parse};
use crate::state::clock::format_time;
use crate::state::{Record, State, derived_id};

static DEFAULTS: LazyLock<Defaults> = LazyLock::new(|| parse(behaviour!("alerts.toml")));

#[derive(Default, Deserialize)]
struct Defaults {
    configuration: Vec<Configuration>,
}

/// A default alert configuration.
#[derive(Deserialize)]
struct Configuration {
    event: String,
    /// Minutes until the first notification.
    delay: u32,
    /// Minutes between notifications.
    interval: u32,
    metric: Option<String>,
    /// Value of the metric above which the alert opens.
    threshold: Option<f64>,
    /// Number of days before an expiry date at which the alert opens.
    days: Option<u32>,
}

impl Configuration {
    /// Returns the threshold fields of the configuration.
    fn rule(&self) -> Value {
        if let Some(metric) = &self.metric {
            return json!({
                "metricThreshold": {
                    "metricName": metric,
                    "mode": "AVERAGE",
                    "operator": "GREATER_THAN",
                    "threshold": self.threshold,
                    "units": "RAW",
                },
            });
        }
        match self.days {
            Some(days) => json!({
                "threshold": { "operator": "LESS_THAN", "threshold": days, "units": "DAYS" },
            }),
            None => json!({}),
        }
    }
}

/// Returns the path of the configurations of a project in the store.
pub(super) fn collection_path(project: &str) -> String {
    format!("/groups/{project}/alertConfigs")
}

/// Creates the default configurations, unless the project was created without them.
pub(super) fn ensure_defaults(state: &mut State, project: &str) {
    let path = collection_path(project);
    if state.store.find_list(&path).is_some() {
        return;
    }
    let Ok(details) = state.project(project) else {
        return;
    };
    let configurations = if details.default_alerts {
        build_default_records(project, details.created)
    } else {
        Vec::new()
    };
    state.store.list_mut(&path).extend(configurations);
}

/// Returns the default configurations of a project.
fn build_default_records(project: &str, created: Timestamp) -> Vec<Record> {
    let defaults = DEFAULTS.configuration.iter();
    defaults
        .enumerate()
        .map(|(index, configuration)| {
            let id = derived_id(&format!("alert configuration {index} {project}"));
            let notifier = derived_id(&format!("notifier {id}"));
            let mut document = json!({
                "created": format_time(created),
                "enabled": true,
                "eventTypeName": configuration.event,
                "groupId": project,
                "id": id,
                "matchers": [],
                "notifications": [{
                    "delayMin": configuration.delay,
                    "emailEnabled": true,
                    "intervalMin": configuration.interval,
                    "notifierId": notifier,
                    "roles": ["GROUP_OWNER"],
                    "smsEnabled": false,
                    "typeName": "GROUP",
                }],
                "updated": format_time(created),
            });
            if let (Some(document), Value::Object(rule)) =
                (document.as_object_mut(), configuration.rule())
            {
                document.extend(rule);
            }
            Record::new(id, document, created)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::Document;

    #[test]
    fn default_configurations_name_events_of_the_document() {
        let schemas = Document::vendored().unwrap().schemas();
        let events = schemas.property_values("GroupAlertsConfig", "eventTypeName");
        for configuration in &DEFAULTS.configuration {
            assert!(
                events.contains(&configuration.event.as_str()),
                "{}",
                configuration.event
            );
        }
        let document_json = include_str!("../../../../openapi/atlas-admin-v2.json");
        for metric in DEFAULTS
            .configuration
            .iter()
            .filter_map(|configuration| configuration.metric.as_ref())
        {
            assert!(document_json.contains(&format!("\"{metric}\"")), "{metric}");
        }
    }
}
