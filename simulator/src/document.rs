//! The vendored API document: which operations there are, and in which versions.
//!
//! Only paths, ids and versions are read; the bodies the simulator answers are written by hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::route::Template;

static VENDORED: LazyLock<Result<Document, String>> = LazyLock::new(|| {
    Document::parse(include_str!("../openapi/atlas-admin-v2.json"))
        .map_err(|error| error.to_string())
});

/// The operations of the API.
#[derive(Debug)]
pub(crate) struct Document {
    operations: Vec<Operation>,
}

/// One operation, as far as routing and version negotiation need it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: &'static str,
    pub(crate) template: Template,
    /// Stable versions, oldest first.
    pub(crate) versions: Vec<Version>,
}

/// One stable version of an operation; dates as `2024-08-05`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Version {
    pub(crate) version: String,
    pub(crate) sunset: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    paths: BTreeMap<String, PathItem>,
}

#[derive(Deserialize)]
struct PathItem {
    get: Option<OperationObject>,
    post: Option<OperationObject>,
    put: Option<OperationObject>,
    patch: Option<OperationObject>,
    delete: Option<OperationObject>,
}

#[derive(Deserialize)]
struct OperationObject {
    #[serde(rename = "operationId")]
    id: String,
    #[serde(rename = "x-atlas-versions", default)]
    versions: Vec<Version>,
}

impl Document {
    /// The document this crate was built with, read once.
    pub(crate) fn vendored() -> Result<&'static Self, &'static str> {
        VENDORED.as_ref().map_err(String::as_str)
    }

    fn parse(text: &str) -> serde_json::Result<Self> {
        let source: Source = serde_json::from_str(text)?;
        let mut operations = Vec::new();
        for (path, item) in source.paths {
            let objects = [
                ("GET", item.get),
                ("POST", item.post),
                ("PUT", item.put),
                ("PATCH", item.patch),
                ("DELETE", item.delete),
            ];
            for (method, object) in objects {
                let Some(object) = object else { continue };
                operations.push(Operation {
                    id: object.id,
                    method,
                    template: Template::parse(&path),
                    versions: object.versions,
                });
            }
        }
        // `/groups/byName/{groupName}` has to be tried before `/groups/{groupId}/clusters` would be.
        operations.sort_by_key(|operation| operation.template.parameters());
        Ok(Self { operations })
    }

    /// The operation of a request, with the values of its path parameters.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<(&Operation, Vec<String>)> {
        self.operations
            .iter()
            .filter(|operation| operation.method == method)
            .find_map(|operation| Some((operation, operation.template.matches(path)?)))
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
        assert_eq!(parameters, ["abc", "one"]);
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
        assert_eq!(parameters, ["clusters"]);
    }
}
