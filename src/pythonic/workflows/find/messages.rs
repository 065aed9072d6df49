//! The errors of searches.

use crate::error::{Error, ErrorKind};
use crate::pythonic::{
    resources::organization::{organizations::Organization, projects::Project},
    workflows::inventory::Failure,
};
use crate::request::nearest;

/// Maximum number of candidates in an error.
const MAX_CANDIDATES: usize = 10;

/// A matching cluster with its project and its organization.
pub(super) struct Hit<C> {
    /// The name of the organization; empty if the organizations could not be listed.
    pub(super) organization: String,
    pub(super) project: String,
    pub(super) project_id: String,
    pub(super) cluster: C,
}

/// Creates the error for an unknown name, with similar names as the hint.
pub(super) fn not_found_error(
    noun: &str,
    name: &str,
    project: Option<&str>,
    names: &[&str],
) -> Error {
    let location = project.map(|project| format!(" in project `{project}`"));
    let location = location.unwrap_or_default();
    let message = format!("{noun} `{name}` not found{location}");
    let error = Error::new(ErrorKind::NotFound, message);
    match nearest(name, names.iter().copied()) {
        Some(hint) => error.with_hint(hint),
        None if names.is_empty() => {
            error.with_hint(format!("the credentials see no {noun}{location}"))
        }
        None => {
            let names = join_candidates(names.iter().map(|name| format!("`{name}`")));
            error.with_hint(format!("existing names: {names}"))
        }
    }
}

/// Creates the error for a search without any visible project.
pub(super) fn nothing_visible_error(noun: &str, name: &str, hint: Option<String>) -> Error {
    let message = format!("{noun} `{name}` not found: the credentials see no project");
    let error = Error::new(ErrorKind::NotFound, message).with_nothing_visible();
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// Adds the projects that could not be searched.
pub(super) fn add_failures(error: Error, failures: Vec<Failure>) -> Error {
    if failures.is_empty() {
        return error;
    }
    let (lists, failures): (Vec<_>, Vec<_>) = failures.into_iter().partition(Failure::has_no_owner);
    let error = lists.iter().fold(error, |error, failure| {
        error.with_note(&format!("; the {} could not be listed", failure.list()))
    });
    if failures.is_empty() {
        return add_first_failure(error, lists);
    }
    let names = join_candidates(
        failures
            .iter()
            .map(|failure| format!("`{}`", failure.owner_name())),
    );
    let count = match (failures.len(), failures.iter().all(Failure::is_in_project)) {
        (1, true) => "1 project".to_owned(),
        (count, true) => format!("{count} projects"),
        (1, false) => "1 organization".to_owned(),
        (count, false) => format!("{count} projects or organizations"),
    };
    let error = error.with_note(&format!("; {count} could not be searched: {names}"));
    add_first_failure(error, failures.into_iter().chain(lists).collect())
}

/// Adds the first hint and the first error of the failures.
fn add_first_failure(error: Error, failures: Vec<Failure>) -> Error {
    let hint = failures.iter().find_map(|failure| {
        let hint = failure.error().hint()?;
        Some(if failure.has_no_owner() {
            hint.to_owned()
        } else {
            format!("`{}`: {hint}", failure.owner_name())
        })
    });
    let hints = [error.hint().map(str::to_owned), hint];
    let hint = hints.into_iter().flatten().collect::<Vec<_>>().join("; ");
    let error = error.with_hint(hint);
    match failures.into_iter().next() {
        Some(failure) => error.with_source(failure.into_error()),
        None => error,
    }
}

/// Creates the error for a name that several projects have.
pub(super) fn ambiguous_project_error(
    name: &str,
    projects: &[Project],
    organizations: &[Organization],
) -> Error {
    let candidates = projects.iter().map(|project| {
        let id = project.organization_id();
        let mut organizations = organizations.iter();
        let organization =
            organizations.find(|organization| Some(organization.id()) == id.as_ref());
        let organization = match (organization, &id) {
            (Some(organization), _) => format!("organization `{}`", organization.name()),
            (None, Some(id)) => format!("organization {id}"),
            (None, None) => "unknown organization".to_owned(),
        };
        format!("`{}` ({organization})", project.id())
    });
    let message = format!(
        "more than one project is called `{name}`: {}",
        join_candidates(candidates)
    );
    Error::new(ErrorKind::InvalidInput, message)
        .with_hint("use the project's id instead of its name")
}

/// Creates the error for a name that several clusters have.
pub(super) fn ambiguous_cluster_error<C>(name: &str, hits: &[Hit<C>]) -> Error {
    let candidates = hits.iter().map(|hit| {
        let Hit {
            organization,
            project,
            project_id,
            ..
        } = hit;
        match organization.as_str() {
            "" => format!("`{project_id}:{name}` (project `{project}`)"),
            organization => {
                format!(
                    "`{project_id}:{name}` (organization `{organization}`, project `{project}`)"
                )
            }
        }
    });
    let message = format!(
        "more than one cluster is called `{name}`: {}",
        join_candidates(candidates)
    );
    Error::new(ErrorKind::InvalidInput, message).with_hint("add the project: PROJECT:NAME")
}

/// Creates the error for a flex cluster where a dedicated cluster is required.
pub(super) fn flex_cluster_error(name: &str, project: &str) -> Error {
    let message = format!("`{name}` is a flex cluster, which cannot be paused");
    let hint = format!(
        "flex clusters of project `{project}` can be listed, changed, deleted or upgraded to dedicated clusters"
    );
    Error::new(ErrorKind::InvalidInput, message).with_hint(hint)
}

/// Creates the error for a dedicated cluster where a flex cluster is required.
pub(super) fn dedicated_cluster_error(name: &str, project: &str) -> Error {
    let message = format!("`{name}` is a dedicated cluster, not a flex cluster");
    let hint = format!("use the operations of clusters for `{name}` in project `{project}`");
    Error::new(ErrorKind::InvalidInput, message).with_hint(hint)
}

/// Joins candidates, up to [`MAX_CANDIDATES`].
pub(super) fn join_candidates(candidates: impl Iterator<Item = String>) -> String {
    let mut candidates: Vec<_> = candidates.collect();
    let more = candidates.len().saturating_sub(MAX_CANDIDATES);
    candidates.truncate(MAX_CANDIDATES);
    if more > 0 {
        candidates.push(format!("and {more} more"));
    }
    candidates.join(", ")
}
