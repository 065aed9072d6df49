//! Defines the flags that select clusters.

use crate::engine::definition::{Input, Kind, Target, flag};

/// The flags that select several clusters.
pub(crate) const SELECTION_FLAGS: &[Input] = &[
    flag(
        "all",
        Target::None,
        "Select every cluster of the project or the organization",
    )
    .switch(),
    flag(
        "select",
        Target::None,
        "Select clusters by their fields, such as `tier=M10,tag:env=dev`; can be repeated",
    )
    .kind(Kind::Repeated)
    .value_name("FIELD=VALUE,…"),
    flag(
        "exclude",
        Target::None,
        "Leave out clusters by their fields; can be repeated",
    )
    .kind(Kind::Repeated)
    .value_name("FIELD=VALUE,…"),
    flag("kind", Target::None, "Kind of the clusters").choices(&[
        "dedicated",
        "flex",
        "serverless",
        "all",
    ]),
];

/// The short filters of a few commands.
pub(crate) const SHORT_FILTERS: &[Input] = &[
    flag("tag", Target::None, "Tag of the clusters; can be repeated")
        .kind(Kind::Repeated)
        .value_name("KEY=VALUE"),
    flag(
        "tier",
        Target::None,
        "Tier of the clusters, such as M10 or FLEX",
    ),
    flag(
        "region",
        Target::None,
        "Region of the clusters; can be a glob",
    ),
    flag("provider", Target::None, "Cloud provider of the clusters"),
    flag(
        "state",
        Target::None,
        "State of the clusters, such as paused",
    ),
];
