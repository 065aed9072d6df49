//! `clusters create` and `clusters update`.

use mongodbatlas::operation;
use serde_json::{Map, Value, json};

use super::{list, newest_form};
use crate::{
    commands::organization::projects::ALLOW_UNKNOWN_FIELDS,
    engine::{
        Invocation,
        definition::{Future, Input, Kind, Literal, Target, body, flag},
        request::read_json,
        value,
    },
    error::CliError,
    output::render::at,
};

/// The tier of free clusters.
const FREE: &str = "M0";
/// The tier of flex clusters.
const FLEX: &str = "FLEX";
/// The name of the only zone of a cluster.
const ZONE: &str = "Zone 1";
/// The election priority of a region with electable nodes.
const PRIORITY: u8 = 7;
/// The disk size in GB that the official CLI sends by default.
const OFFICIAL_DISK: u8 = 2;

/// The flags of `clusters create`.
pub(super) const FLAGS: &[Input] = &[
    flag(
        "file",
        Target::BodyFile,
        "JSON document of the cluster; `-` is standard input",
    )
    .short('f'),
    flag("provider", Target::None, "Cloud provider").choices(&["AWS", "AZURE", "GCP"]),
    flag(
        "region",
        Target::None,
        "Region in the spelling of Atlas, such as US_EAST_1",
    )
    .short('r'),
    flag(
        "tier",
        Target::None,
        "Instance size, such as M10; M0 is free",
    )
    .default(FLEX),
    flag("members", Target::None, "Nodes of a replica set")
        .short('m')
        .integer()
        .default("3"),
    flag("shards", Target::None, "Number of shards")
        .short('s')
        .integer()
        .default("1"),
    flag("type", Target::None, "Type of the cluster")
        .choices(&["REPLICASET", "SHARDED", "GEOSHARDED"])
        .default("REPLICASET"),
    flag("disk-size-gb", Target::None, "Size of the disk in GB").number(),
    flag("mdb-version", Target::None, "Major version of MongoDB"),
    flag(
        "backup",
        Target::None,
        "Take cloud backups, with point-in-time restores",
    )
    .switch(),
    flag(
        "bi-connector",
        body("/biConnector/enabled"),
        "Enable the BI Connector",
    )
    .switch(),
    flag(
        "enable-termination-protection",
        body("/terminationProtectionEnabled"),
        "Protect the cluster against deletion",
    )
    .sends(Literal::Bool(true)),
    flag("tag", body("/tags"), "Tag; can be repeated")
        .kind(Kind::Pairs)
        .parser(value::pair)
        .value_name("KEY=VALUE"),
    list::AUTO_SCALING_MODE,
    ALLOW_UNKNOWN_FIELDS,
];

/// Creates a dedicated, free or flex cluster.
pub(super) fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = invocation.text("file").map(read_json).transpose()?;
        let is_flex = is_flex(invocation, file.as_ref());
        let name = invocation.text("name").map(str::to_owned);
        let name = name.or_else(|| file.as_ref()?.get("name")?.as_str().map(str::to_owned));
        let Some(name) = name else {
            return Err(CliError::usage("the cluster has no name")
                .with_hint("`atlascli clusters create NAME`, or a file with the field `name`"));
        };
        let project = invocation.session.project(&invocation.values).await?;
        let scope = Some(("groupId", project.id.as_str()));
        let create = if is_flex {
            operation::CREATE_GROUP_FLEX_CLUSTER
        } else {
            operation::CREATE_GROUP_CLUSTER
        };
        let mut request = invocation.request(create, scope)?;
        let flags = match (&file, is_flex) {
            (Some(_), _) => Map::new(),
            (None, true) => flex_settings(invocation)?,
            (None, false) => dedicated_settings(invocation)?,
        };
        if let Some(document) = request.body.as_mut().and_then(Value::as_object_mut) {
            document.extend(flags);
            document.insert("name".to_owned(), name.clone().into());
            if invocation.session.emulates_official_cli && !is_flex {
                document.insert("groupId".to_owned(), project.id.clone().into());
            }
            if is_flex {
                document.retain(|field, _| field != "biConnector");
            }
        }
        invocation.values.set("name", vec![name]);
        invocation.confirm_and_send(&request).await
    })
}

/// Returns `true` if the file or, without one, the tier describes a flex cluster.
fn is_flex(invocation: &Invocation<'_>, file: Option<&Value>) -> bool {
    match file {
        Some(file) => {
            file.get("replicationSpecs").is_none()
                && at(file, "providerSettings.backingProviderName").is_some()
        }
        None => invocation
            .text("tier")
            .is_some_and(|tier| tier.eq_ignore_ascii_case(FLEX)),
    }
}

fn flex_settings(invocation: &Invocation<'_>) -> Result<Map<String, Value>, CliError> {
    let (provider, region) = place(invocation)?;
    let settings = json!({ "backingProviderName": provider, "regionName": region });
    let mut fields = Map::new();
    if invocation.session.emulates_official_cli {
        fields.insert(
            "providerSettings".to_owned(),
            with(settings, "providerName", FLEX.into()),
        );
    } else {
        fields.insert("providerSettings".to_owned(), settings);
    }
    Ok(fields)
}

fn with(mut object: Value, field: &str, value: Value) -> Value {
    object[field] = value;
    object
}

/// Returns the fields of a dedicated or free cluster that the flags set.
fn dedicated_settings(invocation: &Invocation<'_>) -> Result<Map<String, Value>, CliError> {
    let (provider, region) = place(invocation)?;
    let tier = invocation.text("tier").unwrap_or_default().to_uppercase();
    let kind = invocation.text("type").unwrap_or_default().to_uppercase();
    let is_free = tier == FREE;
    let mut nodes = json!({ "instanceSize": tier });
    let mut config = json!({ "priority": PRIORITY, "regionName": region });
    if is_free {
        config["providerName"] = "TENANT".into();
        config["backingProviderName"] = provider.into();
    } else {
        config["providerName"] = provider.into();
        nodes["nodeCount"] = number(invocation, "members")?.unwrap_or_default();
        let disk = number(invocation, "disk-size-gb")?;
        let default = invocation
            .session
            .emulates_official_cli
            .then(|| Value::from(OFFICIAL_DISK));
        if let Some(disk) = disk.or(default) {
            nodes["diskSizeGB"] = disk;
        }
    }
    config["electableSpecs"] = nodes;
    let spec = json!({ "zoneName": ZONE, "regionConfigs": [config] });
    let shards = number(invocation, "shards")?
        .and_then(|shards| shards.as_u64())
        .unwrap_or(1);
    let shards = usize::try_from(shards.clamp(1, 100)).unwrap_or(1);
    let mut fields = Map::new();
    fields.insert("clusterType".to_owned(), kind.into());
    fields.insert("replicationSpecs".to_owned(), vec![spec; shards].into());
    // the official CLI does not send the version in this mode
    let is_independent = invocation.text("auto-scaling-mode") == Some("independentShardScaling");
    if let Some(version) = invocation.text("mdb-version")
        && !is_free
        && !(is_independent && invocation.session.emulates_official_cli)
    {
        fields.insert("mongoDBMajorVersion".to_owned(), version.into());
    }
    if invocation.is_on("backup") {
        fields.insert("backupEnabled".to_owned(), true.into());
        fields.insert("pitEnabled".to_owned(), true.into());
    }
    Ok(fields)
}

/// Returns the provider and the region, which a cluster needs.
fn place(invocation: &Invocation<'_>) -> Result<(String, String), CliError> {
    let required = |name: &str| {
        invocation.text(name).map(str::to_uppercase).ok_or_else(|| {
            CliError::usage(format!("`clusters create` needs `--{name}` or `--file`"))
                .with_hint("as in `--provider AWS --region US_EAST_1`")
        })
    };
    Ok((required("provider")?, required("region")?))
}

/// Returns the value of an integer flag.
pub(super) fn number(invocation: &Invocation<'_>, name: &str) -> Result<Option<Value>, CliError> {
    match invocation.input(name) {
        Some(input) => invocation.json(input),
        None => Ok(None),
    }
}

/// Converts the document of a file to the newest API version.
#[expect(clippy::unnecessary_wraps, reason = "the signature of `Adjust`")]
pub(super) fn adjust(_: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    newest_form::convert(body);
    Ok(())
}
