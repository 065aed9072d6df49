//! Values that every response of an operation must have.

use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// Parses the id in a response. A response without a valid one does not come from Atlas.
pub(crate) fn id<T: FromStr<Err = Error>>(text: Option<&str>) -> Result<T> {
    text.unwrap_or_default().parse().map_err(|source| {
        Error::new(ErrorKind::InvalidResponse, "the response has no valid `id`")
            .with_hint("check the base URL (`ATLAS_BASE_URL`)")
            .with_source(source)
    })
}
