//! `service-accounts`: the service accounts of the organization.

use mongodbatlas::operation;

use super::{CLIENT, LIFETIME, secrets};
use crate::engine::definition::{Command, Example, Input, Noun, body, column, flag};

/// The command group `service-accounts`.
pub(crate) static NOUN: Noun = Noun::new(
    "service-accounts",
    "Manage the service accounts of an organization",
)
.aliases(&["service-account"])
.commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE, &ASSIGN])
.nouns(&[&SECRETS, &ACCESS_LISTS, &PROJECTS]);

const ROLES: Input = flag(
    "role",
    body("/roles"),
    "Organization roles, such as ORG_READ_ONLY",
)
.list();

static LIST: Command = super::list(operation::LIST_ORG_SERVICE_ACCOUNTS).examples(&[Example {
    line: "service-accounts list",
    task: "List the service accounts of the organization",
}]);

static DESCRIBE: Command =
    super::describe(operation::GET_ORG_SERVICE_ACCOUNT).examples(&[Example {
        line: "service-accounts describe mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        task: "Show a service account",
    }]);

static CREATE: Command = super::create(operation::CREATE_ORG_SERVICE_ACCOUNT)
    .flags(&[
        flag("desc", body("/description"), "Description").required(),
        ROLES.required(),
        LIFETIME,
    ])
    .examples(&[Example {
        line: "service-accounts create nightly --desc \"Nightly reports\" --role ORG_READ_ONLY --secret-expires-after-hours 2160",
        task: "Create an account whose secret expires after 90 days",
    }]);

static UPDATE: Command = super::update(operation::UPDATE_ORG_SERVICE_ACCOUNT)
    .flags(&[
        flag("name", body("/name"), "Name"),
        flag("desc", body("/description"), "Description"),
        ROLES,
    ])
    .examples(&[Example {
        line: "service-accounts update mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --role ORG_MEMBER",
        task: "Replace the roles of an account",
    }]);

static DELETE: Command = Command::delete(
    operation::DELETE_ORG_SERVICE_ACCOUNT,
    "Delete a service account",
)
.details("It is removed from all projects.")
.arguments(&[CLIENT])
.result("Service account '{client-id}' deleted")
.examples(&[Example {
    line: "service-accounts delete mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --yes",
    task: "Delete a service account",
}]);

static ASSIGN: Command = Command::new(
    "assign",
    operation::INVITE_GROUP_SERVICE_ACCOUNT,
    "Give a service account roles in a project",
)
.arguments(&[CLIENT])
.flags(&[flag(
    "role",
    body("/roles"),
    "Project roles, such as GROUP_READ_ONLY",
)
.list()
.required()])
.result("Service account '{client-id}' assigned to the project.")
.examples(&[Example {
    line: "service-accounts assign mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --role GROUP_READ_ONLY --project Storefront",
    task: "Let an account read a project",
}]);

static PROJECTS: Noun = Noun::new("projects", "List the projects of a service account")
    .aliases(&["project"])
    .commands(&[&LIST_PROJECTS]);

static LIST_PROJECTS: Command = Command::list(
    operation::GET_ORG_SERVICE_ACCOUNT_GROUPS,
    "List the projects of a service account",
)
.arguments(&[CLIENT])
.columns(&[column("PROJECT ID", "groupId"), column("ROLES", "roles.*")])
.examples(&[Example {
    line: "service-accounts projects list mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
    task: "List the projects that an account can access",
}]);

static SECRETS: Noun = Noun::new("secrets", "Manage the secrets of a service account")
    .aliases(&["secret"])
    .commands(&[&CREATE_SECRET, &DELETE_SECRET]);

static CREATE_SECRET: Command = secrets::create(operation::CREATE_ORG_SERVICE_ACCOUNT_SECRET)
    .examples(&[Example {
        line: "service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        task: "Create a new secret before the current one expires",
    }]);

static DELETE_SECRET: Command =
    secrets::delete(operation::DELETE_ORG_SERVICE_ACCOUNT_SECRET).examples(&[Example {
        line: "service-accounts secrets delete 5f0c2a9e1b3d4e0001a2b3f6 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --yes",
        task: "Delete a secret",
    }]);

static ACCESS_LISTS: Noun = Noun::new(
    "access-lists",
    "Manage the access list of a service account",
)
.aliases(&["access-list"])
.commands(&[&LIST_ENTRIES, &CREATE_ENTRIES, &DELETE_ENTRY]);

static LIST_ENTRIES: Command = super::list_entries(operation::LIST_ORG_SERVICE_ACCOUNT_ACCESS_LIST)
    .examples(&[Example {
        line: "service-accounts access-lists list mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        task: "List the addresses of an account",
    }]);

static CREATE_ENTRIES: Command =
    super::create_entries(operation::CREATE_ORG_SERVICE_ACCOUNT_ACCESS_LIST).examples(&[Example {
        line: "service-accounts access-lists create --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --cidr 192.0.2.0/24",
        task: "Add a block of addresses",
    }]);

static DELETE_ENTRY: Command =
    super::delete_entry(operation::DELETE_ORG_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY).examples(&[Example {
        line: "service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --yes",
        task: "Delete an address",
    }]);
