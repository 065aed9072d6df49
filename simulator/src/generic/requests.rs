//! Checking what a client sends against the document.

use serde_json::{Map, Value};

use super::{Context, expiry};
use crate::call::Call;
use crate::call::error::ApiError;
use crate::call::page::{self, COMMON};
use crate::call::roles::check_project_roles;
use crate::schema::{Mode, Violation, check};

/// Refuses parameters with values they cannot have, and required ones that are not there.
pub(crate) fn check_parameters(context: &Context<'_>) -> Result<(), ApiError> {
    let schemas = context.document.schemas();
    page::check(&context.call.query)?;
    for parameter in &context.operation.parameters {
        let name = parameter.name.as_str();
        let schema = schemas.resolve(&parameter.schema);
        let value = if parameter.is_query {
            context.call.query.get(name)
        } else {
            let value = context.call.find_path(name);
            value.filter(|_| schema.get("enum").is_some())
        };
        let Some(value) = value.filter(|_| !COMMON.contains(&name)) else {
            if parameter.is_query && parameter.is_required {
                return Err(ApiError::missing_query_parameter(name));
            }
            continue;
        };
        if !is_possible(context, schema, value) {
            return Err(ApiError::invalid_query_parameter(name));
        }
    }
    Ok(())
}

/// Whether a text can be a value of the schema.
fn is_possible(context: &Context<'_>, schema: &Value, text: &str) -> bool {
    let value = match schema["type"].as_str() {
        Some("integer" | "number") => match serde_json::from_str::<Value>(text) {
            Ok(number) if number.is_number() => number,
            _ => return false,
        },
        Some("boolean") => return text.parse::<bool>().is_ok(),
        Some("array") => return is_possible(context, &schema["items"], text),
        Some("string") => Value::from(text),
        _ => return true,
    };
    check(context.document.schemas(), schema, &value, Mode::Whole).is_ok()
}

/// A query parameter that is true or false; false when it is not there.
pub(crate) fn flag(call: &Call, name: &str) -> Result<bool, ApiError> {
    let text = call.query.get(name).unwrap_or("false");
    text.parse()
        .map_err(|_| ApiError::invalid_query_parameter(name))
}

/// The checked body; none when the operation takes none.
pub(crate) fn body(context: &Context<'_>) -> Result<Option<Value>, ApiError> {
    let Some(schema) = &context.operation.request else {
        return Ok(None);
    };
    let body: Value = if context.call.body.is_empty() {
        serde_json::json!({})
    } else {
        serde_json::from_slice(&context.call.body).map_err(|_| ApiError::malformed_json())?
    };
    let mode = if context.operation.method == "PATCH" {
        Mode::Part
    } else {
        Mode::Whole
    };
    if context.operation.is_newest(&context.call.version) {
        check(context.document.schemas(), schema, &body, mode).map_err(refusal)?;
    } else if !body.is_object() && !body.is_array() {
        return Err(ApiError::malformed_json());
    }
    check_project_roles(context.operation, &body)?;
    expiry::check(&body, context.call.now)?;
    Ok(Some(body))
}

/// The body of a resource with rules of its own: an object whose fields the document or the answer
/// `shown` knows. What is required, and what names look like, is for those rules to say.
pub(crate) fn object(call: &Call, shown: &Value) -> Result<Map<String, Value>, ApiError> {
    let body = call.object()?;
    let Some(operation) = call.operation.filter(|it| it.is_newest(&call.version)) else {
        return Ok(body);
    };
    let context = Context::of(call)?;
    if let Some(schema) = &operation.request {
        let mut known = body.clone();
        known.retain(|name, value| name != "name" && shown.get(name) != Some(value));
        let known = Value::Object(known);
        check(context.document.schemas(), schema, &known, Mode::Open).map_err(refusal)?;
    }
    Ok(body)
}

fn refusal(violation: Violation) -> ApiError {
    match violation {
        Violation::Missing(field) => ApiError::missing_attribute(&field),
        Violation::Invalid { field, .. } if field.is_empty() => ApiError::malformed_json(),
        Violation::Invalid { field, expected } => ApiError::invalid_attribute(&field, &expected),
        Violation::Unknown(field) => {
            ApiError::invalid_attribute(&field, "an attribute of this resource")
        }
    }
}

/// A body without what is only written, never read: the answer does not know it, or hides it too.
pub(crate) fn without_secrets(context: &Context<'_>, body: &Value) -> Value {
    let Some(schema) = &context.operation.request else {
        return body.clone();
    };
    let schemas = context.document.schemas();
    let answer = context.response_schema();
    let answer = schemas.items(answer).unwrap_or(answer);
    let fields = schemas.fields(schema, Some(body));
    let shown = schemas.fields(answer, Some(body));
    let is_secret = |property: &Value| schemas.resolve(property)["writeOnly"] == true;
    let mut body = body.clone();
    if let Some(object) = body.as_object_mut() {
        object.retain(|name, _| {
            let asked = fields.properties.get(name.as_str()).copied();
            let shown = shown.properties.get(name.as_str()).copied();
            !asked.is_some_and(is_secret) || shown.is_some_and(|it| !is_secret(it))
        });
    }
    body
}
