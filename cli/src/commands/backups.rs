//! Commands for cloud backups: `backups` and the nouns below it.

mod compliance_policy;
mod exports;
mod restores;
mod schedule;
mod snapshots;

use crate::{
    commands::clusters::target::{CLUSTER, CLUSTER_FLAG},
    engine::definition::{Input, Noun, argument, flag, path},
};

/// The command group `backups`.
pub(crate) static NOUN: Noun = Noun::new("backups", "Manage cloud backups")
    .aliases(&["backup"])
    .nouns(&[
        &snapshots::NOUN,
        &restores::NOUN,
        &schedule::NOUN,
        &exports::NOUN,
        &compliance_policy::NOUN,
    ]);

/// The error code of flex operations for a cluster that is not a flex cluster.
const NON_FLEX_ERROR_CODES: &[&str] = &["CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API"];

/// The path parameter whose name differs in operations on dedicated clusters: old and new name.
const RENAMED_PARAMETERS: &[(&str, &str)] = &[("name", "clusterName")];

/// The cluster of commands that try a flex cluster first.
const ANY_CLUSTER: Input =
    argument("cluster-name", path("name"), "Name of the cluster").value_name("CLUSTER");
const ANY_CLUSTER_FLAG: Input = flag("cluster-name", path("name"), "Name of the cluster")
    .required()
    .value_name("CLUSTER");
/// The cluster of commands on dedicated clusters.
const DEDICATED: Input = CLUSTER;
const DEDICATED_FLAG: Input = CLUSTER_FLAG;
