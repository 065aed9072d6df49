//! The operations table: names, paths, versions, parameters and body fields of every stable Atlas
//! operation.
//!
//! `build.rs` generates the table from `openapi/`. It contains all operations, independently of the enabled cargo
//! features. The types of bodies and parameters are packed into bytes, which [`Schema`] decodes on demand.
//!
//! ```
//! use mongodbatlas::operation;
//!
//! let cluster = operation::UPDATE_GROUP_CLUSTER.request_body().expect("a body");
//! let kind = cluster.field("clusterType").expect("a field");
//! assert_eq!(kind.enum_values().collect::<Vec<_>>(), ["REPLICASET", "SHARDED", "GEOSHARDED"]);
//! ```

mod packed;
mod parameter;
mod rate_limit;
mod schema;

use std::fmt;

pub use parameter::{Location, Parameter};
pub use rate_limit::{OperationRateLimit, RateLimitScope};
pub use schema::{Field, FieldKind, Schema, Variant};

include!(concat!(env!("OUT_DIR"), "/operations.rs"));

/// One operation of the Atlas Administration API v2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The name in the Atlas document, such as `listGroupClusters`.
    pub id: &'static str,
    /// The name of the generated method, such as `list_group_clusters`.
    pub method_name: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template, such as `/api/atlas/v2/groups/{groupId}/clusters`.
    pub path: &'static str,
    /// The tag of the document under which the operation is listed, such as `Clusters`.
    pub tag: &'static str,
    /// Every stable version, oldest first.
    pub versions: &'static [Version],
    /// The `Accept` header: the newest stable version's media type.
    pub accept: &'static str,
    /// The `Content-Type` header of a request body, where the operation takes one.
    pub content_type: Option<&'static str>,
    /// The HTTP status of a successful response.
    pub success: u16,
    /// The kind of body of a successful response.
    pub response_kind: ResponseKind,
    /// `true` if the response is a paginated list.
    pub paged: bool,
    /// The roles that permit the operation, as named in the document. One of them is enough.
    pub roles: &'static [&'static str],
    /// The parameters in path, query and headers, in the document's order.
    pub parameters: &'static [Parameter],
    /// The paths of the request's fields that only Atlas sets. A path has names joined by dots and `*` for the items of
    /// an array and the values of a map, such as `replicationSpecs.*.zoneId`. The ids of array items are not included,
    /// because requests identify items by them.
    ///
    /// Typed calls do not send these fields; JSON documents are sent unchanged.
    pub server_owned: &'static [&'static str],
    /// The paths of all fields of the request, with the syntax of `server_owned`; PATCH and PUT only.
    pub(crate) request_fields: &'static [&'static str],
    /// The paths of all fields of the response; PATCH and PUT only.
    pub(crate) response_fields: &'static [&'static str],
    /// The names of secret fields in the bodies. Logs redact their values.
    pub secrets: &'static [&'static str],
    pub(crate) request: Option<Schema>,
    pub(crate) response: Option<Schema>,
    pub(crate) rate_limit: Option<OperationRateLimit>,
}

impl Operation {
    /// Returns the stable operation with this id in the Atlas document.
    ///
    /// ```
    /// use mongodbatlas::operations::Operation;
    ///
    /// let list = Operation::by_id("listGroupClusters").expect("a stable operation");
    /// assert_eq!(list.method, "GET");
    /// assert_eq!(list.accept, "application/vnd.atlas.2024-08-05+json");
    /// assert!(list.paged);
    /// ```
    pub fn by_id(id: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|operation| operation.id == id)
    }

    /// Returns every stable operation, ordered by the name of its generated method.
    pub fn all() -> &'static [Self] {
        OPERATIONS
    }

    /// Returns the date of the version that this SDK uses, such as `2024-08-05`.
    pub fn version(&self) -> &'static str {
        self.versions.last().map_or("", |version| version.date)
    }

    /// Returns the schema of the request body, if there is one.
    pub fn request_body(&self) -> Option<Schema> {
        self.request
    }

    /// Returns the schema of the body of a successful response, if it is JSON.
    pub fn response_body(&self) -> Option<Schema> {
        self.response
    }

    /// Returns the rate limit, if it is known.
    pub fn rate_limit(&self) -> Option<OperationRateLimit> {
        self.rate_limit
    }

    /// Returns the date on which Atlas stops serving the version that this SDK uses, if announced.
    pub fn sunset(&self) -> Option<&'static str> {
        self.versions.last().and_then(|version| version.sunset)
    }
}

impl fmt::Display for Operation {
    /// Writes the method and the path template.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// One stable version of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Version {
    /// The date that names it, `YYYY-MM-DD`.
    pub date: &'static str,
    /// The date on which Atlas stops serving it, `YYYY-MM-DD`, if one is announced.
    pub sunset: Option<&'static str>,
}

/// The kind of body of a successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseKind {
    /// A JSON document.
    Json,
    /// Bytes in another format: gzip, csv or PEM.
    Bytes,
    /// No body, or an empty document.
    Empty,
}

#[cfg(test)]
mod tests;
