//! Error responses: status, Atlas error code and body.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::{Value, json};

/// The body of a 401, with the whitespace that Atlas sends.
pub(crate) const UNAUTHORIZED_BODY: &str = r#"{"error" : 401, "reason" : "Unauthorized", "detail" : "You are not authorized for this resource.", "errorCode" : "UNEXPECTED_ERROR"}"#;

/// An error response.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: Cow<'static, str>,
    detail: String,
    parameters: Vec<Value>,
    /// A body that replaces the common error document.
    body: Option<Box<Value>>,
    /// An invalid field of the request body, with the description of the error.
    field: Option<Box<(String, String)>>,
}

impl ApiError {
    fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            detail: detail.into(),
            parameters: Vec::new(),
            body: None,
            field: None,
        }
    }

    fn with_parameters<V: Into<Value>>(mut self, parameters: impl IntoIterator<Item = V>) -> Self {
        self.parameters = parameters.into_iter().map(Into::into).collect();
        self
    }

    /// Returns the error for an `Accept` header without a version.
    pub(crate) fn invalid_version() -> Self {
        let detail = "Invalid accept header or version date.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "INVALID_VERSION_DATE", detail)
    }

    /// Returns the error for a version past its sunset; `path` has no leading slash.
    pub(crate) fn version_gone(version: &str, path: &str) -> Self {
        let detail = format!("Version {version} of {path} is no longer available.");
        Self::new(StatusCode::GONE, "VERSION_GONE", detail).with_parameters([version, path])
    }

    /// Returns the error for an unknown path.
    pub(crate) fn resource_not_found(path: &str) -> Self {
        let detail = format!("Cannot find resource {path}.");
        Self::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_FOUND", detail).with_parameters([path])
    }

    /// Returns the error for an unknown resource; `resource` is the resource type as in error codes.
    pub(crate) fn named_not_found(resource: &str, name: &str) -> Self {
        let noun = resource.to_lowercase().replace('_', " ");
        let detail = format!("No {noun} {name} exists.");
        Self::new(
            StatusCode::NOT_FOUND,
            format!("{resource}_NOT_FOUND"),
            detail,
        )
        .with_parameters([name])
    }

    /// Returns the error for an unknown username.
    pub(crate) fn username_not_found(name: &str) -> Self {
        let detail = format!("No user with username {name} exists.");
        Self::new(StatusCode::NOT_FOUND, "USERNAME_NOT_FOUND", detail).with_parameters([name])
    }

    /// Returns the error for a duplicate name; `resource` is the resource type as in error codes.
    pub(crate) fn already_exists(resource: &str, name: &str) -> Self {
        let noun = resource.to_lowercase().replace('_', " ");
        let detail = format!("The {noun} {name} already exists.");
        Self::new(
            StatusCode::CONFLICT,
            format!("{resource}_ALREADY_EXISTS"),
            detail,
        )
        .with_parameters([name])
    }

    /// Returns the error for a missing role.
    pub(crate) fn not_authorized() -> Self {
        let detail = "Current user is not authorized to perform this action.";
        Self::new(StatusCode::UNAUTHORIZED, "USER_UNAUTHORIZED", detail)
    }

    /// Returns the error for an API key that creates an organization without being an owner.
    pub(crate) fn key_creates_no_organization() -> Self {
        let detail = "API keys cannot create organizations.";
        Self::new(StatusCode::FORBIDDEN, "API_KEY_CANNOT_CREATE_ORG", detail)
    }

    /// Returns the error for a request to the access list of another caller's key.
    pub(crate) fn access_list_denied() -> Self {
        let detail =
            "API key access lists are only accessible by the API key or by a user administrator.";
        let code = "API_KEY_ACCESS_LIST_ACCESS_DENIED";
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// Returns the error for a caller without any role in a project.
    pub(crate) fn not_in_project() -> Self {
        let detail = "The current user is not in the group, or the group does not exist.";
        Self::new(StatusCode::UNAUTHORIZED, "NOT_IN_GROUP", detail)
    }

    /// Returns the error for an IP address that is not in the caller's access list.
    pub(crate) fn address_not_allowed(address: &str) -> Self {
        let detail = format!("IP address {address} is not allowed to access this resource.");
        Self::new(
            StatusCode::FORBIDDEN,
            "IP_ADDRESS_NOT_ON_ACCESS_LIST",
            detail,
        )
        .with_parameters([address])
    }

    /// Returns the error for a missing access list in an organization that requires one.
    pub(crate) fn access_list_required(address: &str) -> Self {
        let detail = "This organization requires access through an access list of ip ranges.";
        Self::new(StatusCode::FORBIDDEN, "ORG_REQUIRES_ACCESS_LIST", detail)
            .with_parameters([address])
    }

    /// Returns the error for too many invitations from an IP address.
    pub(crate) fn invitations_limited(count: usize, minutes: u64) -> Self {
        let detail = format!(
            "Invitations are limited to {count} invitations per {minutes} minutes for an IP address."
        );
        let parameters = vec![count.into(), minutes.into()];
        Self::rejected(400, "INVITATIONS_RATE_LIMITED_IP", detail, parameters)
    }

    /// Returns the error for an exhausted rate limit; `path` has no leading slash.
    pub(crate) fn rate_limited(path: &str, wait: u64, capacity: u32, seconds: u64) -> Self {
        let detail = format!(
            "Rate limit exceeded for {path}. Please retry after {wait} seconds. Request capacity: \
             {capacity}. Refill rate: {capacity} per {seconds} seconds."
        );
        let parameters = vec![
            path.into(),
            wait.into(),
            capacity.into(),
            capacity.into(),
            seconds.into(),
        ];
        Self::rejected(429, "RATE_LIMITED_TOKEN_BUCKET", detail, parameters)
    }

    /// Returns the error for a missing query parameter.
    pub(crate) fn missing_query_parameter(name: &str) -> Self {
        let detail = format!("The required query parameter {name} was not specified.");
        Self::new(StatusCode::BAD_REQUEST, "MISSING_QUERY_PARAMETER", detail)
            .with_parameters([name])
    }

    /// Returns an error with the given status, code, message and parameters.
    pub(crate) fn rejected(
        status: u16,
        code: &'static str,
        detail: impl Into<String>,
        parameters: Vec<Value>,
    ) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, code, detail).with_parameters(parameters)
    }

    /// Returns an error with a body that differs from the common error document.
    pub(crate) fn with_body(status: u16, code: &'static str, body: Value) -> Self {
        let mut error = Self::rejected(status, code, "", Vec::new());
        error.body = Some(Box::new(body));
        error
    }

    /// Returns the error for a method that a path does not support.
    pub(crate) fn method_not_allowed() -> Self {
        let detail = "The method is not allowed for this resource.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail)
    }

    /// Returns the error for a body that is not a JSON object.
    pub(crate) fn malformed_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "MALFORMED_JSON",
            "Received JSON is malformed.",
        )
    }

    /// Returns the error for a field whose value has an invalid type or is out of range.
    pub(crate) fn invalid_attribute(field: &str, expected: &str) -> Self {
        let detail = format!("Invalid attribute {field} specified.");
        let mut error = Self::new(StatusCode::BAD_REQUEST, "INVALID_ATTRIBUTE", detail)
            .with_parameters([field]);
        error.field = Some(Box::new((field.to_owned(), format!("must be {expected}"))));
        error
    }

    /// Returns the error for a value that is not in the enumeration of its field.
    pub(crate) fn invalid_enum_value(field: &str, value: &str, words: &[&str]) -> Self {
        let detail = format!("An invalid enumeration value {value} was specified.");
        let mut error = Self::new(StatusCode::BAD_REQUEST, "INVALID_ENUM_VALUE", detail)
            .with_parameters([value]);
        let description = format!("must be one of {}", words.join(", "));
        error.field = Some(Box::new((field.to_owned(), description)));
        error
    }

    /// Returns the error for a role that a project cannot grant to API keys.
    pub(crate) fn invalid_role(field: &str, role: &str, roles: &[&str]) -> Self {
        let detail = format!("Invalid role {role} specified.");
        Self {
            code: Cow::Borrowed("INVALID_ROLE"),
            detail,
            ..Self::invalid_enum_value(field, role, roles)
        }
    }

    /// Returns the error for an expiration date in the past.
    pub(crate) fn date_in_past(field: &str) -> Self {
        Self {
            code: Cow::Borrowed("EXPIRATION_DATE_IN_PAST"),
            detail: "The specified expiration date must be in the future.".to_owned(),
            ..Self::invalid_attribute(field, "a future date")
        }
    }

    /// Returns the error for a missing field of the body. The message contains only the last
    /// segment of the field's path.
    pub(crate) fn missing_attribute(field: &str) -> Self {
        let name = field.rsplit('.').next().unwrap_or(field);
        let detail = format!("The required attribute {name} was not specified.");
        let mut error =
            Self::new(StatusCode::BAD_REQUEST, "MISSING_ATTRIBUTE", detail).with_parameters([name]);
        error.field = Some(Box::new((field.to_owned(), "must not be null".to_owned())));
        error
    }

    /// Returns the error for a path parameter with an unknown value.
    pub(crate) fn invalid_path_parameter(value: &str) -> Self {
        let detail = format!("Invalid path parameter {value} specified.");
        Self::new(StatusCode::BAD_REQUEST, "INVALID_PATH_PARAMETER", detail)
            .with_parameters([value])
    }

    /// Returns the error for an invalid value of a query parameter.
    pub(crate) fn invalid_query_parameter(name: &str) -> Self {
        let detail = format!("Invalid query parameter {name} specified.");
        Self::new(StatusCode::BAD_REQUEST, "INVALID_QUERY_PARAMETER", detail)
            .with_parameters([name])
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Returns the body of the response.
    pub(crate) fn document(&self) -> Value {
        if let Some(body) = &self.body {
            return Value::clone(body);
        }
        let mut document = json!({
            "detail": self.detail,
            "error": self.status.as_u16(),
            "errorCode": self.code,
            "parameters": self.parameters,
            "reason": self.status.canonical_reason(),
        });
        if let Some((field, description)) = self.field.as_deref() {
            let fields = json!([{ "description": description, "field": field }]);
            document["badRequestDetail"] = json!({ "fields": fields });
        }
        document
    }
}

#[cfg(test)]
mod tests;
