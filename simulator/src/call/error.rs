//! Error answers: the status, the code a client branches on, and the body Atlas puts around them.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::{Value, json};

use crate::state::ApiRejection;

/// The hand-formatted body of an unauthenticated answer.
pub(crate) const UNAUTHORIZED_BODY: &str = r#"{"error" : 401, "reason" : "Unauthorized", "detail" : "You are not authorized for this resource.", "errorCode" : "UNEXPECTED_ERROR"}"#;

/// An error answer.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: Cow<'static, str>,
    detail: String,
    parameters: Vec<Value>,
    /// A field of the request's body and what is wrong with it.
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
            field: None,
        }
    }

    fn with_parameters<V: Into<Value>>(mut self, parameters: impl IntoIterator<Item = V>) -> Self {
        self.parameters = parameters.into_iter().map(Into::into).collect();
        self
    }

    /// An `Accept` header that names no version.
    pub(crate) fn invalid_version() -> Self {
        let detail = "Invalid accept header or version date.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "INVALID_VERSION_DATE", detail)
    }

    /// A version past its sunset; `path` without its leading slash.
    pub(crate) fn version_gone(version: &str, path: &str) -> Self {
        let detail = format!("Version {version} of {path} is no longer available.");
        Self::new(StatusCode::GONE, "VERSION_GONE", detail).with_parameters([version, path])
    }

    /// A path nobody answers.
    pub(crate) fn resource_not_found(path: &str) -> Self {
        let detail = format!("Cannot find resource {path}.");
        Self::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_FOUND", detail).with_parameters([path])
    }

    /// A thing of a collection that is not there; `thing` as codes write it.
    pub(crate) fn thing_not_found(thing: &str, name: &str) -> Self {
        let word = thing.to_lowercase().replace('_', " ");
        let detail = format!("No {word} {name} exists.");
        Self::new(StatusCode::NOT_FOUND, format!("{thing}_NOT_FOUND"), detail)
            .with_parameters([name])
    }

    /// A user that is not there, by its name.
    pub(crate) fn username_not_found(name: &str) -> Self {
        let detail = format!("No user with username {name} exists.");
        Self::new(StatusCode::NOT_FOUND, "USERNAME_NOT_FOUND", detail).with_parameters([name])
    }

    /// A thing with a name that another one has.
    pub(crate) fn already_exists(thing: &str, name: &str) -> Self {
        let word = thing.to_lowercase().replace('_', " ");
        let detail = format!("The {word} {name} already exists.");
        Self::new(
            StatusCode::CONFLICT,
            format!("{thing}_ALREADY_EXISTS"),
            detail,
        )
        .with_parameters([name])
    }

    /// A caller without the role for an action.
    pub(crate) fn not_authorized() -> Self {
        let detail = "Current user is not authorized to perform this action.";
        Self::new(StatusCode::UNAUTHORIZED, "USER_UNAUTHORIZED", detail)
    }

    /// A key that would create an organization and owns none.
    pub(crate) fn key_creates_no_organization() -> Self {
        let detail = "API keys cannot create organizations.";
        Self::new(StatusCode::FORBIDDEN, "API_KEY_CANNOT_CREATE_ORG", detail)
    }

    /// A caller who asks for the access list of another one's key.
    pub(crate) fn access_list_denied() -> Self {
        let detail =
            "API key access lists are only accessible by the API key or by a user administrator.";
        let code = "API_KEY_ACCESS_LIST_ACCESS_DENIED";
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// A caller without any role in a project.
    pub(crate) fn not_in_project() -> Self {
        let detail = "The current user is not in the group, or the group does not exist.";
        Self::new(StatusCode::UNAUTHORIZED, "NOT_IN_GROUP", detail)
    }

    /// A caller from an address its access list does not have.
    pub(crate) fn address_not_allowed(address: &str) -> Self {
        let detail = format!("IP address {address} is not allowed to access this resource.");
        Self::new(
            StatusCode::FORBIDDEN,
            "IP_ADDRESS_NOT_ON_ACCESS_LIST",
            detail,
        )
        .with_parameters([address])
    }

    /// A caller without an access list, where the organization asks for one.
    pub(crate) fn access_list_required() -> Self {
        let detail = "This organization requires access through a whitelist of ip ranges.";
        Self::new(StatusCode::FORBIDDEN, "ORG_REQUIRES_WHITELIST", detail)
    }

    /// A request too many; `path` without its leading slash.
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

    /// A query parameter that has to be there and is not.
    pub(crate) fn missing_query_parameter(name: &str) -> Self {
        let detail = format!("The required query parameter {name} was not specified.");
        Self::new(StatusCode::BAD_REQUEST, "MISSING_QUERY_PARAMETER", detail)
            .with_parameters([name])
    }

    /// A refusal in words of the caller.
    pub(crate) fn rejected(
        status: u16,
        code: &'static str,
        detail: impl Into<String>,
        parameters: Vec<Value>,
    ) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, code, detail).with_parameters(parameters)
    }

    /// A digest answer for another target than the request's.
    pub(crate) fn other_target() -> Self {
        let detail = "The digest was computed for another URI than the one requested.";
        Self::new(StatusCode::BAD_REQUEST, "UNEXPECTED_ERROR", detail)
    }

    /// A body that is not JSON.
    pub(crate) fn malformed_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "MALFORMED_JSON",
            "Received JSON is malformed.",
        )
    }

    /// A field of the body with a value of the wrong type or outside its range.
    pub(crate) fn invalid_attribute(field: &str, expected: &str) -> Self {
        let detail = format!("Invalid attribute {field} specified.");
        let mut error = Self::new(StatusCode::BAD_REQUEST, "INVALID_ATTRIBUTE", detail)
            .with_parameters([field]);
        error.field = Some(Box::new((field.to_owned(), format!("must be {expected}"))));
        error
    }

    /// A date of the body that had to lie ahead.
    pub(crate) fn date_in_past(field: &str) -> Self {
        Self {
            code: Cow::Borrowed("EXPIRATION_DATE_IN_PAST"),
            ..Self::invalid_attribute(field, "a date to come")
        }
    }

    /// A field the body had to have.
    pub(crate) fn missing_attribute(field: &str) -> Self {
        let detail = format!("The required attribute {field} was not specified.");
        let mut error = Self::new(StatusCode::BAD_REQUEST, "MISSING_ATTRIBUTE", detail)
            .with_parameters([field]);
        error.field = Some(Box::new((field.to_owned(), "must not be null".to_owned())));
        error
    }

    /// A query parameter with a value it cannot have.
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

    /// The body of the answer.
    pub(crate) fn document(&self) -> Value {
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

impl From<ApiRejection> for ApiError {
    fn from(refusal: ApiRejection) -> Self {
        if let ApiRejection::ProjectHasResources { code } = refusal {
            return Self::published_plain(code);
        }
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, refusal.code(), refusal.detail()).with_parameters(refusal.parameters())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_of_a_refused_version_is_that_of_the_service() {
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
    fn a_wrong_field_is_named() {
        let document = ApiError::invalid_attribute("paused", "a boolean").document();

        assert_eq!(document["parameters"], json!(["paused"]));
        assert_eq!(document["badRequestDetail"]["fields"][0]["field"], "paused");
    }
}
