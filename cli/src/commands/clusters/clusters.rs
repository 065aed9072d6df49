//! The commands of `clusters`.

mod connect;
mod create;
pub(crate) mod delete;
mod edit;
mod failover;
mod list;
mod newest_form;
pub(crate) mod power;
pub(super) mod scale;
mod update;
mod upgrade;
mod wait;

use mongodbatlas::operation;

use super::{
    advanced_settings, available_regions, connection_strings, indexes, online_archives,
    sample_data, search, tags,
    target::{CLUSTER, FLEX_ERROR_CODES, RENAMED_PARAMETERS, UNTIL_IDLE},
};
use crate::engine::definition::{
    Column, Command, Example, Fallback, Noun, Target, WaitFor, argument, column,
};

/// The command group `clusters`.
pub(crate) static NOUN: Noun = Noun::new("clusters", "Manage clusters")
    .aliases(&["cluster"])
    .commands(&[
        &LIST,
        &DESCRIBE,
        &CREATE,
        &update::UPDATE,
        &power::PAUSE,
        &power::START,
        &WATCH,
        &wait::WAIT,
        &scale::SCALE,
        &edit::EDIT,
        &upgrade::UPGRADE,
        &failover::FAILOVER,
        &connect::CONNECT,
        &delete::DELETE,
    ])
    .nouns(&[
        &connection_strings::NOUN,
        &available_regions::NOUN,
        &advanced_settings::NOUN,
        &tags::NOUN,
        &indexes::NOUN,
        &search::NOUN,
        &online_archives::NOUN,
        &sample_data::NOUN,
    ]);

const COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("KIND", "kind"),
    column(
        "TIER",
        "replicationSpecs.0.regionConfigs.0.electableSpecs.instanceSize|providerSettings.providerName",
    ),
    column("VERSION", "mongoDBVersion"),
    column(
        "REGION",
        "replicationSpecs.0.regionConfigs.0.regionName|providerSettings.regionName",
    ),
    column("STATE", "stateName").state(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("NAME", "name"),
    column("MDB VER", "mongoDBVersion"),
    column("STATE", "stateName"),
];

static LIST: Command = Command::list(operation::LIST_GROUP_CLUSTERS, "List clusters")
    .flags(list::FLAGS)
    .columns(COLUMNS)
    .computed(&["kind"])
    .plain(PLAINTEXT_COLUMNS)
    .fallback(Fallback {
        operation: operation::LIST_GROUP_FLEX_CLUSTERS,
        codes: &[],
        rename: &[],
    })
    .run(list::list)
    .examples(&[
        Example {
            line: "clusters list",
            task: "List the clusters of all projects",
        },
        Example {
            line: "clusters list --project Storefront -o json",
            task: "List the clusters of a project as JSON",
        },
    ]);

static DESCRIBE: Command = Command::describe(operation::GET_GROUP_CLUSTER, "Show a cluster")
    .arguments(&[CLUSTER])
    .on_cluster()
    .flags(&[list::AUTO_SCALING_MODE])
    .columns(COLUMNS)
    .computed(&["kind"])
    .plain(PLAINTEXT_COLUMNS)
    .fallback(Fallback {
        operation: operation::GET_GROUP_FLEX_CLUSTER,
        codes: FLEX_ERROR_CODES,
        rename: RENAMED_PARAMETERS,
    })
    .run(list::describe)
    .examples(&[Example {
        line: "clusters describe shop-staging --project Storefront",
        task: "Show a cluster",
    }]);

static CREATE: Command = Command::create(operation::CREATE_GROUP_CLUSTER, "Create a cluster")
    .details(
        "Without `--tier` it is a flex cluster. A file has the JSON document of the newest API version; the \
         form of 2023-02-01 with `numShards` is converted.",
    )
    .arguments(&[argument("name", Target::None, "Name of the cluster").optional()])
    .flags(create::FLAGS)
    .result("Cluster '{name}' is being created.")
    .wait(UNTIL_IDLE)
    .adjust(create::adjust)
    .run(create::create)
    .examples(&[
        Example {
            line: "clusters create shop --project Storefront --provider AWS --region US_EAST_1 --tier M10",
            task: "Create a cluster",
        },
        Example {
            line: "clusters create shop --project Storefront --file cluster.json --wait",
            task: "Create a cluster from a file, and wait until it is ready",
        },
    ]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_CLUSTER,
    "Wait until a cluster is ready",
)
.arguments(&[CLUSTER])
.on_cluster()
.fallback(Fallback {
    operation: operation::GET_GROUP_FLEX_CLUSTER,
    codes: FLEX_ERROR_CODES,
    rename: RENAMED_PARAMETERS,
})
.wait(WaitFor {
    always: true,
    ..UNTIL_IDLE
})
.examples(&[Example {
    line: "clusters watch shop-staging --project Storefront",
    task: "Wait until a cluster is ready",
}]);
