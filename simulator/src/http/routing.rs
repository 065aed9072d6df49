//! Finds the operation of a request in the versioned and unversioned APIs.

mod legacy;

use crate::resources::{Handler, handler_for};
use crate::schema::document::{Document, Operation};
use crate::schema::template::PathParameters;

pub(crate) use legacy::Legacy;

/// The path prefix of the versioned API.
const API_ROOT: &str = "/api/atlas/v2";

/// The methods of operations.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// An operation with its handler and the path parameters of the request.
pub(crate) struct Route {
    pub(crate) operation: &'static Operation,
    pub(crate) handler: Handler,
    pub(crate) parameters: PathParameters<'static>,
    /// The version and the suffix in an unversioned API; `None` in the versioned API.
    pub(crate) legacy: Option<Legacy>,
}

/// The result of matching a method and a path.
pub(crate) enum Match {
    Found(Route),
    /// The path has operations, but none with this method.
    OtherMethods(Vec<&'static str>),
    UnknownPath,
}

/// Finds the operation of a request. A HEAD request has the operation of the GET request.
pub(crate) fn find(document: &'static Document, method: &str, path: &str) -> Match {
    let method = if method == "HEAD" { "GET" } else { method };
    if let Some(route) = find_route(document, method, path) {
        return Match::Found(route);
    }
    let others = METHODS
        .into_iter()
        .filter(|other| find_route(document, other, path).is_some());
    let mut allowed: Vec<_> = others.collect();
    if allowed.is_empty() {
        return Match::UnknownPath;
    }
    if allowed.contains(&"GET") {
        allowed.push("HEAD");
    }
    allowed.push("OPTIONS");
    Match::OtherMethods(allowed)
}

fn find_route(document: &'static Document, method: &str, path: &str) -> Option<Route> {
    let is_versioned = path
        .strip_prefix(API_ROOT)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !is_versioned {
        return legacy::find(document, method, path);
    }
    let (operation, parameters) = document.find(method, path)?;
    Some(Route {
        operation,
        handler: handler_for(operation),
        parameters,
        legacy: None,
    })
}
