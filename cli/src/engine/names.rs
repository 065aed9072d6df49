//! Matches names and globs.

pub(crate) mod spelling;
pub(crate) mod suggest;

use globset::{GlobBuilder, GlobMatcher};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::CliError;

/// Matches names: exactly, or by a glob.
#[derive(Clone, Debug)]
pub(crate) enum Matcher {
    /// An exact name, in normalization form C.
    Exact(String),
    Glob(GlobMatcher),
}

impl Matcher {
    /// Creates a matcher for a name or a glob with `*`, `?` or `[…]`.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the glob is malformed.
    pub(crate) fn new(text: &str) -> Result<Self, CliError> {
        if !is_glob(text) {
            return Ok(Self::Exact(text.nfc().collect()));
        }
        let glob = GlobBuilder::new(text).build().map_err(|error| {
            CliError::usage(format!("invalid glob `{text}`: {}", error.kind()))
                .with_hint("`*` matches any text, `?` one character, `[ab]` one of several")
        })?;
        Ok(Self::Glob(glob.compile_matcher()))
    }

    /// Returns `true` if a name matches.
    pub(crate) fn matches(&self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => name.nfc().eq(exact.chars()),
            Self::Glob(glob) => glob.is_match(name),
        }
    }
}

/// Returns `true` for a text with the special characters of globs, which no Atlas name contains.
pub(crate) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '['])
}
