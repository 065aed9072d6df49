//! The table against the document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;

/// Maximum depth of a traversal; schemas can be recursive.
const MAX_DEPTH: usize = 6;

/// Looks up every field by its path, recursively.
fn walk(root: Schema, schema: Schema, path: &str, depth: usize, count: &mut usize) {
    for field in schema.fields() {
        *count += 1;
        let path = format!("{path}{}", field.name());
        assert_eq!(root.field(&path), Some(field), "{path}");
        let (inner, path) = innermost(field.schema(), path);
        if depth > 0 {
            walk(root, inner, &format!("{path}."), depth - 1, count);
        }
    }
}

/// Returns the innermost schema of nested arrays and maps, with its path.
fn innermost(schema: Schema, path: String) -> (Schema, String) {
    match schema.items() {
        Some(items) => innermost(items, format!("{path}.*")),
        None => (schema, path),
    }
}

fn request(id: &str) -> Schema {
    Operation::by_id(id).unwrap().request_body().unwrap()
}

fn collect_names(fields: impl Iterator<Item = Field>) -> Vec<&'static str> {
    fields.map(Field::name).collect()
}

#[test]
fn every_path_of_every_body_resolves() {
    let mut count = 0;
    for operation in Operation::all() {
        let bodies = [operation.request_body(), operation.response_body()];
        for body in bodies.into_iter().flatten() {
            let (inner, path) = innermost(body, String::new());
            let path = path.trim_start_matches('.');
            let prefix = if path.is_empty() {
                String::new()
            } else {
                format!("{path}.")
            };
            walk(body, inner, &prefix, MAX_DEPTH, &mut count);
        }
    }
    println!("{count} fields");
    assert!(count > 13_000, "{count} fields");
}

/// Collects the named objects, recursively.
fn collect_objects(schema: Schema, objects: &mut BTreeMap<&'static str, Schema>) {
    if let Some(items) = schema.items() {
        return collect_objects(items, objects);
    }
    let name = schema
        .name()
        .filter(|_| matches!(schema.kind(), FieldKind::Object(_)));
    if name.is_some_and(|name| objects.insert(name, schema) == Some(schema)) {
        return;
    }
    let variants = schema.variants().map(Variant::schema);
    for inner in schema.fields().map(Field::schema).chain(variants) {
        collect_objects(inner, objects);
    }
}

#[test]
fn fields_agree_with_the_document() {
    let document = include_str!("../../openapi/atlas-admin-v2.json");
    let document: Value = serde_json::from_str(document).unwrap();
    let mut objects = BTreeMap::new();
    for operation in Operation::all() {
        let bodies = [operation.request_body(), operation.response_body()];
        for body in bodies.into_iter().flatten() {
            collect_objects(body, &mut objects);
        }
    }
    let mut count = 0;
    for (name, object) in objects {
        let schema = &document["components"]["schemas"][name];
        if ["allOf", "oneOf", "anyOf", "discriminator"]
            .iter()
            .any(|key| !schema[key].is_null())
        {
            continue;
        }
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let object_field = object.field(field).unwrap();
            assert_declaration(object_field, schema, property);
            count += 1;
        }
    }
    println!("{count} fields");
    assert!(count > 3_000, "{count} fields");
}

/// Compares a field with its declaration in the document.
fn assert_declaration(field: Field, schema: &Value, property: &Value) {
    let required = schema["required"].as_array().into_iter().flatten();
    let is_required = required.clone().any(|name| name == field.name());
    assert_eq!(
        field.is_required(),
        is_required && !field.is_read_only(),
        "{field:?}"
    );
    assert_eq!(
        field.is_write_only(),
        property["writeOnly"] == true,
        "{field:?}"
    );
    assert_eq!(
        field.is_deprecated(),
        property["deprecated"] == true,
        "{field:?}"
    );
    let kind = match field.kind() {
        FieldKind::String => "string",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::Array(_) => "array",
        _ => return,
    };
    if property["$ref"].is_null() && property["oneOf"].is_null() {
        assert_eq!(property["type"], kind, "{field:?}");
        assert_eq!(field.format(), property["format"].as_str(), "{field:?}");
        let values = property
            .pointer("/enum")
            .or(property.pointer("/items/enum"));
        if let Some(values) = values.and_then(Value::as_array) {
            let listed = values
                .iter()
                .map(|value| value.to_string().replace('"', ""));
            assert!(field.enum_values().eq(listed), "{field:?}");
        }
    }
}

#[test]
fn every_json_body_has_a_schema() {
    for operation in Operation::all() {
        let is_json = operation.response_kind == ResponseKind::Json;
        assert_eq!(
            operation.response_body().is_some(),
            is_json,
            "{}",
            operation.id
        );
        let has_request = operation.content_type.is_some();
        assert_eq!(
            operation.request_body().is_some(),
            has_request,
            "{}",
            operation.id
        );
    }
}

#[test]
fn every_path_of_an_operation_has_a_schema() {
    let mut missing = Vec::new();
    for operation in Operation::all() {
        let bodies = [
            (operation.request_body(), operation.request_fields),
            (operation.response_body(), operation.response_fields),
            (operation.request_body(), operation.server_owned),
        ];
        for (body, paths) in bodies {
            for path in paths {
                if body.and_then(|body| body.field(path)).is_none() {
                    missing.push((operation.id, *path));
                }
            }
        }
    }
    assert_eq!(missing, []);
}

#[test]
fn cluster_has_its_fields_and_enum_values() {
    for id in ["createGroupCluster", "updateGroupCluster"] {
        let cluster = request(id);
        assert_eq!(cluster.name(), Some("ClusterDescription20240805"));
        assert_eq!(cluster.fields().count(), 37, "{id}");
        let kind = cluster.field("clusterType").unwrap();
        assert!(
            kind.enum_values()
                .eq(["REPLICASET", "SHARDED", "GEOSHARDED"])
        );
        assert_eq!(kind.kind(), FieldKind::String);
        assert!(cluster.field("id").unwrap().is_read_only());
        assert_eq!(
            cluster.field("createDate").unwrap().format(),
            Some("date-time")
        );
    }
}

#[test]
fn database_user_has_required_fields() {
    let user = request("createGroupDatabaseUser");

    let required = collect_names(user.fields().filter(|field| field.is_required()));

    assert_eq!(required, ["databaseName", "groupId", "roles", "username"]);
    assert!(user.field("password").unwrap().is_secret());
}

#[test]
fn region_config_has_variants_by_provider() {
    let cluster = request("createGroupCluster");
    let regions = cluster.field("replicationSpecs.*.regionConfigs").unwrap();
    let region = regions.schema().items().unwrap();

    assert_eq!(region.discriminator(), Some("providerName"));
    let values: Vec<_> = region.variants().flat_map(Variant::values).collect();
    assert_eq!(values, ["AWS", "AZURE", "GCP", "TENANT"]);
    let only = region.field("backingProviderName").unwrap();
    assert!(only.variants().flat_map(Variant::values).eq(["TENANT"]));
    let aws = region.variant("AWS").unwrap().schema();
    assert!(aws.field("backingProviderName").is_none());
    assert!(aws.field("electableSpecs.ebsVolumeType").is_some());
}

#[test]
fn notification_has_variants_by_type_name() {
    let config = request("createGroupAlertConfig");
    let notifications = config.field("notifications").unwrap();
    let notification = notifications.schema().items().unwrap();

    assert_eq!(notification.discriminator(), Some("typeName"));
    assert_eq!(notification.variants().count(), 14);
    let slack = notification.variant("SLACK").unwrap();
    assert_eq!(slack.name(), Some("SlackNotification"));
    let names = collect_names(slack.schema().fields());
    assert!(names.contains(&"channelName") && !names.contains(&"emailAddress"));
}

#[test]
fn parameters_of_list_events_have_their_kinds() {
    let events = operation::LIST_GROUP_EVENTS;
    let parameter = |name: &str| {
        let mut parameters = events.parameters.iter();
        *parameters.find(|parameter| parameter.name == name).unwrap()
    };

    assert_eq!(parameter("groupId").kind(), FieldKind::String);
    assert_eq!(parameter("pageNum").schema().minimum(), Some(1.0));
    assert_eq!(parameter("itemsPerPage").schema().maximum(), Some(500.0));
    assert_eq!(
        parameter("itemsPerPage").schema().default_value(),
        Some("100")
    );
    assert_eq!(parameter("includeRaw").kind(), FieldKind::Boolean);
    assert_eq!(parameter("minDate").schema().format(), Some("date-time"));
    let kind = parameter("eventType");
    assert!(kind.is_array() && kind.enum_values().any(|value| value == "CLUSTER_CREATED"));
}

#[test]
fn recorded_rate_limits_are_in_the_table() {
    let limits = Operation::all().iter().filter_map(Operation::rate_limit);

    assert_eq!(limits.count(), 208);
    let list = operation::LIST_ORGS.rate_limit().unwrap();
    assert_eq!((list.capacity, list.scope), (300, None));
}
