//! The commands of `projects`.

use mongodbatlas::operation;

use crate::commands::{
    access::{project_api_keys, service_accounts, teams, users},
    project::settings,
};
use crate::engine::{
    Invocation,
    definition::{
        Column, Command, Example, Future, Input, Kind, Literal, Noun, Scope, Target, argument,
        body, column, flag, path, query,
    },
    value,
};

/// The command group `projects`.
pub(crate) static NOUN: Noun = Noun::new("projects", "Manage projects")
    .aliases(&["project"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE])
    .nouns(&[
        &project_api_keys::NOUN,
        &service_accounts::PROJECT_NOUN,
        &settings::NOUN,
        &teams::PROJECT_NOUN,
        &users::PROJECT_NOUN,
    ]);

/// The argument of commands that act on one project.
const PROJECT: Input =
    argument("id", path("groupId"), "Id or name of the project").value_name("PROJECT");

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("NAME", "name"),
    column("CLUSTERS", "clusterCount"),
    column("CREATED", "created").time(),
    column("TAGS", "tags.*.key"),
];
const PLAINTEXT_COLUMNS: &[Column] = &[column("ID", "id"), column("NAME", "name")];

static LIST: Command = Command::list(operation::LIST_GROUPS, "List projects")
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .scope(Scope::None)
    .run(list)
    .examples(&[
        Example {
            line: "projects list",
            task: "List the projects that the credentials can see",
        },
        Example {
            line: "projects list -o json --jq '.results[].name'",
            task: "Print their names",
        },
    ]);

static DESCRIBE: Command = Command::describe(operation::GET_GROUP, "Show a project")
    .arguments(&[PROJECT])
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .run(on_project)
    .examples(&[Example {
        line: "projects describe Storefront",
        task: "Show a project by its name",
    }]);

static CREATE: Command = Command::create(operation::CREATE_GROUP, "Create a project")
    .arguments(&[argument("project-name", body("/name"), "Name of the project").value_name("NAME")])
    .flags(&[
        flag(
            "owner-id",
            query("projectOwnerId"),
            "Id of the Atlas user who becomes its owner",
        ),
        flag(
            "without-default-alert-settings",
            body("/withDefaultAlertsSettings"),
            "Create it without the default alert settings",
        )
        .sends(Literal::Bool(false)),
        flag(
            "gov-cloud-regions-only",
            body("/regionUsageRestrictions"),
            "Restrict it to the regions of AWS GovCloud",
        )
        .sends(Literal::Text("GOV_REGIONS_ONLY")),
        flag("tag", body("/tags"), "Tag; can be repeated")
            .kind(Kind::Pairs)
            .parser(value::pair)
            .value_name("KEY=VALUE"),
    ])
    .scope(Scope::Organization)
    .columns(COLUMNS)
    .result("Project '{id}' created.")
    .run(create)
    .examples(&[Example {
        line: "projects create Checkout --tag env=dev",
        task: "Create a project with a tag",
    }]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP,
    "Update the name and tags of a project",
)
.arguments(&[PROJECT])
.flags(&[
    flag(
        "file",
        Target::BodyFile,
        "JSON document with `name` and `tags`; `-` is standard input",
    )
    .short('f')
    .required(),
    ALLOW_UNKNOWN_FIELDS,
])
.result("Project '{id}' updated.")
.run(on_project)
.examples(&[Example {
    line: "projects update Storefront --file project.json",
    task: "Rename a project",
}]);

/// The flag that permits fields of a file that the operations table does not have.
pub(crate) const ALLOW_UNKNOWN_FIELDS: Input = flag(
    "allow-unknown-fields",
    Target::None,
    "Send fields of the file that the operation does not have",
)
.switch();

static DELETE: Command = Command::delete(operation::DELETE_GROUP, "Delete a project")
    .arguments(&[PROJECT])
    .result("Project '{id}' deleted")
    .run(on_project)
    .examples(&[Example {
        line: "projects delete \"Empty Lot\" --yes",
        task: "Delete a project without a confirmation",
    }]);

/// Lists the projects of the organization that `--org` names or, without the flag, all visible projects.
fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = if invocation.values.has("org") {
            Some(invocation.session.organization(&invocation.values).await?)
        } else {
            None
        };
        let request = match &scope {
            Some(organization) => {
                invocation.request(operation::GET_ORG_GROUPS, Some(("orgId", &organization.id)))?
            }
            None => invocation.request(operation::LIST_GROUPS, None)?,
        };
        invocation.list_request(&request).await
    })
}

/// Creates a project in the organization of `--org`.
fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let organization = invocation.session.organization(&invocation.values).await?;
        let mut request = invocation.request(operation::CREATE_GROUP, None)?;
        if let Some(body) = &mut request.body {
            body["orgId"] = organization.id.into();
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Runs a command whose argument is the id or the name of a project.
fn on_project<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("id").unwrap_or_default().to_owned();
        let project = invocation
            .session
            .project_named(&name, &invocation.values)
            .await?;
        invocation.values.set("id", vec![project.id]);
        invocation.run_definition().await
    })
}
