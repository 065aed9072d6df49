//! `api`: sends requests for any operation of the Atlas API.

mod find;
mod inputs;
mod send;
mod table;

use crate::engine::definition::{Command, Example, Scope, Target, argument};

/// The command `api`.
pub(crate) static API: Command = Command::local("api", "Send any request of the Atlas API", send::run)
    .details(
        "Name an operation by its id, by a short or former name, by TAG OPERATION, or by METHOD PATH. Its parameters \
         are flags. `api list` lists the operations, `api describe OPERATION` shows parameters and body.",
    )
    .arguments(&[
        argument("operation", Target::None, "Operation, tag, HTTP method, `list` or `describe`"),
        argument("rest", Target::None, "Operation after a tag or `describe`, path after a method").optional(),
    ])
    .flags(inputs::FLAGS)
    .dynamic(inputs::dynamic)
    .scope(Scope::None)
    .examples(&[
        Example {
            line: "api listGroups --itemsPerPage 5",
            task: "Send an operation by its id",
        },
        Example {
            line: "api clusters getCluster --project Storefront --clusterName shop-staging",
            task: "Send an operation by tag and short name",
        },
        Example {
            line: "api GET /groups --paginate --jq '.results[].name'",
            task: "Send a method and path, and read all pages",
        },
        Example {
            line: "api list --tag clusters",
            task: "List the operations of a tag",
        },
        Example {
            line: "api describe createGroupCluster",
            task: "Show the parameters and the body of an operation",
        },
    ]);
