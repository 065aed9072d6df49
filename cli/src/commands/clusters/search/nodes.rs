//! The commands of `clusters search nodes`.

use mongodbatlas::{Document, operation};
use serde_json::{Value, json};

use crate::{
    commands::{clusters::target::CLUSTER_FLAG, organization::projects::ALLOW_UNKNOWN_FIELDS},
    engine::{
        Invocation,
        definition::{
            Column, Command, Danger, Example, Future, Input, Noun, Target, WaitFor, column, flag,
        },
        steps::print::to_document,
    },
    exit::Exit,
    output::{
        format::Format,
        render::{Data, Item, List},
    },
};

/// The command group `clusters search nodes`.
pub(super) static NOUN: Noun = Noun::new("nodes", "Manage the search nodes of a cluster")
    .aliases(&["node"])
    .commands(&[&LIST, &CREATE, &UPDATE, &DELETE]);

const FILE: Input = flag(
    "file",
    Target::BodyFile,
    "JSON document with `specs`; `-` is standard input",
)
.short('f')
.required();

const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("STATE", "stateName").state(),
    column("INSTANCE SIZE", "specs.*.instanceSize"),
    column("NODE COUNT", "specs.*.nodeCount"),
];

const UNTIL_IDLE: WaitFor = WaitFor {
    operation: operation::GET_GROUP_CLUSTER_SEARCH_DEPLOYMENT,
    fallback: None,
    created: "id",
    field: "stateName",
    until: &["IDLE"],
    failed: &[],
    result: "Search nodes available.",
    always: false,
};

static LIST: Command = Command::list(
    operation::GET_GROUP_CLUSTER_SEARCH_DEPLOYMENT,
    "List the search nodes of a cluster",
)
.flags(&[CLUSTER_FLAG])
.on_cluster()
.columns(&[
    column("ID", "id"),
    column("STATE", "stateName").state(),
    column("INSTANCE SIZE", "instanceSize"),
    column("NODE COUNT", "nodeCount"),
])
.run(list)
.examples(&[Example {
    line: "clusters search nodes list --cluster-name shop-production --project Storefront",
    task: "List the search nodes of a cluster",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CLUSTER_SEARCH_DEPLOYMENT,
    "Create the search nodes of a cluster",
)
.flags(&[CLUSTER_FLAG, FILE, ALLOW_UNKNOWN_FIELDS])
.on_cluster()
.columns(COLUMNS)
.result("Search nodes are being created.")
.wait(UNTIL_IDLE)
.prints_reached_state()
.examples(&[Example {
    line: "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    task: "Create search nodes, and wait until they are ready",
}]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_CLUSTER_SEARCH_DEPLOYMENT,
    "Change the number or the size of the search nodes",
)
.flags(&[CLUSTER_FLAG, FILE, ALLOW_UNKNOWN_FIELDS])
.on_cluster()
.columns(COLUMNS)
.result("Started updating search nodes.")
.wait(UNTIL_IDLE)
.prints_reached_state()
.examples(&[Example {
    line: "clusters search nodes update --cluster-name shop-production --file nodes.json --project Storefront",
    task: "Change the search nodes",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_CLUSTER_SEARCH_DEPLOYMENT,
    "Delete the search nodes of a cluster",
)
.flags(&[CLUSTER_FLAG])
.on_cluster()
.danger(Danger::TypeName)
.result("Search nodes of '{cluster-name}' are being deleted.")
.wait(WaitFor {
    until: &[],
    result: "Search nodes of '{cluster-name}' deleted",
    ..UNTIL_IDLE
})
.examples(&[Example {
    line: "clusters search nodes delete --cluster-name shop-production --project Storefront --yes",
    task: "Delete the search nodes of a cluster",
}]);

/// Prints the deployment, in tables with one row for each size.
fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::GET_GROUP_CLUSTER_SEARCH_DEPLOYMENT, scope)?;
        let (response, _) = invocation.send(&request).await?;
        let document = response.document();
        let has_rows = invocation.session.format.is_human_readable()
            || matches!(invocation.session.format, Format::Csv | Format::Tsv);
        if !has_rows || invocation.values.has("jq") {
            return invocation.print_result(document, None);
        }
        let deployment = document.map(Document::to_value).unwrap_or_default();
        let mut list = List::default();
        for row in rows(&deployment) {
            list.items.push(Item {
                document: to_document(&row)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

fn rows(deployment: &Value) -> Vec<Value> {
    let specs = deployment["specs"].as_array().into_iter().flatten();
    let row = |spec: &Value| {
        json!({
            "id": deployment["id"],
            "stateName": deployment["stateName"],
            "instanceSize": spec["instanceSize"],
            "nodeCount": spec["nodeCount"],
        })
    };
    specs.map(row).collect()
}
