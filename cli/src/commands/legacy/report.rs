//! Creates messages about projects that cannot be listed.

use mongodbatlas::{Error, ErrorKind};

use crate::{error::CliError, ui::Ui};

/// Hint for credentials that see no project.
pub(super) const NO_PROJECTS_HINT: &str = "if there are projects, grant the API key or the service account the role `Organization Read \
     Only`, or a role in a project such as `Project Read Only`, in Atlas: Organization → Access \
     Manager";

/// Returns the error for a list of clusters that failed.
pub(super) fn clusters_not_listed(project: &str, error: Error) -> CliError {
    CliError::from(error).with_context(&format!("cannot list the clusters of project `{project}`"))
}

/// Returns the error for a list of projects that failed.
pub(super) fn projects_not_listed(error: Error) -> CliError {
    CliError::from(error).with_context("cannot list the projects")
}

/// Warns that the credentials see no project.
pub(super) fn warn_no_projects(ui: &mut Ui) {
    ui.warn("the credentials see no project");
    ui.hint(NO_PROJECTS_HINT);
}

/// Warns that a project was not searched, with the reason.
pub(super) fn warn_not_searched(project: &str, error: Error, ui: &mut Ui) {
    warn(&format!("project `{project}` was not searched"), error, ui);
}

/// Warns that the list of projects is incomplete, with the reason.
pub(super) fn warn_incomplete(error: Error, ui: &mut Ui) {
    warn("not all projects were searched", error, ui);
}

fn warn(message: &str, error: Error, ui: &mut Ui) {
    let error = CliError::from(error).with_context(message);
    ui.warn(error.message());
    if let Some(hint) = error.hint() {
        ui.hint(hint);
    }
}

/// Returns `true` if Atlas rejected the request because the cluster is a flex cluster.
pub(super) fn is_flex_cluster(error: &Error) -> bool {
    error.error_code() == Some("CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API")
}

/// Returns `true` if requests for other projects and clusters would fail in the same way.
///
/// Connection errors and timeouts can be temporary, or affect a single request.
pub(super) fn affects_all(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unauthorized | ErrorKind::Configuration | ErrorKind::Tls
    )
}
