//! Things that paths name, and that have to be there.

use super::monitoring::processes;
use crate::call::Call;
use crate::call::error::ApiError;
use crate::schema::document::Operation;
use crate::state::{ApiRejection, State};

/// Refuses a request about a process, a database user or a cluster that is not there, where the
/// path names it and its own operations would not notice.
pub(crate) fn check(state: &State, operation: &Operation, call: &Call) -> Result<(), ApiError> {
    let mut values = call.parameters.iter();
    let mut before = "";
    for segment in operation.path.split('/') {
        if segment.starts_with('{') {
            let value = values.next().map_or("", |(_, value)| value);
            let is_last = operation.path.ends_with(segment);
            match (before, segment) {
                ("processes" | "hosts", "{processId}") | ("clusters", "{hostName}") => {
                    processes::cluster_of(state, call.path("groupId"), value)?;
                }
                ("databaseUsers", "{username}") if !is_last => database_user(state, call, value)?,
                ("sampleDatasetLoad", "{name}") => running_cluster(state, call, value)?,
                _ => {}
            }
        }
        before = segment;
    }
    Ok(())
}

/// Refuses a name that no user of the project's databases has.
fn database_user(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
    let project = &state.project(call.path("groupId"))?.id;
    let users = format!("/groups/{project}/databaseUsers");
    match state.store.find(&users, &["username"], name) {
        Some(_) => Ok(()),
        None => Err(ApiError::username_not_found(name)),
    }
}

/// Refuses a cluster that takes no data, since it is not there or paused.
fn running_cluster(state: &State, call: &Call, name: &str) -> Result<(), ApiError> {
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
