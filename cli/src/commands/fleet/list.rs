//! `list`: the organization as a tree.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Scope},
        fleet::{ProjectClusters, SELECTION_FLAGS, SHORT_FILTERS, Selection},
        names::Matcher,
        session::Place,
        steps::print::document_of,
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, text},
    terminal::printable,
};

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
        let mut tree = Vec::new();
        let mut refused = 0;
        let is_prose = invocation.session.format.is_prose();
        for organization in &organizations {
            let own: Vec<_> = projects
                .iter()
                .filter(|project| {
                    project
                        .organization
                        .as_deref()
                        .is_none_or(|id| id == organization.id)
                })
                .cloned()
                .collect();
            if is_prose {
                let line = format!(
                    "{} ({})\n",
                    printable(organization.label()),
                    organization.id
                );
                invocation.ui.print(&line)?;
            }
            let mut items = Vec::new();
            let invocation = &mut *invocation;
            // the lines of a project are printed as soon as its clusters are known
            let lists = invocation.clusters_of(own).await?;
            for list in lists {
                refused += usize::from(list.clusters.is_err());
                if is_prose {
                    let lines = lines(&list, &selection);
                    invocation.ui.print(&lines)?;
                } else {
                    items.push(document(&list, &selection));
                }
            }
            tree.push(
                json!({ "id": organization.id, "name": organization.name, "projects": items }),
            );
        }
        if !is_prose {
            invocation.print(&Data::Document(document_of(
                &json!({ "organizations": tree }),
            )?))?;
        }
        Ok(if refused == 0 {
            Exit::Success
        } else {
            Exit::Partial
        })
    })
}

/// Returns the lines of a project and its clusters; none if a selection leaves nothing.
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

fn document(list: &ProjectClusters, selection: &Selection) -> Value {
    let project = &list.project;
    match &list.clusters {
        Ok(clusters) => {
            let clusters = clusters.iter().filter(|cluster| selection.matches(cluster));
            let clusters = clusters.map(|cluster| {
                json!({
                    "id": cluster.id(),
                    "name": cluster.name,
                    "kind": cluster.kind.map(crate::engine::fleet::Kind::name),
                    "state": cluster.state().to_string(),
                    "tier": cluster.tiers().first(),
                    "region": cluster.regions().first(),
                    "version": cluster.value().get("mongoDBVersion").map(text),
                })
            });
            json!({ "id": project.id, "name": project.name, "clusters": clusters.collect::<Vec<_>>() })
        }
        Err(error) => {
            json!({ "id": project.id, "name": project.name, "refused": CliError::message(error) })
        }
    }
}
