//! A decoded value with its JSON text.

use crate::pythonic::responses::document::Document;

/// A value of the generated layer with the document from which it was decoded.
#[derive(Clone, Debug)]
pub(crate) struct Record<T> {
    pub(crate) value: T,
    pub(crate) document: Document,
}
