//! The vendored API document: which operations there are, in which versions, and what they take
//! and answer.
//!
//! Statuses are those of the document with its corrections. The dedicated resources write their
//! bodies by hand; everything else is filled from the schemas read here.

mod corrections;
mod operation;

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::schema::template::PathParameters;
use crate::schema::{Schemas, deviations};

#[cfg(test)]
pub(crate) use operation::Answer;
pub(crate) use operation::{Operation, Parameter, Version};

/// The document as `build.rs` packed it.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas-admin-v2.json.gz"));

static VENDORED: LazyLock<Result<Document, String>> = LazyLock::new(|| Document::unpack(PACKED));

/// The operations of the API.
#[derive(Debug)]
pub(crate) struct Document {
    operations: Vec<Operation>,
    schemas: Schemas,
}

impl Document {
    /// The document this crate was built with, read once.
    pub(crate) fn vendored() -> Result<&'static Self, &'static str> {
        VENDORED.as_ref().map_err(String::as_str)
    }

    fn unpack(packed: &[u8]) -> Result<Self, String> {
        let mut text = String::new();
        let unpacked = GzDecoder::new(packed).read_to_string(&mut text);
        unpacked.map_err(|error| error.to_string())?;
        let mut source: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let mut operations = operation::read(&source)?;
        corrections::apply(&mut operations)?;
        // `/groups/byName/{groupName}` has to be tried before `/groups/{groupId}/clusters` would be.
        operations.sort_by_key(|operation| operation.template.generality());
        let mut schemas = source["components"]["schemas"].take();
        deviations::loosen(&mut schemas);
        Ok(Self {
            operations,
            schemas: Schemas::new(schemas),
        })
    }

    /// The operation of a request, with the values of its path parameters.
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

    /// The operation of a method and a path template.
    pub(crate) fn at(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method && operation.path == path)
    }

    /// All operations, the more specific paths first.
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
    fn the_vendored_document_names_the_versions_of_clusters() {
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
            .map(|it| it.version.as_str())
            .collect();
        assert_eq!(versions, ["2023-01-01", "2023-02-01", "2024-08-05"]);
        assert!(operation.versions[0].sunset.is_some());
    }

    #[test]
    fn a_literal_segment_wins_over_a_parameter() {
        let document = Document::vendored().unwrap();

        let (operation, parameters) = document
            .find("GET", "/api/atlas/v2/groups/byName/clusters")
            .unwrap();

        assert_eq!(operation.id, "getGroupByName");
        assert_eq!(parameters, [("groupName", "clusters".to_owned())]);
    }

    #[test]
    fn every_operation_is_found_by_a_path_of_its_own() {
        let document = Document::vendored().unwrap();

        for operation in document.operations() {
            let path = operation.path.replace(['{', '}'], "");
            let (found, _) = document.find(operation.method, &path).unwrap();
            assert_eq!(found.id, operation.id);
        }
    }
}
