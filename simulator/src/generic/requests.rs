//! Validates requests against the OpenAPI document.

use serde_json::{Map, Value};

use super::{Context, expiry};
use crate::call::Call;
use crate::call::error::ApiError;
use crate::call::page::{self, COMMON_PARAMETERS};
use crate::call::roles::check_project_roles;
use crate::schema::{Mode, Violation, check};

/// Rejects invalid values of parameters, and missing required parameters.
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
        let Some(value) = value.filter(|_| !COMMON_PARAMETERS.contains(&name)) else {
            if parameter.is_query && parameter.is_required {
                return Err(ApiError::missing_query_parameter(name));
            }
            continue;
        };
        if is_valid(context, schema, value) {
            continue;
        }
        return Err(match name {
            // Atlas treats an unknown limit as an unknown resource.
            "limitName" => ApiError::resource_not_found(&context.call.request_path),
            _ if parameter.is_query => ApiError::invalid_query_parameter(name),
            _ => ApiError::invalid_path_parameter(value),
        });
    }
    Ok(())
}

/// Returns `true` if a query value is valid for a schema.
fn is_valid(context: &Context<'_>, schema: &Value, text: &str) -> bool {
    let value = match schema["type"].as_str() {
        Some("integer" | "number") => match serde_json::from_str::<Value>(text) {
            Ok(number) if number.is_number() => number,
            _ => return false,
        },
        Some("boolean") => return text.parse::<bool>().is_ok(),
        Some("array") => return is_valid(context, &schema["items"], text),
        Some("string") => Value::from(text),
        _ => return true,
    };
    check(context.document.schemas(), schema, &value, Mode::Whole).is_ok()
}

/// Returns a boolean query parameter. Default: `false`.
pub(crate) fn parse_flag(call: &Call, name: &str) -> Result<bool, ApiError> {
    let value = call.query.get(name).unwrap_or("false");
    value
        .parse()
        .map_err(|_| ApiError::invalid_query_parameter(name))
}

/// Parses and checks the body; `None` if the operation has no body.
pub(crate) fn parse_body(context: &Context<'_>) -> Result<Option<Value>, ApiError> {
    let Some(schema) = &context.operation.request else {
        return Ok(None);
    };
    let mut body: Value = if context.call.body.is_empty() {
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
        let schemas = context.document.schemas();
        check(schemas, schema, &body, mode).map_err(to_api_error)?;
        body = schemas.without_foreign_fields(schema, &body);
    } else if !body.is_object() && !body.is_array() {
        return Err(ApiError::malformed_json());
    }
    check_project_roles(context.operation, &body)?;
    expiry::check(&body, context.call.now)?;
    Ok(Some(body))
}

/// Parses the body of an operation whose handler validates it. Rejects fields that neither the
/// OpenAPI document nor the `current` response contains. Does not check required fields and names.
pub(crate) fn parse_object(call: &Call, current: &Value) -> Result<Map<String, Value>, ApiError> {
    let body = call.object()?;
    let Some(operation) = call
        .operation
        .filter(|operation| operation.is_newest(&call.version))
    else {
        return Ok(body);
    };
    let context = Context::new(call)?;
    if let Some(schema) = &operation.request {
        let mut changed_fields = body.clone();
        changed_fields.retain(|name, value| name != "name" && current.get(name) != Some(value));
        let changed_fields = Value::Object(changed_fields);
        check(
            context.document.schemas(),
            schema,
            &changed_fields,
            Mode::Open,
        )
        .map_err(to_api_error)?;
    }
    Ok(body)
}

fn to_api_error(violation: Violation) -> ApiError {
    match violation {
        Violation::Missing(field) => ApiError::missing_attribute(&field),
        Violation::Invalid { field, .. } if field.is_empty() => ApiError::malformed_json(),
        Violation::Invalid { field, expected } => ApiError::invalid_attribute(&field, &expected),
        Violation::UnknownEnumValue {
            field,
            value,
            allowed_values,
        } => {
            let allowed_values: Vec<_> = allowed_values.iter().map(String::as_str).collect();
            ApiError::invalid_enum_value(&field, &value, &allowed_values)
        }
        Violation::Unknown(field) => {
            ApiError::invalid_attribute(&field, "an attribute of this resource")
        }
    }
}

/// Removes the write-only fields of a body, except fields that the response contains.
pub(crate) fn remove_secrets(context: &Context<'_>, body: &Value) -> Value {
    let Some(schema) = &context.operation.request else {
        return body.clone();
    };
    let schemas = context.document.schemas();
    let response = context.response_schema();
    let response = schemas.items(response).unwrap_or(response);
    let fields = schemas.fields(schema, Some(body));
    let response_fields = schemas.fields(response, Some(body));
    let is_secret = |property: &Value| schemas.resolve(property)["writeOnly"] == true;
    let mut body = body.clone();
    if let Some(object) = body.as_object_mut() {
        object.retain(|name, _| {
            let property = fields.properties.get(name.as_str()).copied();
            let in_response = response_fields.properties.get(name.as_str()).copied();
            !property.is_some_and(is_secret)
                || in_response.is_some_and(|property| !is_secret(property))
        });
    }
    body
}
