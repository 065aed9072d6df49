//! Corrections of the statuses and roles in the OpenAPI document, from `corrections.toml`.

use serde::Deserialize;

use super::Operation;

#[derive(Deserialize)]
struct Corrections {
    status: Vec<Status>,
    roles: Vec<Roles>,
}

#[derive(Deserialize)]
struct Status {
    operation: String,
    actual: u16,
}

#[derive(Deserialize)]
struct Roles {
    operation: String,
    actual: Vec<String>,
}

/// Replaces documented statuses and roles with those that Atlas uses.
pub(super) fn apply(operations: &mut [Operation]) -> Result<(), String> {
    let source = include_str!("../../../openapi/corrections.toml");
    let corrections: Corrections = toml::from_str(source).map_err(|error| error.to_string())?;
    for correction in corrections.status {
        let corrected = operations
            .iter_mut()
            .filter(|operation| operation.id == correction.operation);
        for operation in corrected {
            operation.success.status = correction.actual;
        }
    }
    for correction in corrections.roles {
        let corrected = operations
            .iter_mut()
            .filter(|operation| operation.id == correction.operation);
        for operation in corrected {
            operation.roles.clone_from(&correction.actual);
        }
    }
    Ok(())
}
