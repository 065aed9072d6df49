use super::*;

#[test]
fn invalid_version_has_the_body_of_atlas() {
    let expected = json!({
        "detail": "Invalid accept header or version date.",
        "error": 406,
        "errorCode": "INVALID_VERSION_DATE",
        "parameters": [],
        "reason": "Not Acceptable",
    });

    assert_eq!(ApiError::invalid_version().document(), expected);
}

#[test]
fn invalid_attribute_contains_the_field() {
    let document = ApiError::invalid_attribute("paused", "a boolean").document();

    assert_eq!(document["parameters"], json!(["paused"]));
    assert_eq!(document["badRequestDetail"]["fields"][0]["field"], "paused");
}
