//! The request of commands that change a part of a cluster.

use mongodbatlas::{Document, operation};
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        bulk::read_request,
        fleet::{ClusterTarget, state_of},
        request::Request,
    },
    error::CliError,
    exit::Exit,
};

/// Reads the cluster of a command; returns the request that updates it, and its document.
///
/// # Errors
///
/// Fails if the cluster cannot be read, or if it is paused: Atlas rejects other changes of it.
pub(super) async fn update_request(
    invocation: &Invocation<'_>,
) -> Result<(Request, Value), CliError> {
    let project = match &invocation.project {
        Some(project) => project.clone(),
        None => invocation.session.project(&invocation.values).await?,
    };
    let name = invocation.text("cluster-name").unwrap_or_default();
    let cluster = ClusterTarget::unread(project, name);
    let (response, _) = invocation.send(&read_request(&cluster)).await?;
    let current = response
        .document()
        .map(Document::to_value)
        .unwrap_or_default();
    if state_of(&current) == mongodbatlas::ClusterState::Paused {
        return Err(CliError::failure(format!(
            "cluster `{name}` is paused, and Atlas rejects changes of it"
        ))
        .with_exit(Exit::Rejected)
        .with_hint(format!(
            "`atlascli clusters start {}` resumes it",
            cluster.path()
        )));
    }
    let request = Request::new(operation::UPDATE_GROUP_CLUSTER)
        .with("groupId", &cluster.project.id)
        .with("clusterName", name);
    Ok((request, current))
}
