use serde_json::{Value, json};

use super::*;

/// A document with one operation, `createThing`, and its two schemas.
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

/// The lines of the difference that a change of the base document makes, and whether it removes.
fn lines(change: impl FnOnce(&mut Value)) -> (Vec<String>, bool) {
    let mut new = base();
    change(&mut new);
    let document = |value| Document::from_value(value).unwrap();
    let difference = diff(document(base()), document(new)).unwrap();
    let lines = difference.changes.iter().map(ToString::to_string);
    (lines.collect(), difference.removes())
}

fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document.pointer_mut(pointer).unwrap()
}

/// The operation of the base document.
const OPERATION: &str = "/paths/~1things/post";
const THING: &str = "/components/schemas/Thing/properties";

#[test]
fn equal_documents_do_not_differ() {
    let document = || Document::from_value(base()).unwrap();

    let difference = diff(document(), document()).unwrap();

    assert!(!difference.removes());
    assert_eq!(
        difference.to_string(),
        "No operation, parameter, field or value changed.\n"
    );
}

#[test]
fn an_operation_comes_and_another_goes() {
    let (lines, removes) = lines(|new| {
        let operation = at(new, OPERATION).take();
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
fn an_operation_under_another_id_is_renamed_and_counts_as_removed() {
    let (lines, removes) =
        lines(|new| *at(new, &format!("{OPERATION}/operationId")) = json!("addThing"));

    assert_eq!(
        lines,
        ["| renamed | operation `createThing` | `POST /things` | `addThing` |"]
    );
    assert!(removes);
}

#[test]
fn what_is_otherwise_about_an_operation_is_told() {
    let (lines, removes) = lines(|new| {
        let mut operation = at(new, OPERATION).take();
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
            "| changed | operation `createThing` | roles Owner | no roles named |",
            "| changed | operation `createThing` | tag Things | tag Parts |",
            "| deprecated | operation `createThing` | in use | deprecated |",
            "| re-versioned | operation `createThing` | 2024-01-01 | 2025-01-01 |",
        ]
    );
    assert!(!removes, "nothing was removed");
}

#[test]
fn an_announced_end_of_the_newest_version_is_told() {
    let (lines, _) = lines(|new| {
        *at(new, &format!("{OPERATION}/x-atlas-versions/0")) =
            json!({"version": "2024-01-01", "sunset": "2027-01-01"});
    });

    assert_eq!(
        lines,
        ["| sunset | operation `createThing` | not announced | 2027-01-01 |"]
    );
}

#[test]
fn parameters_come_go_and_change() {
    let (lines, removes) = lines(|new| {
        *at(new, &format!("{OPERATION}/parameters")) = json!([
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
        *at(new, &format!("{OPERATION}/parameters/0")) =
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
fn fields_come_and_go_for_those_who_send_and_those_who_receive() {
    let (lines, removes) = lines(|new| {
        let fields = at(new, THING).as_object_mut().unwrap();
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
            "| removed | answer field `Thing.id` | string | |",
            "| added | answer field `Thing.size` | | integer (int64) |",
        ]
    );
    assert!(removes);
}

#[test]
fn a_field_of_another_type_is_changed_and_nothing_is_removed() {
    let (lines, removes) = lines(|new| {
        *at(new, "/components/schemas/Part/properties/size") = json!({"type": "string"});
        *at(new, "/components/schemas/Thing/required") = json!([]);
    });

    assert_eq!(
        lines,
        [
            "| changed | request field `Part.size` | integer | string |",
            "| changed | request field `Thing.name` | string, required | string |",
            "| changed | answer field `Part.size` | integer | string |",
        ]
    );
    assert!(!removes);
}

#[test]
fn values_come_and_go() {
    let (lines, removes) =
        lines(|new| *at(new, &format!("{THING}/state/enum")) = json!(["OLD", "ODD", "MAD"]));

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
fn a_type_under_another_name_is_compared_with_its_predecessor() {
    let (lines, removes) = lines(|new| {
        let schemas = at(new, "/components/schemas").as_object_mut().unwrap();
        schemas.remove("Part");
        let properties = json!({"size": {"type": "integer"}, "weight": {"type": "number"}});
        schemas.insert(
            "Part2025".to_owned(),
            json!({"type": "object", "properties": properties}),
        );
        *at(new, &format!("{THING}/parts/items")) =
            json!({"$ref": "#/components/schemas/Part2025"});
    });

    assert_eq!(
        lines,
        [
            "| renamed | type `Part` | Part | Part2025 |",
            "| added | request field `Part2025.weight` | | number |",
            "| added | answer field `Part2025.weight` | | number |",
        ]
    );
    assert!(removes, "who names the type finds it no more");
}

#[test]
fn members_of_families_are_compared() {
    let family = |field: &str| json!({"oneOf": [{"type": "object", "properties": {field: {"type": "string"}}}]});
    let document = |field: &str| {
        let mut value = base();
        *at(&mut value, "/components/schemas/Part") = family(field);
        Document::from_value(value).unwrap()
    };

    let difference = diff(document("a"), document("b")).unwrap();

    let text = difference.to_string();
    for line in [
        "| removed | answer field `Part.a` |",
        "| added | answer field `Part.b` |",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}
