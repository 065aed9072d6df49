//! The vendored OpenAPI document: operations with their versions, parameters and schemas.
//!
//! Statuses include the corrections of `corrections.toml`.

mod corrections;
mod operation;

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::schema::template::PathParameters;
use crate::schema::{Schemas, deviations};

#[cfg(test)]
pub(crate) use operation::SuccessResponse;
pub(crate) use operation::{Operation, Parameter, Version};

/// The OpenAPI document, compressed by `build.rs`.
const COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas-admin-v2.json.gz"));

static VENDORED: LazyLock<Result<Document, String>> = LazyLock::new(|| Document::parse(COMPRESSED));

/// The operations of the API.
#[derive(Debug)]
pub(crate) struct Document {
    operations: Vec<Operation>,
    schemas: Schemas,
}

impl Document {
    /// Returns the vendored OpenAPI document, which is parsed once.
    pub(crate) fn vendored() -> Result<&'static Self, &'static str> {
        VENDORED.as_ref().map_err(String::as_str)
    }

    fn parse(compressed: &[u8]) -> Result<Self, String> {
        let mut json = String::new();
        let read = GzDecoder::new(compressed).read_to_string(&mut json);
        read.map_err(|error| error.to_string())?;
        let mut source: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
        let mut operations = operation::parse(&source)?;
        corrections::apply(&mut operations)?;
        // `/groups/byName/{groupName}` must precede `/groups/{groupId}/clusters`.
        operations.sort_by_key(|operation| operation.template.generality());
        let mut schemas = source["components"]["schemas"].take();
        deviations::loosen(&mut schemas);
        Ok(Self {
            operations,
            schemas: Schemas::new(schemas),
        })
    }

    /// Finds the operation of a request, and returns it with its path parameters.
    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Operation, PathParameters<'_>)> {
        self.operations
            .iter()
            .filter(|operation| operation.method == method)
            .find_map(|operation| Some((operation, operation.template.matches(path)?)))
    }

    /// Returns the operation with a method and a path template.
    pub(crate) fn at(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method && operation.path == path)
    }

    /// Returns all operations. Operations with more specific paths come first.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    pub(crate) const fn schemas(&self) -> &Schemas {
        &self.schemas
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_operation_with_parameters_and_versions() {
        let document = Document::vendored().unwrap();

        let (operation, parameters) = document
            .find("GET", "/api/atlas/v2/groups/abc/clusters/one")
            .unwrap();

        assert_eq!(operation.id, "getGroupCluster");
        assert_eq!(
            parameters,
            [
                ("groupId", "abc".to_owned()),
                ("clusterName", "one".to_owned())
            ]
        );
        let versions: Vec<_> = operation
            .versions
            .iter()
            .map(|version| version.version.as_str())
            .collect();
        assert_eq!(versions, ["2023-01-01", "2023-02-01", "2024-08-05"]);
        assert!(operation.versions[0].sunset.is_some());
    }

    #[test]
    fn literal_segment_takes_precedence_over_a_parameter() {
        let document = Document::vendored().unwrap();

        let (operation, parameters) = document
            .find("GET", "/api/atlas/v2/groups/byName/clusters")
            .unwrap();

        assert_eq!(operation.id, "getGroupByName");
        assert_eq!(parameters, [("groupName", "clusters".to_owned())]);
    }

    #[test]
    fn finds_every_operation_by_its_path() {
        let document = Document::vendored().unwrap();

        for operation in document.operations() {
            let path = operation.path.replace(['{', '}'], "");
            let (found, _) = document.find(operation.method, &path).unwrap();
            assert_eq!(found.id, operation.id);
        }
    }
}
