//! A typed value with the server's own bytes beside it.

use crate::pythonic::responses::document::Document;

/// A value of the generated layer with the document from which it was read.
#[derive(Clone, Debug)]
pub(crate) struct Record<T> {
    pub(crate) value: T,
    pub(crate) document: Document,
}
