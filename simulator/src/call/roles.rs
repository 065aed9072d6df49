//! Authorization: the roles of a caller and the roles that an operation requires.

mod project_roles;

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::call::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Operation;

pub(crate) use project_roles::{MEMBER_ROLE, check_project_role, check_project_roles};

/// The prefix of the client ids of service accounts.
const ACCOUNT_PREFIX: &str = "mdb_sa_id_";

static ROLES: LazyLock<Roles> = LazyLock::new(|| parse(behaviour!("roles.toml")));

#[derive(Default, Deserialize)]
struct Roles {
    name: Vec<RoleName>,
    includes: Vec<Inclusion>,
    in_projects: Vec<Inclusion>,
}

/// The name of a role in the OpenAPI document and in requests.
#[derive(Deserialize)]
struct RoleName {
    document: String,
    wire: String,
}

/// A role and a role that it includes.
#[derive(Deserialize)]
pub(crate) struct Inclusion {
    pub(crate) role: String,
    pub(crate) included: String,
}

/// Returns the organization roles that include a role in every project of the organization.
pub(crate) fn roles_in_projects() -> &'static [Inclusion] {
    &ROLES.in_projects
}

/// The caller of a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The public key or the client id.
    pub(crate) name: String,
    /// The id of the caller's organization; `None` for the simulator's owner, who owns all
    /// organizations.
    pub(crate) organization: Option<String>,
    grants: Vec<Grant>,
}

/// A role in a project or in the organization.
#[derive(Clone, Debug)]
struct Grant {
    role: String,
    project: Option<String>,
}

impl Caller {
    /// Returns a caller that owns every organization.
    pub(crate) fn owner(name: &str) -> Self {
        Self::new(name, None, [("ORG_OWNER".to_owned(), None)])
    }

    fn new(
        name: &str,
        organization: Option<String>,
        roles: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Self {
        let grants = roles
            .into_iter()
            .map(|(role, project)| Grant { role, project });
        Self {
            name: name.to_owned(),
            organization,
            grants: grants.collect(),
        }
    }

    /// Returns a caller with the roles in the document of an API key or a service account.
    pub(crate) fn with_roles(name: &str, organization: &str, roles: &Value) -> Self {
        let roles = roles.as_array().into_iter().flatten();
        let grants = roles.filter_map(|role| {
            let name = role.as_str().or_else(|| role["roleName"].as_str())?;
            let project = role["groupId"].as_str().map(str::to_owned);
            Some((name.to_owned(), project))
        });
        Self::new(
            name,
            Some(organization.to_owned()),
            grants.collect::<Vec<_>>(),
        )
    }

    /// Returns the roles in the format of responses. The owner's roles are in `organization`.
    pub(crate) fn list_roles(&self, organization: &str) -> Value {
        let organization = self.organization.as_deref().unwrap_or(organization);
        let roles = self.grants.iter().map(|grant| match &grant.project {
            Some(project) => serde_json::json!({ "groupId": project, "roleName": grant.role }),
            None => serde_json::json!({ "orgId": organization, "roleName": grant.role }),
        });
        roles.collect()
    }

    /// Returns `true` if the caller belongs to an organization.
    pub(crate) fn belongs_to(&self, organization: &str) -> bool {
        self.organization
            .as_deref()
            .is_none_or(|own| own == organization)
    }

    /// Rejects an operation if the caller lacks the required role. `project` is the project id in
    /// the path.
    pub(crate) fn check(
        &self,
        operation: &Operation,
        project: Option<&str>,
    ) -> Result<(), ApiError> {
        if self.has("ORG_OWNER") || self.is_allowed(operation, project) {
            return Ok(());
        }
        if operation.id == "createOrg" && !self.name.starts_with(ACCOUNT_PREFIX) {
            return Err(ApiError::key_creates_no_organization());
        }
        let has_role_in = |project: &str| {
            self.grants
                .iter()
                .any(|grant| grant.project.as_deref() == Some(project))
        };
        match project {
            Some(project) if !has_role_in(project) => Err(ApiError::not_in_project()),
            _ => Err(ApiError::not_authorized()),
        }
    }

    /// Returns `true` if the caller owns its organization.
    pub(crate) fn owns_organization(&self) -> bool {
        self.has("ORG_OWNER")
    }

    /// Returns `true` if the caller has access to a project.
    pub(crate) fn can_read(&self, project: &str) -> bool {
        let is_for = |grant: &Grant| grant.project.as_deref() == Some(project);
        self.has("ORG_OWNER") || self.has("ORG_READ_ONLY") || self.grants.iter().any(is_for)
    }

    /// Returns `true` if the caller has a role in its organization.
    fn has(&self, role: &str) -> bool {
        let mut grants = self.grants.iter();
        grants.any(|grant| grant.role == role && grant.project.is_none())
    }

    fn is_allowed(&self, operation: &Operation, project: Option<&str>) -> bool {
        let is_for = |grant: &&Grant| project.is_none() || grant.project.as_deref() == project;
        let of_project: Vec<_> = self.grants.iter().filter(is_for).collect();
        if operation.roles.is_empty() {
            let reads = operation.method == "GET";
            let changes =
                |grant: &&&Grant| !grant.role.ends_with("READ_ONLY") && grant.role != "ORG_MEMBER";
            return match project {
                Some(_) if reads => !of_project.is_empty() || self.has("ORG_READ_ONLY"),
                _ => reads || of_project.iter().any(|grant| changes(&grant)),
            };
        }
        operation
            .roles
            .iter()
            .map(|role| wire_name(role))
            .any(|required| {
                if required.starts_with("GROUP_") {
                    let is_sufficient = |grant: &&Grant| {
                        grant.role == required
                            || grant.role == "GROUP_OWNER"
                            || (required == "GROUP_READ_ONLY" && grant.role.starts_with("GROUP_"))
                    };
                    of_project
                        .iter()
                        .copied()
                        .any(|grant| is_sufficient(&grant))
                        || (required == "GROUP_READ_ONLY" && self.has("ORG_READ_ONLY"))
                } else {
                    let includes = |inclusion: &Inclusion| {
                        inclusion.included == required && self.has(&inclusion.role)
                    };
                    self.has(&required)
                        || ROLES.includes.iter().any(includes)
                        || (required == "ORG_MEMBER" && !self.grants.is_empty())
                }
            })
    }
}

/// Converts a role such as `Project Read Only` to its name in requests, such as `GROUP_READ_ONLY`.
fn wire_name(role: &str) -> String {
    let mut names = ROLES.name.iter();
    if let Some(name) = names.find(|name| name.document == role) {
        return name.wire.clone();
    }
    role.replacen("Project", "GROUP", 1)
        .replacen("Organization", "ORG", 1)
        .replace(' ', "_")
        .to_uppercase()
}

#[cfg(test)]
mod tests;
