//! What could not be listed.

use std::fmt;

use crate::{
    error::Error,
    pythonic::resources::organization::{organizations::Organization, projects::Project},
};

/// The name of a list of projects.
pub(super) const PROJECTS: &str = "projects";

/// A list that could not be read to its end, in the place of what it would have held.
#[derive(Debug)]
pub struct Failure {
    list: &'static str,
    of: Owner,
    error: Error,
}

/// Whose list it is.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    noun: &'static str,
    id: String,
    name: String,
}

impl Owner {
    pub(super) fn organization(organization: &Organization) -> Self {
        Self {
            noun: "organization",
            id: organization.id().to_string(),
            name: organization.name().to_owned(),
        }
    }

    pub(super) fn project(project: &Project) -> Self {
        Self {
            noun: "project",
            id: project.id().to_string(),
            name: project.name().to_owned(),
        }
    }
}

impl Failure {
    pub(super) fn new(list: &'static str, of: Owner, error: Error) -> Self {
        Self { list, of, error }
    }

    /// What could not be listed: `projects`, `clusters` or `flex clusters`.
    pub fn list(&self) -> &'static str {
        self.list
    }

    /// The id of the project, or for a list of projects the organization, whose list it is.
    pub fn owner_id(&self) -> &str {
        &self.of.id
    }

    /// The name of the project, or for a list of projects the organization, whose list it is.
    pub fn owner_name(&self) -> &str {
        &self.of.name
    }

    /// Whether it hides projects rather than clusters.
    pub(super) fn is_of_projects(&self) -> bool {
        self.list == PROJECTS
    }

    /// Why.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Why, to be handed on.
    pub fn into_error(self) -> Error {
        self.error
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Owner { noun, name, .. } = &self.of;
        let (list, error) = (self.list, &self.error);
        write!(f, "the {list} of {noun} `{name}` cannot be listed: {error}")
    }
}
