//! The passes that turn the vendored document into one that progenitor can read, in their order.
//!
//! Each pass is a file with its own test (tiny document in, tiny document out). A pass that finds
//! nothing to change is an error: either the document no longer needs it, or it is broken.
#![expect(
    clippy::unnecessary_wraps,
    reason = "all passes have one signature, though few can fail"
)]

mod answers;
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
mod secrets;
mod server_owned;
mod superset;

pub(crate) use secrets::{SECRET, names as secret_names};
pub(crate) use server_owned::{SET_BY_ATLAS, of as server_owned};

pub(crate) use named_enums::values as enum_values;

use crate::{
    document::Document,
    error::{Error, Result},
};

/// A transformation of the document.
#[non_exhaustive]
pub struct Pass {
    /// What it is called.
    pub name: &'static str,
    /// Changes the document and gives the number of changes.
    pub apply: fn(&mut Document) -> Result<usize>,
}

/// All passes, in the order in which they must run.
pub const PASSES: [Pass; 17] = [
    Pass {
        name: "answers",
        apply: answers::apply,
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
    // Families are united before requirements are dropped: a parent's count for its children.
    Pass {
        name: "superset",
        apply: superset::apply,
    },
    // The members of families are no longer referred to, and enums must not be named after them.
    Pass {
        name: "unreachable",
        apply: Document::drop_unreachable_schemas,
    },
    Pass {
        name: "read_only",
        apply: read_only::apply,
    },
    // Later passes put references in the place of fields, and what the fields said is lost.
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
    // Formats, which are dropped next, tell of secrets.
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
    // Collections are nullable only where they are optional, which `lenient` decides.
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

/// Gives answers, requests and families of schemas one shape, in which documents can be compared.
pub(crate) fn give_one_shape(document: &mut Document) -> Result<()> {
    for apply in [answers::apply, requests::apply, superset::apply] {
        // A small document may have nothing to do.
        apply(document)?;
    }
    Ok(())
}

#[cfg(test)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "documents are written in place"
)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A document with one operation and these schemas.
    pub(crate) fn with_operation(operation: Value, schemas: Value) -> Document {
        Document::from_value(json!({
            "openapi": "3.0.1",
            "paths": { "/things": { "get": operation } },
            "components": { "schemas": schemas },
        }))
        .unwrap()
    }

    /// A document whose one operation answers with the schema `Answer` and sends `Request`.
    pub(crate) fn with_schemas(schemas: Value) -> Document {
        let media = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        with_operation(
            json!({
                "operationId": "things",
                "requestBody": { "content": media("Request") },
                "responses": { "2XX": { "description": "", "content": media("Answer") } },
            }),
            schemas,
        )
    }

    #[test]
    fn an_idle_pass_is_an_error() {
        let mut document =
            with_operation(json!({"operationId": "things", "responses": {}}), json!({}));

        let error = run(&mut document).unwrap_err();

        assert!(matches!(error, Error::IdlePass("requests")));
        assert!(error.to_string().contains("`requests`"), "{error}");
    }
}
