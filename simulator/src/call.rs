//! A routed request and its response: parameters, body, errors, pages, roles and rate limits.

pub(crate) mod attributes;
pub(crate) mod error;
pub(crate) mod page;
pub(crate) mod page_faults;
pub(crate) mod published;
pub(crate) mod rate_limits;
pub(crate) mod roles;

use http::header::LOCATION;
use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::call::error::ApiError;
use crate::call::page_faults::PageFaults;
use crate::call::roles::Caller;
use crate::schema::document::Operation;
use crate::schema::template::{self, PathParameters};

/// A routed, authenticated request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The operation in the OpenAPI document; `None` in the unversioned API.
    pub(crate) operation: Option<&'static Operation>,
    /// The path, without the query.
    pub(crate) request_path: String,
    /// The path parameters, in order.
    pub(crate) parameters: PathParameters<'static>,
    pub(crate) query: Query,
    pub(crate) body: bytes::Bytes,
    /// The scheme and host of links.
    pub(crate) origin: String,
    /// The date of the resolved version; empty in the unversioned API.
    pub(crate) version: String,
    /// The suffix of the requested media type: `json`, `gzip` or `csv`.
    pub(crate) suffix: String,
    pub(crate) now: Timestamp,
    pub(crate) caller: Caller,
    /// The id of the organization in the path, of the organization of the project in the path, or
    /// of the caller's organization.
    pub(crate) organization: String,
    pub(crate) page_faults: PageFaults,
    /// `true` if hardware specs show the requested values instead of the running ones.
    pub(crate) is_configured_hardware_requested: bool,
}

impl Call {
    /// Returns the value of a path parameter that the path template contains.
    pub(crate) fn path(&self, name: &str) -> &str {
        let value = self.find_path(name);
        debug_assert!(
            value.is_some(),
            "`{}` has no parameter `{name}`",
            self.request_path
        );
        value.unwrap_or_default()
    }

    /// Returns the value of a path parameter, or `None` if the path template does not contain it.
    pub(crate) fn find_path(&self, name: &str) -> Option<&str> {
        template::find_parameter(&self.parameters, name)
    }

    /// Returns the same request for another organization, such as the one in its body.
    pub(crate) fn with_organization(&self, organization: &str) -> Self {
        Self {
            organization: organization.to_owned(),
            ..self.clone()
        }
    }

    /// Returns the public key or the client id of the caller.
    pub(crate) fn sender(&self) -> &str {
        &self.caller.name
    }

    /// Returns the absolute URL of a path.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Parses the body as a JSON object.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, ApiError> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) | Err(_) => Err(ApiError::malformed_json()),
        }
    }
}

/// The decoded query of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Returns a query without its empty parameters, which Atlas treats as missing.
    pub(crate) fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.retain(|(_, value)| !value.is_empty());
        Self { pairs }
    }

    /// Returns the first value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns every value of a parameter.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let pairs = self.pairs.iter().filter(|(key, _)| key == name);
        pairs.map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the value of a boolean parameter, or `None` if it is missing or malformed.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.parse().ok()
    }
}

/// A successful response.
#[derive(Debug)]
pub(crate) struct ApiResponse {
    pub(crate) status: StatusCode,
    /// The JSON body; `None` for a 204.
    pub(crate) document: Option<Value>,
    /// A body that is not JSON; replaces `document`.
    pub(crate) file: Option<bytes::Bytes>,
    /// `true` if the document is a page of a list, to which an envelope adds only the status.
    pub(crate) is_page: bool,
    /// The id of the changed organization, if the path does not contain it.
    pub(crate) organization: Option<String>,
    /// Additional headers.
    pub(crate) headers: Vec<(HeaderName, String)>,
}

impl ApiResponse {
    fn new(status: StatusCode, document: Option<Value>) -> Self {
        Self {
            status,
            document,
            file: None,
            is_page: false,
            organization: None,
            headers: Vec::new(),
        }
    }

    pub(crate) fn ok(document: Value) -> Self {
        Self::new(StatusCode::OK, Some(document))
    }

    pub(crate) fn page(document: Value) -> Self {
        Self {
            is_page: true,
            ..Self::ok(document)
        }
    }

    pub(crate) fn created(document: Value) -> Self {
        Self::new(StatusCode::CREATED, Some(document))
    }

    /// Returns a response with a binary body, such as a compressed log.
    pub(crate) fn file(content: impl Into<bytes::Bytes>) -> Self {
        Self {
            file: Some(content.into()),
            ..Self::new(StatusCode::OK, None)
        }
    }

    /// Returns a 202 with `{}`, for work that continues after the response.
    pub(crate) fn accepted() -> Self {
        Self::new(StatusCode::ACCEPTED, Some(Value::Object(Map::new())))
    }

    /// Returns a 200 without a body.
    pub(crate) fn without_body() -> Self {
        Self::new(StatusCode::OK, None)
    }

    pub(crate) fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, None)
    }

    /// Sets the changed organization.
    pub(crate) fn with_organization(mut self, organization: &str) -> Self {
        self.organization = Some(organization.to_owned());
        self
    }

    /// Adds a `Location` header.
    pub(crate) fn with_location(self, location: String) -> Self {
        self.with_header(LOCATION, location)
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
