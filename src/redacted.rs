//! The placeholder for secrets in messages, logs and `Debug` output.

/// Replaces a secret value.
pub(crate) const REDACTED: &str = "[REDACTED]";
