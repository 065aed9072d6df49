//! Finds the handler of an operation: the one that a resource file registers, or the generic one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{
    Handler, Route, access, backups, billing, clusters, monitoring, networking, organization,
};
use crate::generic;
use crate::schema::document::Operation;

/// The routes of each subject.
const SUBJECTS: [&[&[Route]]; 7] = [
    access::ROUTES,
    backups::ROUTES,
    billing::ROUTES,
    clusters::ROUTES,
    monitoring::ROUTES,
    networking::ROUTES,
    organization::ROUTES,
];

static HANDLERS: LazyLock<HashMap<&str, Handler>> = LazyLock::new(|| all().collect());

/// Returns the handler of an operation; `generic::answer` where no resource file registers one.
pub(crate) fn handler_for(operation: &Operation) -> Handler {
    let handler = HANDLERS.get(operation.id.as_str()).copied();
    handler.unwrap_or(generic::answer)
}

/// Returns the routes of all resource files.
fn all() -> impl Iterator<Item = Route> {
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
    use crate::schema::document::Document;

    #[test]
    fn routes_name_operations_of_the_document() {
        let operations = Document::vendored().unwrap().operations();

        let unknown: Vec<_> = all()
            .map(|(id, _)| id)
            .filter(|id| !operations.iter().any(|operation| operation.id == **id))
            .collect();

        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn operations_have_at_most_one_route() {
        assert_eq!(all().count(), HANDLERS.len());
    }
}
