//! Tests of authorization.

use serde_json::json;

use super::*;
use crate::schema::document::Document;

#[test]
fn role_table_contains_only_roles_of_the_document() {
    let operations = Document::vendored().unwrap().operations();
    let required_roles: Vec<_> = operations
        .iter()
        .flat_map(|operation| &operation.roles)
        .collect();
    for name in &ROLES.name {
        assert!(
            required_roles.contains(&&name.document),
            "{}",
            name.document
        );
    }
    let document_json = include_str!("../../../openapi/atlas-admin-v2.json");
    for inclusion in ROLES.includes.iter().chain(&ROLES.in_projects) {
        for role in [&inclusion.role, &inclusion.included] {
            let is_required = required_roles
                .iter()
                .any(|required| wire_name(required) == *role);
            assert!(
                is_required || document_json.contains(&format!("\"{role}\"")),
                "{role}"
            );
        }
    }
}

fn error_code(roles: &Value, operation: &str) -> Option<String> {
    let operations = Document::vendored().unwrap().operations();
    let mut operations = operations.iter();
    let operation = operations.find(|known| known.id == operation).unwrap();
    let caller = Caller::with_roles("key", "organization", roles);
    let error = caller.check(operation, Some("project")).err()?;
    Some(error.code().to_owned())
}

#[test]
fn read_only_role_rejects_writes() {
    let reader = json!([{ "groupId": "project", "roleName": "GROUP_READ_ONLY" }]);

    assert_eq!(error_code(&reader, "getGroupCluster"), None);
    assert_eq!(
        error_code(&reader, "updateGroupCluster").unwrap(),
        "USER_UNAUTHORIZED"
    );
    assert_eq!(
        error_code(&reader, "deleteGroup").unwrap(),
        "USER_UNAUTHORIZED"
    );
}

#[test]
fn every_operation_rejects_a_caller_without_its_roles() {
    let reader = json!([{ "groupId": "project", "roleName": "GROUP_READ_ONLY" }]);
    let reader = Caller::with_roles("key", "organization", &reader);
    let without_roles = Caller::with_roles("key", "organization", &json!([]));
    let owner = Caller::with_roles("key", "organization", &json!(["ORG_OWNER"]));
    for operation in Document::vendored().unwrap().operations() {
        let project = operation.path.contains("{groupId}").then_some("project");
        let code = |caller: &Caller| {
            let error = caller.check(operation, project).err();
            error.map(|error| (error.status().as_u16(), error.code().to_owned()))
        };
        let id = &operation.id;
        assert_eq!(code(&owner), None, "{id}");
        if operation.roles.is_empty() {
            continue;
        }
        let (status, expected) = match (id.as_str(), project) {
            ("createOrg", _) => (403, "API_KEY_CANNOT_CREATE_ORG"),
            (_, Some(_)) => (401, "NOT_IN_GROUP"),
            (_, None) => (401, "USER_UNAUTHORIZED"),
        };
        assert_eq!(
            code(&without_roles),
            Some((status, expected.to_owned())),
            "{id}"
        );
        let is_sufficient =
            |role: &String| role == "Project Read Only" || role == "Organization Member";
        let expected = (!operation.roles.iter().any(is_sufficient))
            .then(|| (401, "USER_UNAUTHORIZED".to_owned()));
        if project.is_some() {
            assert_eq!(code(&reader), expected, "{id}");
        }
    }
}

#[test]
fn each_required_role_is_sufficient() {
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
fn organization_role_granted_in_a_project_is_ignored() {
    let roles = json!([{ "groupId": "project", "roleName": "ORG_OWNER" }]);
    let caller = Caller::with_roles("key", "organization", &roles);

    assert!(!caller.owns_organization());
    assert!(!caller.can_read("other"));
}

#[test]
fn rejects_roles_of_another_project() {
    let roles = json!([{ "groupId": "other", "roleName": "GROUP_OWNER" }]);

    assert_eq!(
        error_code(&roles, "getGroupCluster").unwrap(),
        "NOT_IN_GROUP"
    );
}

#[test]
fn member_reads_projects_with_a_role_and_organization_reader_reads_all() {
    let own = json!([{ "groupId": "own", "roleName": "GROUP_OWNER" }, "ORG_MEMBER"]);
    let member = Caller::with_roles("key", "organization", &own);
    let reader = Caller::with_roles("key", "organization", &json!(["ORG_READ_ONLY"]));

    assert!(member.can_read("own") && !member.can_read("other"));
    assert!(reader.can_read("other"));
}

#[test]
fn one_of_several_required_roles_is_sufficient() {
    let manager = json!([{ "groupId": "project", "roleName": "GROUP_CLUSTER_MANAGER" }]);

    assert_eq!(error_code(&manager, "updateGroupCluster"), None);
}
