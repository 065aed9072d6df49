//! The failure of a list.

use std::fmt;

use crate::{
    error::Error,
    operation,
    pythonic::resources::organization::{organizations::Organization, projects::Project},
};

/// The name of the list of organizations.
pub(super) const ORGANIZATION_LIST: &str = "organizations";

/// The name of a list of projects.
pub(super) const PROJECT_LIST: &str = "projects";

/// The name of a list of dedicated and shared clusters.
pub(super) const CLUSTER_LIST: &str = "clusters";

/// A list that failed, in place of its remaining items.
#[derive(Debug)]
pub struct Failure {
    list: &'static str,
    owner: Owner,
    error: Error,
}

/// The organization or project to which a list belongs; empty for lists that belong to neither.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    noun: &'static str,
    id: String,
    name: String,
}

impl Owner {
    pub(super) fn is_none(&self) -> bool {
        self.noun.is_empty()
    }

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
    pub(super) fn new(list: &'static str, owner: Owner, error: Error) -> Self {
        Self { list, owner, error }
    }

    /// Returns the name of the list: `organizations`, `projects`, `clusters` or `flex clusters`.
    pub fn list(&self) -> &'static str {
        self.list
    }

    /// Returns the id of the project, or for a list of projects of the organization, to which the list belongs.
    /// Empty for the list of organizations, and for the list of all projects that replaces it.
    pub fn owner_id(&self) -> &str {
        &self.owner.id
    }

    /// Returns the name of the project, or for a list of projects of the organization, to which the list belongs.
    /// Empty for the list of organizations, and for the list of all projects that replaces it.
    pub fn owner_name(&self) -> &str {
        &self.owner.name
    }

    /// Returns `true` for a list that belongs to no organization or project.
    pub(crate) fn has_no_owner(&self) -> bool {
        self.owner.is_none()
    }

    /// Returns `true` for the list of organizations.
    pub(super) fn is_organization_list(&self) -> bool {
        self.list == ORGANIZATION_LIST
    }

    /// Returns `true` for a list of a project's clusters.
    pub(crate) fn is_in_project(&self) -> bool {
        !self.is_organization_list() && self.list != PROJECT_LIST
    }

    /// Returns the roles that permit the list, if the credentials lack one. One of them is enough.
    pub fn missing_roles(&self) -> &'static [&'static str] {
        if !self.error.is_forbidden() {
            return &[];
        }
        match self.list {
            ORGANIZATION_LIST => operation::LIST_ORGS.roles,
            PROJECT_LIST if self.has_no_owner() => operation::LIST_GROUPS.roles,
            PROJECT_LIST => operation::GET_ORG_GROUPS.roles,
            CLUSTER_LIST => operation::LIST_GROUP_CLUSTERS.roles,
            _ => operation::LIST_GROUP_FLEX_CLUSTERS.roles,
        }
    }

    /// Returns the error.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns the error by value.
    pub fn into_error(self) -> Error {
        self.error
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Owner { noun, name, .. } = &self.owner;
        let (list, error) = (self.list, &self.error);
        if self.has_no_owner() {
            return write!(f, "cannot list the {list}: {error}");
        }
        write!(f, "cannot list the {list} of {noun} `{name}`: {error}")
    }
}
