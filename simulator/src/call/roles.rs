//! Who may do what: the roles of a caller against those an operation asks for.

mod lent;

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::call::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Operation;

pub(crate) use lent::{MEMBER, check_lent, check_project_role};

/// How the names of service accounts begin, which no API key's name does.
const ACCOUNT: &str = "mdb_sa_id_";

static ROLES: LazyLock<Roles> = LazyLock::new(|| parse(behaviour!("roles.toml")));

#[derive(Default, Deserialize)]
struct Roles {
    name: Vec<RoleName>,
    includes: Vec<Inclusion>,
    in_projects: Vec<Inclusion>,
}

/// The name of a role in the document and on the wire.
#[derive(Deserialize)]
struct RoleName {
    document: String,
    wire: String,
}

/// A role that includes another one.
#[derive(Deserialize)]
pub(crate) struct Inclusion {
    pub(crate) role: String,
    pub(crate) included: String,
}

/// Returns the roles of an organization that include a role in each of its projects.
pub(crate) fn roles_in_projects() -> &'static [Inclusion] {
    &ROLES.in_projects
}

/// Who sent a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// A public key or a client id.
    pub(crate) name: String,
    /// The id of its organization; none for those who run the simulator, and own all of them.
    pub(crate) organization: Option<String>,
    grants: Vec<Grant>,
}

/// A role, in a project or in the organization.
#[derive(Clone, Debug)]
struct Grant {
    role: String,
    project: Option<String>,
}

impl Caller {
    /// A caller who owns every organization.
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

    /// A caller with the roles of a key's document, in one organization.
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

    /// Whether an organization is the caller's.
    pub(crate) fn belongs_to(&self, organization: &str) -> bool {
        self.organization
            .as_deref()
            .is_none_or(|own| own == organization)
    }

    /// Refuses what the caller may not do; `project` is the one in the path.
    pub(crate) fn check(
        &self,
        operation: &Operation,
        project: Option<&str>,
    ) -> Result<(), ApiError> {
        if self.has("ORG_OWNER") || self.may(operation, project) {
            return Ok(());
        }
        if operation.id == "createOrg" && !self.name.starts_with(ACCOUNT) {
            return Err(ApiError::key_creates_no_organization());
        }
        let knows_project = |project: &str| {
            self.grants
                .iter()
                .any(|it| it.project.as_deref() == Some(project))
        };
        match project {
            Some(project) if !knows_project(project) => Err(ApiError::not_in_project()),
            _ => Err(ApiError::not_authorized()),
        }
    }

    /// Whether the caller owns the organization it is in.
    pub(crate) fn owns_organization(&self) -> bool {
        self.has("ORG_OWNER")
    }

    /// Whether lists show a project to the caller.
    pub(crate) fn sees(&self, project: &str) -> bool {
        let is_for = |grant: &Grant| grant.project.as_deref() == Some(project);
        self.has("ORG_OWNER") || self.has("ORG_READ_ONLY") || self.grants.iter().any(is_for)
    }

    /// Whether the caller has a role in its organization; what a project lends counts only there.
    fn has(&self, role: &str) -> bool {
        let mut grants = self.grants.iter();
        grants.any(|it| it.role == role && it.project.is_none())
    }

    fn may(&self, operation: &Operation, project: Option<&str>) -> bool {
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
                    let suffices = |grant: &&Grant| {
                        grant.role == required
                            || grant.role == "GROUP_OWNER"
                            || (required == "GROUP_READ_ONLY" && grant.role.starts_with("GROUP_"))
                    };
                    of_project.iter().copied().any(|grant| suffices(&grant))
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

/// `GROUP_READ_ONLY` for `Project Read Only`.
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::document::Document;

    #[test]
    fn role_table_names_roles_of_the_document() {
        let operations = Document::vendored().unwrap().operations();
        let all: Vec<_> = operations
            .iter()
            .flat_map(|operation| &operation.roles)
            .collect();
        for name in &ROLES.name {
            assert!(all.contains(&&name.document), "{}", name.document);
        }
        let text = include_str!("../../openapi/atlas-admin-v2.json");
        for inclusion in ROLES.includes.iter().chain(&ROLES.in_projects) {
            for role in [&inclusion.role, &inclusion.included] {
                let is_required = all.iter().any(|required| wire_name(required) == *role);
                assert!(
                    is_required || text.contains(&format!("\"{role}\"")),
                    "{role}"
                );
            }
        }
    }

    fn refusal(roles: &Value, operation: &str) -> Option<String> {
        let operations = Document::vendored().unwrap().operations();
        let operation = operations.iter().find(|it| it.id == operation).unwrap();
        let caller = Caller::with_roles("key", "organization", roles);
        let error = caller.check(operation, Some("project")).err()?;
        Some(error.code().to_owned())
    }

    #[test]
    fn a_reader_reads_and_does_not_write() {
        let reader = json!([{ "groupId": "project", "roleName": "GROUP_READ_ONLY" }]);

        assert_eq!(refusal(&reader, "getGroupCluster"), None);
        assert_eq!(
            refusal(&reader, "updateGroupCluster").unwrap(),
            "USER_UNAUTHORIZED"
        );
        assert_eq!(
            refusal(&reader, "deleteGroup").unwrap(),
            "USER_UNAUTHORIZED"
        );
    }

    #[test]
    fn every_operation_refuses_a_caller_without_its_roles() {
        let reader = json!([{ "groupId": "project", "roleName": "GROUP_READ_ONLY" }]);
        let reader = Caller::with_roles("key", "organization", &reader);
        let nobody = Caller::with_roles("key", "organization", &json!([]));
        let owner = Caller::with_roles("key", "organization", &json!(["ORG_OWNER"]));
        for operation in Document::vendored().unwrap().operations() {
            let project = operation.path.contains("{groupId}").then_some("project");
            let code = |caller: &Caller| {
                let refused = caller.check(operation, project).err();
                refused.map(|it| (it.status().as_u16(), it.code().to_owned()))
            };
            let id = &operation.id;
            assert_eq!(code(&owner), None, "{id}");
            if operation.roles.is_empty() {
                continue;
            }
            let (status, stranger) = match (id.as_str(), project) {
                ("createOrg", _) => (403, "API_KEY_CANNOT_CREATE_ORG"),
                (_, Some(_)) => (401, "NOT_IN_GROUP"),
                (_, None) => (401, "USER_UNAUTHORIZED"),
            };
            assert_eq!(code(&nobody), Some((status, stranger.to_owned())), "{id}");
            let suffices =
                |role: &String| role == "Project Read Only" || role == "Organization Member";
            let expected = (!operation.roles.iter().any(suffices))
                .then(|| (401, "USER_UNAUTHORIZED".to_owned()));
            if project.is_some() {
                assert_eq!(code(&reader), expected, "{id}");
            }
        }
    }

    #[test]
    fn a_role_of_the_document_suffices_for_each_operation_that_asks_for_it() {
        for operation in Document::vendored().unwrap().operations() {
            let project = operation.path.contains("{groupId}").then_some("project");
            for role in &operation.roles {
                let role = wire_name(role);
                let granted = match project {
                    Some(id) if role.starts_with("GROUP_") => {
                        json!([{ "groupId": id, "roleName": role }])
                    }
                    _ => json!([role]),
                };
                let caller = Caller::with_roles("key", "organization", &granted);
                assert!(
                    caller.check(operation, project).is_ok(),
                    "{}: {role}",
                    operation.id
                );
            }
        }
    }

    #[test]
    fn a_role_of_the_organization_that_a_project_lends_is_none() {
        let odd = json!([{ "groupId": "project", "roleName": "ORG_OWNER" }]);
        let odd = Caller::with_roles("key", "organization", &odd);

        assert!(!odd.owns_organization());
        assert!(!odd.sees("other"));
    }

    #[test]
    fn a_project_is_closed_to_those_of_another() {
        let stranger = json!([{ "groupId": "other", "roleName": "GROUP_OWNER" }]);

        assert_eq!(
            refusal(&stranger, "getGroupCluster").unwrap(),
            "NOT_IN_GROUP"
        );
    }

    #[test]
    fn lists_show_what_a_caller_has_a_role_in() {
        let own = json!([{ "groupId": "own", "roleName": "GROUP_OWNER" }, "ORG_MEMBER"]);
        let member = Caller::with_roles("key", "organization", &own);
        let reader = Caller::with_roles("key", "organization", &json!(["ORG_READ_ONLY"]));

        assert!(member.sees("own") && !member.sees("other"));
        assert!(reader.sees("other"));
    }

    #[test]
    fn one_of_the_roles_is_enough() {
        let manager = json!([{ "groupId": "project", "roleName": "GROUP_CLUSTER_MANAGER" }]);

        assert_eq!(refusal(&manager, "updateGroupCluster"), None);
    }
}
