//! The passes that transform the vendored document into one that progenitor supports.
//!
//! Each pass is a file with tests on small documents. A pass that changes nothing is an error: the
//! document no longer needs the pass, or the pass is broken.
#![expect(
    clippy::unnecessary_wraps,
    reason = "all passes have the same signature"
)]

mod constraints;
mod defaults;
mod errors;
mod formats;
mod free_objects;
mod lenient;
mod named_enums;
mod nullable;
mod nullable_objects;
mod parameters;
mod read_only;
mod requests;
mod responses;
mod secrets;
mod server_owned;
mod superset;

pub(crate) use named_enums::values as enum_values;
pub(crate) use secrets::{SECRET_SCHEMA, names as secret_names};
pub(crate) use server_owned::{SET_BY_ATLAS, paths as server_owned_paths};

use crate::{
    document::Document,
    error::{Error, Result},
};

/// A transformation of the document.
#[non_exhaustive]
pub struct Pass {
    /// Name of the pass.
    pub name: &'static str,
    /// Changes the document and returns the number of changes.
    pub apply: fn(&mut Document) -> Result<usize>,
}

/// All passes in the order in which they must run.
pub const PASSES: [Pass; 17] = [
    Pass {
        name: "responses",
        apply: responses::apply,
    },
    Pass {
        name: "requests",
        apply: requests::apply,
    },
    Pass {
        name: "errors",
        apply: errors::apply,
    },
    Pass {
        name: "parameters",
        apply: parameters::apply,
    },
    // Runs before requirements are dropped: those of a parent apply to its children.
    Pass {
        name: "superset",
        apply: superset::apply,
    },
    // `superset` leaves members of families unreferenced, and enums must not be named after them.
    Pass {
        name: "unreachable",
        apply: Document::drop_unreachable_schemas,
    },
    Pass {
        name: "read_only",
        apply: read_only::apply,
    },
    // Later passes replace fields by references, without `readOnly`.
    Pass {
        name: "server_owned",
        apply: server_owned::apply,
    },
    Pass {
        name: "free_objects",
        apply: free_objects::apply,
    },
    Pass {
        name: "lenient",
        apply: lenient::apply,
    },
    Pass {
        name: "constraints",
        apply: constraints::apply,
    },
    Pass {
        name: "defaults",
        apply: defaults::apply,
    },
    // Runs before `formats` drops the format `password`.
    Pass {
        name: "secrets",
        apply: secrets::apply,
    },
    Pass {
        name: "formats",
        apply: formats::apply,
    },
    Pass {
        name: "nullable_objects",
        apply: nullable_objects::apply,
    },
    // Runs after `lenient`, since only optional collections are nullable.
    Pass {
        name: "nullable",
        apply: nullable::apply,
    },
    Pass {
        name: "named_enums",
        apply: named_enums::apply,
    },
];

/// Runs all passes.
///
/// # Errors
///
/// Fails if a pass fails or changes nothing.
pub fn run(document: &mut Document) -> Result<()> {
    for pass in &PASSES {
        if (pass.apply)(document)? == 0 {
            return Err(Error::IdlePass(pass.name));
        }
    }
    Ok(())
}

/// Normalizes responses, requests and families of schemas, so that documents can be compared.
pub(crate) fn normalize_shapes(document: &mut Document) -> Result<()> {
    for apply in [responses::apply, requests::apply, superset::apply] {
        // A pass may change nothing in a small document.
        apply(document)?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::needless_pass_by_value, reason = "documents are literals")]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Returns a document with one operation and these schemas.
    pub(crate) fn with_operation(operation: Value, schemas: Value) -> Document {
        Document::from_value(json!({
            "openapi": "3.0.1",
            "paths": { "/things": { "get": operation } },
            "components": { "schemas": schemas },
        }))
        .unwrap()
    }

    /// Returns a document with one operation, whose schemas are `Request` and `Response`.
    pub(crate) fn with_schemas(schemas: Value) -> Document {
        let media = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        with_operation(
            json!({
                "operationId": "things",
                "requestBody": { "content": media("Request") },
                "responses": { "2XX": { "description": "", "content": media("Response") } },
            }),
            schemas,
        )
    }

    #[test]
    fn pass_without_changes_is_an_error() {
        let mut document =
            with_operation(json!({"operationId": "things", "responses": {}}), json!({}));

        let error = run(&mut document).unwrap_err();

        assert!(matches!(error, Error::IdlePass("requests")));
        assert!(error.to_string().contains("`requests`"), "{error}");
    }
}
