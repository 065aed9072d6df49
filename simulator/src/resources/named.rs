//! 404 checks for path parameters that the handlers of their operations do not look up.

use super::monitoring::processes;
use crate::call::Call;
use crate::call::error::ApiError;
use crate::schema::document::Operation;
use crate::state::{ApiRejection, State};

/// Rejects a request whose path names an unknown process, database user or cluster.
pub(crate) fn check(state: &State, operation: &Operation, call: &Call) -> Result<(), ApiError> {
    let mut values = call.parameters.iter();
    let mut previous = "";
    for segment in operation.path.split('/') {
        if segment.starts_with('{') {
            let value = values.next().map_or("", |(_, value)| value);
            let is_last = operation.path.ends_with(segment);
            match (previous, segment) {
                ("processes" | "hosts", "{processId}") | ("clusters", "{hostName}") => {
                    processes::cluster_of(state, call.path("groupId"), value)?;
                }
                ("databaseUsers", "{username}") if !is_last => {
                    check_database_user(state, call, value)?;
                }
                ("sampleDatasetLoad", "{name}") => check_running_cluster(state, call, value)?,
                _ => {}
            }
        }
        previous = segment;
    }
    Ok(())
}

/// Rejects a name that no database user of the project has.
fn check_database_user(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
    let project = &state.project(call.path("groupId"))?.id;
    let users = format!("/groups/{project}/databaseUsers");
    match state.store.find(&users, &["username"], name) {
        Some(_) => Ok(()),
        None => Err(ApiError::username_not_found(name)),
    }
}

/// Rejects an unknown or paused cluster.
fn check_running_cluster(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
    let project = state.project(call.path("groupId"))?;
    if project.flex_cluster(name).is_ok() {
        return Ok(());
    }
    if project.cluster(name)?.lifecycle.is_paused() {
        let name = name.to_owned();
        return Err(ApiRejection::CannotUpdatePaused { name }.into());
    }
    Ok(())
}
