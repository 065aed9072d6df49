//! Statuses the service really answers, from `corrections.toml`.

use serde::Deserialize;

use super::Operation;

#[derive(Deserialize)]
struct Corrections {
    status: Vec<Status>,
}

#[derive(Deserialize)]
struct Status {
    operation: String,
    actual: u16,
}

/// Puts the statuses of the service in place of the documented ones.
pub(super) fn apply(operations: &mut [Operation]) -> Result<(), String> {
    let text = include_str!("../../openapi/corrections.toml");
    let corrections: Corrections = toml::from_str(text).map_err(|error| error.to_string())?;
    for correction in corrections.status {
        let corrected = operations
            .iter_mut()
            .filter(|operation| operation.id == correction.operation);
        for operation in corrected {
            operation.answer.status = correction.actual;
        }
    }
    Ok(())
}
