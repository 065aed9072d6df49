//! Certificates in PEM.

use serde_json::Value;

use crate::error::CliError;

/// Rejects a field of a body that is neither empty nor a certificate in PEM: Atlas would report an internal name.
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
