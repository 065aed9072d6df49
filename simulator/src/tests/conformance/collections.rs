//! The operations of each collection.

use std::collections::BTreeMap;

use crate::generic::shape::{Plan, Shape, strip_root};
use crate::schema::document::{Document, Operation};

/// Operations of one collection.
#[derive(Default)]
pub(super) struct Collection {
    pub(super) create: Option<&'static Operation>,
    pub(super) list: Option<&'static Operation>,
    pub(super) get: Option<&'static Operation>,
    pub(super) update: Option<&'static Operation>,
    pub(super) delete: Option<&'static Operation>,
}

/// Returns the collections whose items clients create, by path template.
pub(super) fn collections() -> BTreeMap<String, Collection> {
    let document = Document::vendored().unwrap();
    let mut collections = BTreeMap::<String, Collection>::new();
    for operation in document.operations() {
        let plan = Plan::of(document, operation);
        // Some operations reach the collection by another path.
        let path = strip_root(&operation.path);
        let is_direct = path.starts_with(&plan.collection) && !path.contains("shardedCluster");
        let collection = collections.entry(plan.collection).or_default();
        match (plan.shape, operation.method) {
            (Shape::Create, _) => collection.create = Some(operation),
            _ if !is_direct => {}
            (Shape::List, "GET") if plan.keys == 0 => collection.list = Some(operation),
            (Shape::Item, "GET") => collection.get = Some(operation),
            (Shape::Item, "PATCH" | "PUT") => collection.update = Some(operation),
            // Cancelled resources are not deleted.
            (Shape::Item, "DELETE") if operation.id.starts_with("cancel") => {}
            (Shape::Item, "DELETE") => collection.delete = Some(operation),
            _ => {}
        }
    }
    for collection in collections.values_mut() {
        let item = collection
            .get
            .or(collection.delete)
            .map(|operation| &operation.path);
        for other in [&mut collection.update, &mut collection.delete] {
            *other = other.filter(|operation| Some(&operation.path) == item);
        }
    }
    collections.retain(|_, collection| {
        collection.create.is_some() && collection.get.or(collection.delete).is_some()
    });
    collections
}
