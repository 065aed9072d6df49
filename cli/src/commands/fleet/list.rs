//! `list`: the organization as a tree.

pub(crate) mod entries;

use std::{fmt::Write as _, pin::pin};

use futures_util::StreamExt as _;

use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Scope, column},
        fleet::{ProjectClusters, SELECTION_FLAGS, SHORT_FILTERS, Selection},
        names::Matcher,
        session::Place,
        steps::print::serialize,
    },
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, List, json_line},
    },
    terminal::printable,
};
use entries::{ClusterRow, OrganizationEntry, ProjectEntry, TreeDocument};

const FLAGS: &[Input] = &[
    SHORT_FILTERS[0],
    SHORT_FILTERS[1],
    SHORT_FILTERS[2],
    SHORT_FILTERS[3],
    SHORT_FILTERS[4],
    SELECTION_FLAGS[1],
    SELECTION_FLAGS[2],
    SELECTION_FLAGS[3],
];

/// The command `list`.
pub(crate) static LIST: Command = Command::local(
    "list",
    "Show the projects and clusters of the organization",
    list,
)
.scope(Scope::Fleet)
.flags(FLAGS)
.columns(&[
    column("ORGANIZATION", "organization"),
    column("PROJECT", "project"),
    column("NAME", "name"),
    column("KIND", "kind"),
    column("STATE", "state").state(),
    column("TIER", "tier"),
    column("REGION", "region"),
    column("VERSION", "version"),
    column("ID", "id"),
])
.examples(&[
    Example {
        line: "list",
        task: "Show the whole organization",
    },
    Example {
        line: "list --state running --tier M10",
        task: "Show the running M10 clusters",
    },
]);

fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let selection = Selection::read(invocation, true)?;
        let organizations = match invocation.session.organization_setting(&invocation.values) {
            Some(_) => vec![invocation.session.organization(&invocation.values).await?],
            None => invocation.session.organizations().await?,
        };
        let mut projects = invocation.session.projects(&invocation.values).await?;
        if let Some(setting) = invocation.session.project_setting(&invocation.values) {
            let matcher = Matcher::new(&setting.value)?;
            projects
                .retain(|project| matcher.matches(project.label()) || project.id == setting.value);
        }
        let mut tree: Vec<Organization> = Vec::new();
        for place in organizations {
            let is_own = |id: &Option<String>| id.as_deref().is_none_or(|id| id == place.id);
            let (own, others) = projects
                .into_iter()
                .partition(|project| is_own(&project.organization));
            projects = others;
            tree.push(Organization {
                place,
                projects: own,
            });
        }
        match invocation.session.format {
            Format::Table | Format::Plaintext => print_tree(invocation, tree, &selection).await,
            Format::JsonLines if invocation.streams_lines() => {
                stream_lines(invocation, tree, &selection).await
            }
            Format::JsonLines | Format::Csv | Format::Tsv | Format::Ids => {
                print_rows(invocation, tree, &selection).await
            }
            _ => print_document(invocation, tree, &selection).await,
        }
    })
}

/// An organization and its projects.
struct Organization {
    place: Place,
    projects: Vec<Place>,
}

/// Prints the tree. The lines of a project are printed as soon as its clusters are read.
async fn print_tree(
    invocation: &mut Invocation<'_>,
    tree: Vec<Organization>,
    selection: &Selection,
) -> Result<Exit, CliError> {
    let mut exit = Exit::Success;
    for Organization { place, projects } in tree {
        let line = format!("{} ({})\n", printable(place.label()), place.id);
        invocation.ui.print(&line)?;
        let mut lists = pin!(invocation.stream_projects(projects).await?);
        while let Some(list) = lists.next().await {
            if list.clusters.is_err() {
                exit = Exit::Partial;
            }
            invocation.ui.print(&lines(&list, selection))?;
        }
    }
    Ok(exit)
}

/// Prints the tree as one document.
async fn print_document(
    invocation: &mut Invocation<'_>,
    tree: Vec<Organization>,
    selection: &Selection,
) -> Result<Exit, CliError> {
    let mut exit = Exit::Success;
    let mut organizations = Vec::new();
    for Organization { place, projects } in tree {
        let lists = invocation.clusters_of(projects).await?;
        if lists.iter().any(|list| list.clusters.is_err()) {
            exit = Exit::Partial;
        }
        organizations.push(OrganizationEntry {
            id: place.id,
            name: place.name,
            projects: lists
                .iter()
                .map(|list| ProjectEntry::new(list, selection))
                .collect(),
        });
    }
    let document = serialize(&TreeDocument { organizations })?;
    invocation.print(&Data::Document(document))?;
    Ok(exit)
}

/// Prints each cluster as a line of JSON as soon as it arrives; refused projects are lines with an error.
async fn stream_lines(
    invocation: &mut Invocation<'_>,
    tree: Vec<Organization>,
    selection: &Selection,
) -> Result<Exit, CliError> {
    let mut exit = Exit::Success;
    for Organization { place, projects } in tree {
        let mut clusters = pin!(invocation.stream_clusters(projects).await?);
        while let Some((project, cluster)) = clusters.next().await {
            let row = match &cluster {
                Ok(cluster) if selection.matches(cluster) => {
                    ClusterRow::new(&place, &project, Ok(cluster))
                }
                Ok(_) => continue,
                Err(error) => {
                    exit = Exit::Partial;
                    ClusterRow::new(&place, &project, Err(error))
                }
            };
            invocation.ui.print(&json_line(&row.item()?))?;
        }
    }
    Ok(exit)
}

/// Prints the clusters as a list.
async fn print_rows(
    invocation: &mut Invocation<'_>,
    tree: Vec<Organization>,
    selection: &Selection,
) -> Result<Exit, CliError> {
    let mut refused = Vec::new();
    let mut list = List::default();
    for Organization { place, projects } in tree {
        for ProjectClusters { project, clusters } in invocation.clusters_of(projects).await? {
            match clusters {
                Ok(clusters) => {
                    let clusters = clusters.iter().filter(|cluster| selection.matches(cluster));
                    for cluster in clusters {
                        let row = ClusterRow::new(&place, &project, Ok(cluster));
                        list.items.push(row.item()?);
                    }
                }
                Err(error) => refused.push((project, error)),
            }
        }
    }
    invocation.print_with_refused(list, &refused)
}

/// Returns the lines of a project and its clusters. Returns an empty text if the selection excludes all clusters.
fn lines(list: &ProjectClusters, selection: &Selection) -> String {
    let mut output = project_line(&list.project);
    match &list.clusters {
        Ok(clusters) => {
            let selected: Vec<_> = clusters
                .iter()
                .filter(|cluster| selection.matches(cluster))
                .collect();
            if selected.is_empty() && selection.is_narrow() {
                return String::new();
            }
            for cluster in selected {
                let kind = cluster.kind.map_or("", |kind| kind.name());
                let tier = cluster.tiers().first().cloned().unwrap_or_default();
                let region = cluster.regions().first().cloned().unwrap_or_default();
                let name = printable(&cluster.name).into_owned();
                let state = cluster.state().to_string();
                let _ = writeln!(
                    output,
                    "    {name:<30} {state:<10} {tier:<9} {kind:<10} {region}"
                );
            }
        }
        Err(error) => {
            let _ = writeln!(output, "    refused: {}", printable(error.message()));
        }
    }
    output
}

fn project_line(project: &Place) -> String {
    format!("  {} ({})\n", printable(project.label()), project.id)
}
