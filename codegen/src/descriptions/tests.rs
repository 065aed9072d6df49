use serde_json::json;

use super::*;

fn document() -> Document {
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

fn described(descriptions: &str) -> Result<Document> {
    let mut document = document();
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

/// What the document says of the field to which the pointer leads.
fn field<'a>(document: &'a Document, pointer: &str) -> Option<&'a str> {
    let pointer = format!("/components/schemas/Thing/properties/{pointer}/description");
    document.as_value().pointer(&pointer)?.as_str()
}

#[test]
fn an_operation_without_words_of_ours_has_its_name_in_words_and_its_facts() {
    let document = described("").unwrap();

    let operation = &document.as_value()["paths"]["/things"]["get"];
    assert_eq!(operation["summary"], "List things.");
    let facts = operation["description"].as_str().unwrap();
    for fact in [
        "2024-01-01",
        "2027-01-01",
        "`Reader`",
        "300 calls",
        "operation-listthings",
    ] {
        assert!(facts.contains(fact), "{fact} is missing in {facts}");
    }
}

#[test]
fn fields_behind_references_are_described() {
    let document = described("[fields.Thing]\npart = 'A part.'").unwrap();

    assert_eq!(field(&document, "part"), Some("A part."));
    let part = &document.as_value()["components"]["schemas"]["Thing"]["properties"]["part"];
    assert_eq!(part["allOf"][0]["$ref"], "#/components/schemas/Thing");
}

#[test]
fn a_field_means_the_same_everywhere_unless_its_schema_says_otherwise() {
    let document = described(
        "[everywhere]\nid = 'Its id.'\nunit = 'Its unit.'\n\
         [fields.'Thing.sizes']\nid = 'The number of the size.'",
    )
    .unwrap();

    assert_eq!(
        field(&document, "id"),
        Some("Its id.\n\nSet by Atlas, not by requests.")
    );
    let in_sizes = |name: &str| field(&document, &format!("sizes/items/properties/{name}"));
    assert_eq!(in_sizes("id"), Some("The number of the size."));
    assert_eq!(in_sizes("unit"), Some("Its unit."));
}

#[test]
fn a_description_of_nothing_is_an_error() {
    for (text, name) in [
        ("[operations]\ngone = 'Nothing.'", "`gone`"),
        ("[schemas]\nGone = 'Nothing.'", "`Gone`"),
        ("[everywhere]\ngone = 'Nothing.'", "`gone`"),
        ("[fields.Thing]\ngone = 'Nothing.'", "`Thing.gone`"),
        ("[fields.'Thing.gone']\nid = 'Nothing.'", "`Thing.gone`"),
    ] {
        let error = described(text).unwrap_err();

        assert!(error.to_string().contains(name), "{error} of {text}");
    }
}
