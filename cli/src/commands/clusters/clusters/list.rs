//! The commands of `clusters list`.

use std::pin::pin;

use futures_util::StreamExt as _;
use mongodbatlas::operation;

use crate::{
    engine::{
        Invocation,
        definition::{Future, Input, Target, flag},
        fleet::{ClusterTarget, Kind, SELECTION_FLAGS, SHORT_FILTERS, Selection},
        names::{Matcher, is_glob},
        session::Place,
    },
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, List, json_line},
    },
};

/// The official flag for the form of the document, which is always the newest.
pub(crate) const AUTO_SCALING_MODE: Input = flag(
    "auto-scaling-mode",
    Target::None,
    "Scaling of the shards: clusterWideScaling or independentShardScaling",
)
.choices(&["clusterWideScaling", "independentShardScaling"])
.hidden();

/// The flag that ignores the configured project.
pub(crate) const ALL_PROJECTS: Input = flag(
    "all-projects",
    Target::None,
    "Ignore the project of the environment and of the profile",
)
.short('A')
.switch();

/// The flags of `clusters list`.
pub(super) const FLAGS: &[Input] = &[
    SHORT_FILTERS[0],
    SHORT_FILTERS[1],
    SHORT_FILTERS[2],
    SHORT_FILTERS[3],
    SHORT_FILTERS[4],
    SELECTION_FLAGS[1],
    SELECTION_FLAGS[2],
    SELECTION_FLAGS[3],
    AUTO_SCALING_MODE,
];

/// Lists dedicated and flex clusters; in official mode and with `--limit` one page of one kind.
pub(super) fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let is_page = invocation.values.has("limit") || invocation.values.has("page");
        if !invocation.session.emulates_official_cli && !is_page {
            return fleet(invocation).await;
        }
        let tier = invocation.text("tier").unwrap_or_default();
        let operation = if tier.eq_ignore_ascii_case("FLEX") {
            operation::LIST_GROUP_FLEX_CLUSTERS
        } else {
            operation::LIST_GROUP_CLUSTERS
        };
        let project = invocation.session.project(&invocation.values).await?;
        let request = invocation.request(operation, Some(("groupId", &project.id)))?;
        invocation.list_request(&request).await
    })
}

/// Lists the clusters of the configured project or, if none is configured, of all projects.
async fn fleet(invocation: &mut Invocation<'_>) -> Result<Exit, CliError> {
    let selection = Selection::read(invocation, true)?;
    let setting = invocation.session.project_setting(&invocation.values);
    let (projects, has_column) = match setting {
        Some(setting) if is_glob(&setting.value) => {
            let matcher = Matcher::new(&setting.value)?;
            let mut projects = invocation.session.projects(&invocation.values).await?;
            projects.retain(|project| matcher.matches(project.label()));
            if projects.is_empty() {
                return Err(
                    CliError::failure(format!("no project matches `{}`", setting.value))
                        .with_exit(Exit::NotFound)
                        .with_hint("`atlascli projects list` shows the projects"),
                );
            }
            (projects, true)
        }
        Some(_) => {
            let project = invocation.session.project(&invocation.values).await?;
            (vec![project], false)
        }
        None => (invocation.session.projects(&invocation.values).await?, true),
    };
    if invocation.streams_lines() {
        return stream(invocation, projects, &selection, has_column).await;
    }
    let mut list = List::default();
    let mut refused = Vec::new();
    for project in invocation.clusters_of(projects).await? {
        match project.clusters {
            Ok(clusters) => {
                let clusters = clusters.iter().filter(|cluster| selection.matches(cluster));
                list.items
                    .extend(clusters.filter_map(|cluster| cluster.item(has_column)));
            }
            Err(error) if matches!(error.exit(), Exit::Rejected | Exit::NotFound) && has_column => {
                refused.push((project.project, error));
            }
            Err(error) => return Err(error),
        }
    }
    if list.items.is_empty() && selection.is_narrow() {
        return Err(nothing_selected());
    }
    invocation.print_with_refused(list, &refused)
}

/// Prints each cluster as a line of JSON as soon as it arrives.
async fn stream(
    invocation: &mut Invocation<'_>,
    projects: Vec<Place>,
    selection: &Selection,
    has_column: bool,
) -> Result<Exit, CliError> {
    let mut clusters = pin!(invocation.stream_clusters(projects).await?);
    let mut refused = Vec::new();
    let mut is_empty = true;
    while let Some((project, cluster)) = clusters.next().await {
        match cluster {
            Ok(cluster) if selection.matches(&cluster) => {
                is_empty = false;
                if let Some(item) = cluster.item(has_column) {
                    invocation.ui.print(&json_line(&item))?;
                }
            }
            Ok(_) => {}
            Err(error) if matches!(error.exit(), Exit::Rejected | Exit::NotFound) && has_column => {
                refused.push((project, error));
            }
            Err(error) => return Err(error),
        }
    }
    if is_empty && selection.is_narrow() {
        return Err(nothing_selected());
    }
    Ok(invocation.warn_of_refused(&refused))
}

fn nothing_selected() -> CliError {
    CliError::failure("no cluster is selected")
        .with_exit(Exit::NotFound)
        .with_hint("`atlascli clusters list` shows the clusters and their fields")
}

/// Shows a cluster; tables have its kind and its state, derived from `paused` and `stateName`.
pub(super) fn describe<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let has_columns = matches!(
            invocation.session.format,
            Format::Table | Format::Csv | Format::Tsv
        );
        if !has_columns || invocation.session.emulates_official_cli {
            return invocation.run_definition().await;
        }
        let scope = invocation.scope().await?;
        let Some((name, project)) = scope else {
            return invocation.run_definition().await;
        };
        let request =
            invocation.request(operation::GET_GROUP_CLUSTER, Some((name, &project.id)))?;
        let (response, is_flex) = invocation.send(&request).await?;
        let Some(document) = response.document().cloned() else {
            return Ok(Exit::Success);
        };
        let kind = if is_flex { Kind::Flex } else { Kind::Dedicated };
        let cluster = ClusterTarget::read(project, kind, document);
        if let Some(item) = cluster.item(false) {
            invocation.print(&Data::Item(item))?;
        }
        Ok(Exit::Success)
    })
}
