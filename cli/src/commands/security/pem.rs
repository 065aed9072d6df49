//! Validates certificates in PEM format.

use serde_json::Value;

use crate::error::CliError;

/// Rejects a field that is neither empty nor a PEM certificate, because the error message of Atlas would contain an
/// internal field name.
pub(super) fn check(body: &Value, pointer: &str, source: &str) -> Result<(), CliError> {
    let Some(certificate) = body.pointer(pointer).and_then(Value::as_str) else {
        return Ok(());
    };
    if certificate.is_empty() || certificate.contains("-----BEGIN CERTIFICATE-----") {
        return Ok(());
    }
    Err(
        CliError::usage(format!("`{source}` contains no certificate in PEM"))
            .with_hint("a certificate begins with `-----BEGIN CERTIFICATE-----`"),
    )
}
