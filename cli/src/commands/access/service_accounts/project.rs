//! `projects service-accounts`: the service accounts with roles in a project.

use mongodbatlas::operation;

use super::{CLIENT, LIFETIME, secrets};
use crate::engine::definition::{Command, Example, Input, Noun, body, flag};

/// The command group `projects service-accounts`.
pub(crate) static NOUN: Noun = Noun::new(
    "service-accounts",
    "Manage the service accounts of a project",
)
.aliases(&["service-account"])
.commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE])
.nouns(&[&SECRETS, &ACCESS_LISTS]);

const ROLES: Input = flag(
    "role",
    body("/roles"),
    "Project roles, such as GROUP_READ_ONLY",
)
.list();

static LIST: Command = super::list(operation::LIST_GROUP_SERVICE_ACCOUNTS).examples(&[Example {
    line: "projects service-accounts list --project Storefront",
    task: "List the service accounts of a project",
}]);

static DESCRIBE: Command =
    super::describe(operation::GET_GROUP_SERVICE_ACCOUNT).examples(&[Example {
        line: "projects service-accounts describe mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
        task: "Show the roles of an account in a project",
    }]);

static CREATE: Command = super::create(operation::CREATE_GROUP_SERVICE_ACCOUNT)
    .flags(&[
        flag("desc", body("/description"), "Description").required(),
        ROLES.required(),
        LIFETIME,
    ])
    .examples(&[Example {
        line: "projects service-accounts create deploy --desc Deployments --role GROUP_CLUSTER_MANAGER --project Storefront",
        task: "Create an account that manages the clusters of a project",
    }]);

static UPDATE: Command = super::update(operation::UPDATE_GROUP_SERVICE_ACCOUNT)
    .flags(&[
        flag("name", body("/name"), "Name"),
        flag("desc", body("/description"), "Description"),
        ROLES,
    ])
    .examples(&[Example {
        line: "projects service-accounts update mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --role GROUP_READ_ONLY --project Storefront",
        task: "Replace the roles of an account in a project",
    }]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_SERVICE_ACCOUNT,
    "Remove a service account from the project",
)
.details("The account stays in the organization.")
.arguments(&[CLIENT])
.result("Service account '{client-id}' removed from the project")
.examples(&[Example {
    line: "projects service-accounts delete mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront --yes",
    task: "Remove an account from a project",
}]);

static SECRETS: Noun = Noun::new("secrets", "Manage the secrets of a service account")
    .aliases(&["secret"])
    .commands(&[&CREATE_SECRET, &DELETE_SECRET]);

static CREATE_SECRET: Command =
    secrets::create(operation::CREATE_GROUP_SERVICE_ACCOUNT_SECRET).examples(&[Example {
        line: "projects service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
        task: "Create a secret for 30 days, before the current one expires",
    }]);

static DELETE_SECRET: Command =
    secrets::delete(operation::DELETE_GROUP_SERVICE_ACCOUNT_SECRET).examples(&[Example {
        line: "projects service-accounts secrets delete 5f0c2a9e1b3d4e0001a2b3f8 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront --yes",
        task: "Delete a secret",
    }]);

static ACCESS_LISTS: Noun = Noun::new(
    "access-lists",
    "Manage the access list of a service account",
)
.aliases(&["access-list"])
.commands(&[&LIST_ENTRIES, &CREATE_ENTRIES, &DELETE_ENTRY]);

static LIST_ENTRIES: Command =
    super::list_entries(operation::LIST_GROUP_SERVICE_ACCOUNT_ACCESS_LIST).examples(&[Example {
        line: "projects service-accounts access-lists list mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
        task: "List the addresses of an account",
    }]);

static CREATE_ENTRIES: Command = super::create_entries(
    operation::CREATE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST,
)
.examples(&[Example {
    line: "projects service-accounts access-lists create --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --ip 192.0.2.15 --project Storefront",
    task: "Add an address",
}]);

static DELETE_ENTRY: Command = super::delete_entry(
    operation::DELETE_GROUP_SERVICE_ACCOUNT_ACCESS_LIST_ENTRY,
)
.examples(&[Example {
    line: "projects service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront --yes",
    task: "Delete an address",
}]);
