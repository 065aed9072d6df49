//! `custom-db-roles`: the custom database roles of a project.

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Input, Noun, Target, argument, body, column, flag,
            path,
        },
        value,
    },
    error::CliError,
};

/// The command group `custom-db-roles`.
pub(crate) static NOUN: Noun = Noun::new("custom-db-roles", "Manage custom database roles")
    .aliases(&["custom-db-role"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE]);

const ROLE: Input = argument("role-name", path("roleName"), "Name of the role");
const PRIVILEGES: Input = flag(
    "privilege",
    Target::None,
    "Actions with the database or collection they apply to; without one, the cluster",
)
.list()
.value_name("ACTION[@DATABASE[.COLLECTION]]");
const INHERITED: Input = flag(
    "inherited-role",
    body("/inheritedRoles"),
    "Roles that this role contains",
)
.list()
.parser(value::inherited_role)
.value_name("ROLE@DATABASE");

const COLUMNS: &[Column] = &[
    column("NAME", "roleName"),
    column("ACTIONS", "actions.*.action"),
    column("INHERITED ROLES", "inheritedRoles.*.role"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[column("NAME", "roleName")];

static LIST: Command = Command::list(
    operation::LIST_GROUP_CUSTOM_DB_ROLE_ROLES,
    "List custom database roles",
)
.flags(&[
    flag("limit", Target::None, "Ignored: the list has one page")
        .integer()
        .hidden(),
    flag("page", Target::None, "Ignored: the list has one page")
        .integer()
        .hidden(),
])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "custom-db-roles list --project Storefront",
    task: "List the roles of a project",
}]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_CUSTOM_DB_ROLE_ROLE,
    "Show a custom database role",
)
.arguments(&[ROLE])
.columns(COLUMNS)
.plain(PLAINTEXT_COLUMNS)
.examples(&[Example {
    line: "custom-db-roles describe auditor --project Storefront",
    task: "Show a role",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CUSTOM_DB_ROLE_ROLE,
    "Create a custom database role",
)
.arguments(&[argument("role-name", body("/roleName"), "Name of the role")])
.flags(&[PRIVILEGES, INHERITED])
.adjust(add_privileges)
.result("Custom database role '{roleName}' successfully created.")
.examples(&[Example {
    line: "custom-db-roles create analyst --privilege FIND@shop.orders,LIST_SESSIONS --inherited-role read@reports --project Storefront",
    task: "Create a role with privileges and an inherited role",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_CUSTOM_DB_ROLE_ROLE,
    "Update a custom database role",
)
.details("Replaces the privileges and the inherited roles. `--append` adds to them.")
.arguments(&[ROLE])
.flags(&[
    PRIVILEGES,
    INHERITED,
    flag(
        "append",
        Target::None,
        "Keep the privileges and inherited roles of the role",
    )
    .switch(),
])
.run(update)
.result("Custom database role '{roleName}' successfully updated.")
.examples(&[Example {
    line: "custom-db-roles update auditor --privilege FIND@shop --append --project Storefront",
    task: "Add a privilege",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CUSTOM_DB_ROLE_ROLE,
    "Delete a custom database role",
)
.arguments(&[ROLE])
.result("Custom database role '{role-name}' deleted")
.examples(&[Example {
    line: "custom-db-roles delete auditor --project Storefront --yes",
    task: "Delete a role",
}]);

/// Sets the actions of the body from the privileges of the command line.
fn add_privileges(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let mut actions = Vec::new();
    for text in invocation.texts("privilege") {
        for privilege in value::split_list(text)? {
            let (action, resource) = parse_privilege(&privilege)?;
            grant(&mut actions, &action, resource);
        }
    }
    if !actions.is_empty() {
        body["actions"] = actions.into();
    }
    if body["actions"].is_null() && body["inheritedRoles"].is_null() {
        return Err(
            CliError::usage("a custom role needs a privilege or an inherited role").with_hint(
                "add `--privilege ACTION@DATABASE.COLLECTION` or `--inherited-role ROLE@DATABASE`",
            ),
        );
    }
    Ok(())
}

/// Parses `ACTION`, `ACTION@DATABASE` or `ACTION@DATABASE.COLLECTION` into the action and its resource.
fn parse_privilege(text: &str) -> Result<(String, Value), CliError> {
    let (action, place) = match text.split_once('@') {
        Some((action, place)) => (action, Some(place)),
        None => (text, None),
    };
    if action.is_empty() || place == Some("") {
        return Err(CliError::usage(format!("invalid privilege `{text}`"))
            .with_hint("write `ACTION`, `ACTION@DATABASE` or `ACTION@DATABASE.COLLECTION`"));
    }
    let resource = match place {
        None => json!({ "cluster": true }),
        Some(place) => {
            let (database, collection) = place.split_once('.').unwrap_or((place, ""));
            json!({ "cluster": false, "db": database, "collection": collection })
        }
    };
    Ok((action.to_uppercase(), resource))
}

/// Adds a resource to an action unless the action already has it.
fn grant(actions: &mut Vec<Value>, action: &str, resource: Value) {
    let existing = actions.iter_mut().find(|entry| entry["action"] == action);
    match existing.and_then(|entry| entry["resources"].as_array_mut()) {
        Some(resources) if resources.contains(&resource) => {}
        Some(resources) => resources.push(resource),
        None => actions.push(json!({ "action": action, "resources": [resource] })),
    }
}

/// Sends the new privileges. With `--append`, the request also contains the current privileges of the role.
fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let mut request = invocation.request(operation::UPDATE_GROUP_CUSTOM_DB_ROLE_ROLE, scope)?;
        let mut body = request.body.take().unwrap_or_else(|| json!({}));
        add_privileges(invocation, &mut body)?;
        if invocation.is_on("append") {
            let read = request.with_operation(operation::GET_GROUP_CUSTOM_DB_ROLE_ROLE, &[]);
            let (response, _) = invocation.send(&read).await?;
            let role = response.document().map(mongodbatlas::Document::to_value);
            append(&mut body, &role.unwrap_or_default());
        }
        request.body = Some(body);
        invocation.confirm_and_send(&request).await
    })
}

/// Adds the privileges and inherited roles of a role to a body.
fn append(body: &mut Value, role: &Value) {
    let mut actions = body["actions"].as_array().cloned().unwrap_or_default();
    for entry in role["actions"].as_array().into_iter().flatten() {
        let action = entry["action"].as_str().unwrap_or_default();
        for resource in entry["resources"].as_array().into_iter().flatten() {
            grant(&mut actions, action, resource.clone());
        }
    }
    body["actions"] = actions.into();
    let mut inherited = body["inheritedRoles"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for parent in role["inheritedRoles"].as_array().into_iter().flatten() {
        if !inherited.contains(parent) {
            inherited.push(parent.clone());
        }
    }
    body["inheritedRoles"] = inherited.into();
}
