use serde_json::json;

use super::*;

fn sample_document() -> Document {
    Document::from_value(json!({
        "paths": {"/things": {"get": {
            "operationId": "listThings", "tags": ["Things"], "x-rolesRequirements": ["Reader"],
            "x-atlas-versions": [{"version": "2024-01-01", "sunset": "2027-01-01"}],
            "responses": {"200": {}}}}},
        "components": {"schemas": {"Thing": {"properties": {
            "id": {"type": "string", "readOnly": true},
            "part": {"$ref": "#/components/schemas/Thing"},
            "sizes": {"type": "array", "items": {"type": "object", "properties": {
                "id": {"type": "string"}, "unit": {"type": "string"}}}}}}}},
    }))
    .unwrap()
}

fn describe_sample(descriptions: &str) -> Result<Document> {
    let mut document = sample_document();
    let table = crate::operations::table(&document)?;
    let limits = "[[limit]]\ncapacity = 300\noperations = ['listThings']";
    describe(
        &mut document,
        &Descriptions::parse(descriptions)?,
        &RateLimits::parse(limits)?,
        &table,
    )?;
    Ok(document)
}

/// Returns the description of a field.
fn field<'a>(document: &'a Document, pointer: &str) -> Option<&'a str> {
    let pointer = format!("/components/schemas/Thing/properties/{pointer}/description");
    document.as_value().pointer(&pointer)?.as_str()
}

#[test]
fn operation_without_description_uses_its_name() {
    let document = describe_sample("").unwrap();

    let operation = &document.as_value()["paths"]["/things"]["get"];
    assert_eq!(operation["summary"], "List things.");
    let facts = operation["description"].as_str().unwrap();
    for fact in [
        "2024-01-01",
        "2027-01-01",
        "`Reader`",
        "300 requests",
        "operation-listthings",
    ] {
        assert!(facts.contains(fact), "{fact} is missing in {facts}");
    }
}

#[test]
fn describes_fields_behind_references() {
    let document = describe_sample("[fields.Thing]\npart = 'A part.'").unwrap();

    assert_eq!(field(&document, "part"), Some("A part."));
    let part = &document.as_value()["components"]["schemas"]["Thing"]["properties"]["part"];
    assert_eq!(part["allOf"][0]["$ref"], "#/components/schemas/Thing");
}

#[test]
fn schema_description_overrides_common_description() {
    let document = describe_sample(
        "[everywhere]\nid = 'Id.'\nunit = 'Unit.'\n\
         [fields.'Thing.sizes']\nid = 'Number of the size.'",
    )
    .unwrap();

    assert_eq!(
        field(&document, "id"),
        Some("Id.\n\nRead-only; set by Atlas.")
    );
    let size_description = |name: &str| field(&document, &format!("sizes/items/properties/{name}"));
    assert_eq!(size_description("id"), Some("Number of the size."));
    assert_eq!(size_description("unit"), Some("Unit."));
}

#[test]
fn rejects_description_of_unknown_name() {
    for (text, name) in [
        ("[operations]\ngone = 'Nothing.'", "`gone`"),
        ("[schemas]\nGone = 'Nothing.'", "`Gone`"),
        ("[everywhere]\ngone = 'Nothing.'", "`gone`"),
        ("[fields.Thing]\ngone = 'Nothing.'", "`Thing.gone`"),
        ("[fields.'Thing.gone']\nid = 'Nothing.'", "`Thing.gone`"),
    ] {
        let error = describe_sample(text).unwrap_err();

        assert!(error.to_string().contains(name), "{error} of {text}");
    }
}
