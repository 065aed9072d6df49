//! The placeholder for secrets in messages, logs and `Debug` output.

use std::fmt;

/// The text that replaces a secret value.
pub(crate) const REDACTED: &str = "[REDACTED]";

/// A secret field in `Debug` output, printed as [`REDACTED`].
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}
