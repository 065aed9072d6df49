//! Fields that a response must have.

use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// Parses the id in a response. Rejects a response without a valid id, which does not come from Atlas.
pub(crate) fn id<T: FromStr<Err = Error>>(text: Option<&str>) -> Result<T> {
    text.unwrap_or_default().parse().map_err(|source| {
        Error::new(ErrorKind::InvalidResponse, "the response has no valid `id`")
            .with_hint("check the base URL (`ATLAS_BASE_URL`)")
            .with_source(source)
    })
}
