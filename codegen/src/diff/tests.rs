use serde_json::{Value, json};

use super::*;

/// Returns a document with the operation `createThing` and two schemas.
fn base() -> Value {
    let media = |name: &str| json!({"application/vnd.atlas.2024-01-01+json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    json!({
        "openapi": "3.0.1",
        "paths": {"/things": {"post": {
            "operationId": "createThing", "tags": ["Things"], "x-rolesRequirements": ["Owner"],
            "x-atlas-versions": [{"version": "2024-01-01"}],
            "parameters": [{"in": "query", "name": "dry", "schema": {"type": "boolean"}}],
            "requestBody": {"content": media("Thing")},
            "responses": {"201": {"content": media("Thing")}}}}},
        "components": {"schemas": {
            "Thing": {"type": "object", "required": ["name"], "properties": {
                "id": {"type": "string", "readOnly": true},
                "name": {"type": "string"},
                "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                "state": {"type": "string", "enum": ["NEW", "OLD"]}}},
            "Part": {"type": "object", "properties": {"size": {"type": "integer"}}}}},
    })
}

/// Changes the base document. Returns the lines of the difference, and `true` if it has removals.
fn lines(change: impl FnOnce(&mut Value)) -> (Vec<String>, bool) {
    let mut new = base();
    change(&mut new);
    let document = |value| Document::from_value(value).unwrap();
    let difference = diff(document(base()), document(new)).unwrap();
    let lines = difference.changes.iter().map(ToString::to_string);
    (lines.collect(), difference.has_removals())
}

fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document.pointer_mut(pointer).unwrap()
}

const OPERATION_POINTER: &str = "/paths/~1things/post";
const PROPERTIES_POINTER: &str = "/components/schemas/Thing/properties";

#[test]
fn equal_documents_do_not_differ() {
    let document = || Document::from_value(base()).unwrap();

    let difference = diff(document(), document()).unwrap();

    assert!(!difference.has_removals());
    assert_eq!(
        difference.to_string(),
        "No operation, parameter, field or value changed.\n"
    );
}

#[test]
fn reports_added_and_removed_operations() {
    let (lines, removes) = lines(|new| {
        let operation = at(new, OPERATION_POINTER).take();
        new["paths"] = json!({"/others": {"get": operation}});
        *at(new, "/paths/~1others/get/operationId") = json!("listOthers");
    });

    assert_eq!(
        lines,
        [
            "| removed | operation `createThing` | `POST /things` | |",
            "| added | operation `listOthers` | | `GET /others` |",
        ]
    );
    assert!(removes);
}

#[test]
fn renamed_operation_counts_as_removal() {
    let (lines, removes) =
        lines(|new| *at(new, &format!("{OPERATION_POINTER}/operationId")) = json!("addThing"));

    assert_eq!(
        lines,
        ["| renamed | operation `createThing` | `POST /things` | `addThing` |"]
    );
    assert!(removes);
}

#[test]
fn reports_changes_of_an_operation() {
    let (lines, removes) = lines(|new| {
        let mut operation = at(new, OPERATION_POINTER).take();
        operation["deprecated"] = json!(true);
        operation["tags"] = json!(["Parts"]);
        operation["x-rolesRequirements"] = json!([]);
        operation["x-atlas-versions"] =
            json!([{"version": "2024-01-01", "sunset": "2027-01-01"}, {"version": "2025-01-01"}]);
        new["paths"] = json!({"/others": {"put": operation}});
    });

    assert_eq!(
        lines,
        [
            "| changed | operation `createThing` | `POST /things` | `PUT /others` |",
            "| changed | operation `createThing` | roles Owner | no roles |",
            "| changed | operation `createThing` | tag Things | tag Parts |",
            "| deprecated | operation `createThing` | in use | deprecated |",
            "| re-versioned | operation `createThing` | 2024-01-01 | 2025-01-01 |",
        ]
    );
    assert!(!removes, "nothing was removed");
}

#[test]
fn reports_announced_sunset() {
    let (lines, _) = lines(|new| {
        *at(new, &format!("{OPERATION_POINTER}/x-atlas-versions/0")) =
            json!({"version": "2024-01-01", "sunset": "2027-01-01"});
    });

    assert_eq!(
        lines,
        ["| sunset | operation `createThing` | not announced | 2027-01-01 |"]
    );
}

#[test]
fn reports_changes_of_parameters() {
    let (lines, removes) = lines(|new| {
        *at(new, &format!("{OPERATION_POINTER}/parameters")) = json!([
            {"in": "query", "name": "wet", "required": true, "schema": {"type": "boolean"}}]);
    });
    assert_eq!(
        lines,
        [
            "| removed | parameter `createThing(dry)` | in the query | |",
            "| added | parameter `createThing(wet)` | | in the query, required |",
        ]
    );
    assert!(removes);

    let (changed, _) = self::lines(|new| {
        *at(new, &format!("{OPERATION_POINTER}/parameters/0")) =
            json!({"in": "header", "name": "dry", "schema": {"type": "string"}});
    });
    assert_eq!(
        changed,
        [
            "| changed | parameter `createThing(dry)` | in the query | in a header |",
            "| changed | type `createThing(dry)` | boolean | string |",
        ]
    );
}

#[test]
fn reports_fields_of_requests_and_responses() {
    let (lines, removes) = lines(|new| {
        let fields = at(new, PROPERTIES_POINTER).as_object_mut().unwrap();
        fields.remove("id");
        fields.insert(
            "size".to_owned(),
            json!({"type": "integer", "format": "int64"}),
        );
    });

    assert_eq!(
        lines,
        [
            "| added | request field `Thing.size` | | integer (int64) |",
            "| removed | response field `Thing.id` | string | |",
            "| added | response field `Thing.size` | | integer (int64) |",
        ]
    );
    assert!(removes);
}

#[test]
fn changed_field_type_is_not_a_removal() {
    let (lines, removes) = lines(|new| {
        *at(new, "/components/schemas/Part/properties/size") = json!({"type": "string"});
        *at(new, "/components/schemas/Thing/required") = json!([]);
    });

    assert_eq!(
        lines,
        [
            "| changed | request field `Part.size` | integer | string |",
            "| changed | request field `Thing.name` | string, required | string |",
            "| changed | response field `Part.size` | integer | string |",
        ]
    );
    assert!(!removes);
}

#[test]
fn reports_added_and_removed_values() {
    let (lines, removes) = lines(|new| {
        *at(new, &format!("{PROPERTIES_POINTER}/state/enum")) = json!(["OLD", "ODD", "MAD"])
    });

    assert_eq!(
        lines,
        [
            "| removed | values of `Thing.state` | `NEW` | |",
            "| added | values of `Thing.state` | | `MAD`, `ODD` |",
        ]
    );
    assert!(removes);
}

#[test]
fn renamed_type_is_compared_with_its_predecessor() {
    let (lines, removes) = lines(|new| {
        let schemas = at(new, "/components/schemas").as_object_mut().unwrap();
        schemas.remove("Part");
        let properties = json!({"size": {"type": "integer"}, "weight": {"type": "number"}});
        schemas.insert(
            "Part2025".to_owned(),
            json!({"type": "object", "properties": properties}),
        );
        *at(new, &format!("{PROPERTIES_POINTER}/parts/items")) =
            json!({"$ref": "#/components/schemas/Part2025"});
    });

    assert_eq!(
        lines,
        [
            "| renamed | type `Part` | Part | Part2025 |",
            "| added | request field `Part2025.weight` | | number |",
            "| added | response field `Part2025.weight` | | number |",
        ]
    );
    assert!(removes, "renaming a type is breaking");
}

#[test]
fn compares_members_of_families() {
    let family = |field: &str| json!({"oneOf": [{"type": "object", "properties": {field: {"type": "string"}}}]});
    let document = |field: &str| {
        let mut value = base();
        *at(&mut value, "/components/schemas/Part") = family(field);
        Document::from_value(value).unwrap()
    };

    let difference = diff(document("a"), document("b")).unwrap();

    let table = difference.to_string();
    for line in [
        "| removed | response field `Part.a` |",
        "| added | response field `Part.b` |",
    ] {
        assert!(table.contains(line), "{line} is missing in {table}");
    }
}
