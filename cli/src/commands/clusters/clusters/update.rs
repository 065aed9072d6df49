//! The command `clusters update`.

use mongodbatlas::{Document, Error, operation};
use serde_json::{Map, Value};

use super::{
    create::{self, number},
    list,
};
use crate::{
    commands::{
        clusters::target::{CLUSTER, FLEX_ERROR_CODES, RENAMED_PARAMETERS, UNTIL_IDLE},
        organization::projects::ALLOW_UNKNOWN_FIELDS,
    },
    engine::{
        Invocation,
        definition::{
            Command, Example, Fallback, Future, Input, Kind, Literal, Target, body, flag,
        },
        request::{Request, unknown_fields},
        value,
    },
    error::CliError,
};

/// The flags that `clusters update` and `clusters upgrade` have in common.
pub(super) const FLAGS: [Input; 8] = [
    flag(
        "file",
        Target::BodyFile,
        "JSON document with the fields to change; `-` is standard input",
    )
    .short('f'),
    flag("tier", Target::None, "Instance size, such as M30").excludes("file"),
    flag("disk-size-gb", Target::None, "Size of the disk in GB")
        .number()
        .excludes("file"),
    flag(
        "mdb-version",
        body("/mongoDBMajorVersion"),
        "Major version of MongoDB",
    )
    .excludes("file"),
    flag(
        "enable-termination-protection",
        body("/terminationProtectionEnabled"),
        "Protect the cluster against deletion",
    )
    .switch()
    .excludes("file"),
    flag(
        "disable-termination-protection",
        body("/terminationProtectionEnabled"),
        "Remove the protection against deletion",
    )
    .sends(Literal::Bool(false))
    .excludes("enable-termination-protection"),
    flag(
        "tag",
        body("/tags"),
        "Tag; replaces all tags; can be repeated; an empty value removes all tags",
    )
    .kind(Kind::Pairs)
    .parser(value::pair)
    .value_name("KEY=VALUE")
    .may_be_empty()
    .excludes("file"),
    ALLOW_UNKNOWN_FIELDS,
];

/// The command `clusters update`.
pub(super) static UPDATE: Command =
    Command::update(operation::UPDATE_GROUP_CLUSTER, "Update a cluster")
        .arguments(&[CLUSTER.optional()])
        .flags(&[
            FLAGS[0],
            FLAGS[1],
            FLAGS[2],
            FLAGS[3],
            FLAGS[4],
            FLAGS[5],
            FLAGS[6],
            FLAGS[7],
            list::AUTO_SCALING_MODE,
        ])
        .result("Updating cluster '{name}'.")
        .wait(UNTIL_IDLE)
        .fallback(Fallback {
            operation: operation::UPDATE_GROUP_FLEX_CLUSTER,
            codes: FLEX_ERROR_CODES,
            rename: RENAMED_PARAMETERS,
        })
        .adjust(create::adjust)
        .run(update)
        .examples(&[
            Example {
                line: "clusters update shop-staging --project Storefront --tier M20",
                task: "Change the instance size",
            },
            Example {
                line: "clusters update shop-staging --project Storefront --tag \"\"",
                task: "Remove all tags",
            },
        ]);

fn update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if !invocation.session.emulates_official_cli {
            invocation.resolve_cluster().await?;
        }
        let Some((name, project)) = invocation.scope().await? else {
            return Err(CliError::failure("the command has no project"));
        };
        let scope = Some((name, project.id.as_str()));
        let mut request = invocation.request(operation::UPDATE_GROUP_CLUSTER, scope)?;
        if request.parameter("clusterName").is_none() {
            let name = request
                .body
                .as_ref()
                .and_then(|body| body.get("name")?.as_str().map(str::to_owned));
            let Some(name) = name else {
                return Err(CliError::usage("the cluster has no name").with_hint(
                    "`atlascli clusters update NAME`, or a file with the field `name`",
                ));
            };
            request = request.with("clusterName", name);
        }
        let request = with_current_fields(invocation, request).await?;
        let is_empty = request
            .body
            .as_ref()
            .is_none_or(|body| body.as_object().is_some_and(serde_json::Map::is_empty));
        if is_empty && !invocation.session.emulates_official_cli {
            return Err(CliError::usage("there is nothing to update")
                .with_hint("add a flag such as `--tier M20`, or `--file FILE`"));
        }
        invocation.confirm_and_send(&request).await
    })
}

/// Adds fields of the current document: the replication specs if a size changes; in official mode all fields that
/// can be written, as the official CLI does.
async fn with_current_fields(
    invocation: &Invocation<'_>,
    mut request: Request,
) -> Result<Request, CliError> {
    let sizes = [
        (
            "instanceSize",
            invocation
                .text("tier")
                .map(|tier| Value::from(tier.to_uppercase())),
        ),
        ("diskSizeGB", number(invocation, "disk-size-gb")?),
    ];
    let has_size = sizes.iter().any(|(_, value)| value.is_some());
    let is_whole = invocation.session.emulates_official_cli && invocation.text("file").is_none();
    if !has_size && !is_whole {
        return Ok(request);
    }
    let read = request.with_operation(operation::GET_GROUP_CLUSTER, &[]);
    let current = match read_cluster(invocation, &read).await? {
        ReadCluster::Dedicated(current) => current,
        ReadCluster::Flex if has_size => return Err(without_size(invocation)),
        ReadCluster::Flex => {
            return Ok(
                request.with_operation(operation::UPDATE_GROUP_FLEX_CLUSTER, RENAMED_PARAMETERS)
            );
        }
    };
    let mut document = if is_whole {
        writable_fields(current.clone())
    } else {
        Map::new()
    };
    if has_size {
        let specs = resized(&current, &sizes);
        document.insert("replicationSpecs".to_owned(), specs);
    }
    if let Some(Value::Object(changes)) = request.body.take() {
        document.extend(changes);
    }
    let mut document = Value::Object(document);
    create::adjust(invocation, &mut document)?;
    Ok(request.with_body(document))
}

/// The document of a cluster, if it is not a flex cluster.
pub(super) enum ReadCluster {
    Dedicated(Value),
    Flex,
}

/// Reads a cluster and detects flex clusters.
///
/// # Errors
///
/// Fails if a request fails.
pub(super) async fn read_cluster(
    invocation: &Invocation<'_>,
    read: &Request,
) -> Result<ReadCluster, CliError> {
    let atlas = invocation.session.atlas().await?;
    match read.call(&atlas).send().await {
        Ok(response) => {
            let document = response.document().map(Document::to_value);
            Ok(ReadCluster::Dedicated(document.unwrap_or_default()))
        }
        Err(error) if is_flex(&error) => Ok(ReadCluster::Flex),
        Err(error) => Err(CliError::from_request_error(&error, &invocation.action())),
    }
}

fn is_flex(error: &Error) -> bool {
    error
        .error_code()
        .is_some_and(|code| FLEX_ERROR_CODES.contains(&code))
}

fn without_size(invocation: &Invocation<'_>) -> CliError {
    let name = invocation.text("cluster-name").unwrap_or_default();
    CliError::usage(format!("`{name}` is a flex cluster, which has no size")).with_hint(format!(
        "`atlascli clusters upgrade {name} --tier M10` makes it a dedicated cluster"
    ))
}

/// Returns the fields of a cluster that an update can contain.
fn writable_fields(mut current: Value) -> Map<String, Value> {
    let group = current["groupId"].take();
    let operation = operation::UPDATE_GROUP_CLUSTER;
    super::newest_form::convert(&mut current);
    if let Some(schema) = operation.request_body() {
        let unknown = unknown_fields::find(&current, schema);
        unknown_fields::remove(&mut current, &unknown);
    }
    let mut fields = current.as_object().cloned().unwrap_or_default();
    fields.insert("groupId".to_owned(), group);
    fields
}

/// Returns the replication specs of a cluster with new sizes.
pub(super) fn resized(cluster: &Value, sizes: &[(&str, Option<Value>)]) -> Value {
    let mut specs = cluster["replicationSpecs"].clone();
    for spec in specs.as_array_mut().into_iter().flatten() {
        for region in spec["regionConfigs"].as_array_mut().into_iter().flatten() {
            for kind in ["electableSpecs", "readOnlySpecs", "analyticsSpecs"] {
                let Some(nodes) = region.get_mut(kind).and_then(Value::as_object_mut) else {
                    continue;
                };
                for (field, value) in sizes {
                    if let Some(value) = value {
                        nodes.insert((*field).to_owned(), value.clone());
                    }
                }
            }
        }
    }
    specs
}
