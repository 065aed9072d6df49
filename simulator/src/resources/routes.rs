//! Maps operations to handlers.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

use super::{
    Handler, Route, access, backups, data, deployments, monitoring, networking, organization,
};
use crate::generic;
use crate::schema::document::{Document, Operation};

/// Routes of each subject.
const SUBJECTS: [&[&[Route]]; 7] = [
    access::ROUTES,
    backups::ROUTES,
    data::ROUTES,
    deployments::ROUTES,
    monitoring::ROUTES,
    networking::ROUTES,
    organization::ROUTES,
];

static HANDLERS: LazyLock<HashMap<&str, Handler>> = LazyLock::new(|| routes().collect());

/// Returns the handler of an operation. Default: `generic::respond`.
pub(crate) fn handler_for(operation: &Operation) -> Handler {
    let handler = HANDLERS.get(operation.id.as_str()).copied();
    handler.unwrap_or(generic::respond)
}

/// Returns the fidelity of an operation.
fn fidelity(operation: &Operation) -> Fidelity {
    if HANDLERS.contains_key(operation.id.as_str()) {
        Fidelity::Modelled
    } else {
        Fidelity::Generic
    }
}

/// The kind of handler that an operation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Fidelity {
    /// A specific handler that implements the rules of Atlas.
    Modelled,
    /// The generic handler, which validates requests and generates responses from the OpenAPI document.
    Generic,
}

impl fmt::Display for Fidelity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Modelled => "modelled",
            Self::Generic => "generic",
        })
    }
}

/// An operation that the simulator serves, returned by
/// [`Simulator::operations`](crate::Simulator::operations).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ServedOperation {
    /// HTTP method, such as `GET`.
    pub method: &'static str,
    /// Path template, such as `/api/atlas/v2/orgs/{orgId}`.
    pub path: &'static str,
    /// Operation id of the OpenAPI document, such as `getOrg`.
    pub id: &'static str,
    /// Tag of the OpenAPI document, such as `Organizations`.
    pub tag: &'static str,
    /// Kind of handler.
    pub fidelity: Fidelity,
}

/// Returns all operations of an OpenAPI document, sorted by path and method.
pub(crate) fn served_operations(document: &'static Document) -> Vec<ServedOperation> {
    let operations = document.operations().iter();
    let mut served: Vec<_> = operations
        .map(|operation| ServedOperation {
            method: operation.method,
            path: &operation.path,
            id: &operation.id,
            tag: &operation.tag,
            fidelity: fidelity(operation),
        })
        .collect();
    served.sort_by_key(|operation| (operation.path, operation.method));
    served
}

/// Returns the routes of all resource files.
fn routes() -> impl Iterator<Item = Route> {
    SUBJECTS
        .iter()
        .copied()
        .flatten()
        .copied()
        .flatten()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_name_operations_of_the_document() {
        let operations = Document::vendored().unwrap().operations();

        let unknown: Vec<_> = routes()
            .map(|(id, _)| id)
            .filter(|id| !operations.iter().any(|operation| operation.id == **id))
            .collect();

        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn operations_have_at_most_one_route() {
        assert_eq!(routes().count(), HANDLERS.len());
    }

    #[test]
    fn operations_with_a_route_are_modelled() {
        let served = served_operations(Document::vendored().unwrap());
        let find = |id: &str| served.iter().find(|operation| operation.id == id).unwrap();

        assert_eq!(find("listOrgs").fidelity, Fidelity::Modelled);
        assert_eq!(find("getOrgSettings").fidelity, Fidelity::Generic);
        let is_modelled = |operation: &&ServedOperation| operation.fidelity == Fidelity::Modelled;
        assert_eq!(served.iter().filter(is_modelled).count(), routes().count());
    }
}
