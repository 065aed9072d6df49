//! The commands of `clusters tags`.

use mongodbatlas::operation;
use serde_json::{Value, json};

use super::{target::CLUSTER, update_request::update_request};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Noun, Target, argument, column, flag},
        steps::print::to_document,
        value,
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command group `clusters tags`.
pub(crate) static NOUN: Noun = Noun::new("tags", "List, set and remove the tags of a cluster")
    .aliases(&["tag"])
    .commands(&[&LIST, &SET, &UNSET]);

static LIST: Command = Command::new(
    "list",
    operation::GET_GROUP_CLUSTER,
    "List the tags of a cluster",
)
.arguments(&[CLUSTER])
.on_cluster()
.columns(&[column("KEY", "key"), column("VALUE", "value")])
.computed(&["key", "value"])
.run(list)
.examples(&[Example {
    line: "clusters tags list shop-staging",
    task: "List the tags of a cluster",
}]);

const PAIRS: Input = argument("tag", Target::None, "Tags")
    .value_name("KEY=VALUE")
    .many();
const KEYS: Input = argument("key", Target::None, "Keys of the tags")
    .optional()
    .many();

static SET: Command = Command::new(
    "set",
    operation::UPDATE_GROUP_CLUSTER,
    "Set tags of a cluster; other tags stay",
)
.arguments(&[CLUSTER, PAIRS])
.on_cluster()
.result("Updating cluster '{name}'.")
.run(set)
.examples(&[Example {
    line: "clusters tags set shop-staging env=staging team=web",
    task: "Set two tags of a cluster",
}]);

static UNSET: Command = Command::new(
    "unset",
    operation::UPDATE_GROUP_CLUSTER,
    "Remove tags of a cluster",
)
.arguments(&[CLUSTER, KEYS])
.flags(&[flag("all", Target::None, "Remove all tags").switch()])
.on_cluster()
.result("Updating cluster '{name}'.")
.run(unset)
.examples(&[
    Example {
        line: "clusters tags unset shop-staging env",
        task: "Remove a tag of a cluster",
    },
    Example {
        line: "clusters tags unset shop-staging --all",
        task: "Remove all tags of a cluster",
    },
]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::GET_GROUP_CLUSTER, scope)?;
        let (response, _) = invocation.send(&request).await?;
        let value = response
            .document()
            .map(mongodbatlas::Document::to_value)
            .unwrap_or_default();
        let mut list = List::default();
        for tag in value["tags"].as_array().into_iter().flatten() {
            list.items.push(Item {
                document: to_document(tag)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

fn set<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let pairs = invocation
            .texts("tag")
            .iter()
            .map(|text| value::split_pair(text));
        let pairs = pairs.map(|pair| pair.map(|(key, value)| (key.to_owned(), value.to_owned())));
        let pairs = pairs.collect::<Result<Vec<_>, CliError>>()?;
        change(invocation, |tags| {
            for (key, value) in &pairs {
                tags.retain(|tag| tag["key"] != *key);
                tags.push(json!({ "key": key, "value": value }));
            }
        })
        .await
    })
}

fn unset<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let keys = invocation.texts("key").to_vec();
        let has_all = invocation.is_on("all");
        if keys.is_empty() != has_all {
            return Err(
                CliError::usage("`clusters tags unset` needs keys or `--all`")
                    .with_hint("as in `clusters tags unset CLUSTER env team`"),
            );
        }
        change(invocation, |tags| {
            tags.retain(|tag| !has_all && !keys.iter().any(|key| tag["key"] == *key));
        })
        .await
    })
}

/// Changes the tags of a cluster; sends nothing if they stay the same.
async fn change(
    invocation: &mut Invocation<'_>,
    change: impl FnOnce(&mut Vec<Value>),
) -> Result<Exit, CliError> {
    let (request, current) = update_request(invocation).await?;
    let before = current["tags"].as_array().cloned().unwrap_or_default();
    let mut after = before.clone();
    change(&mut after);
    if before == after {
        invocation.ui.write_stderr("unchanged\n");
        return Ok(Exit::Success);
    }
    let request = request.with_body(json!({ "tags": after }));
    invocation.confirm_and_send(&request).await
}
