//! Resolves the cluster of a command that reads one.

use mongodbatlas::{Document, operation};
use serde_json::Value;

use super::{
    ClusterTarget,
    resolve::{ambiguous, is_in, not_found},
    target::TargetText,
};
use crate::{
    engine::{Invocation, session::Place},
    error::CliError,
    output::render::{at, text},
};

impl Invocation<'_> {
    /// Resolves the cluster of a command that reads one: its project, and its name.
    ///
    /// Without a project, one request lists the clusters of all projects.
    ///
    /// # Errors
    ///
    /// Fails if no cluster or more than one has this name.
    pub(crate) async fn resolve_read(&self, text: &str) -> Result<ClusterTarget, CliError> {
        let target = TargetText::parse(text)?;
        if target.is_glob() {
            return Err(
                CliError::usage(format!("`{}` takes one cluster, not a glob", self.words))
                    .with_hint("`atlascli clusters list` takes filters"),
            );
        }
        if let Some(project) = self.project_of(&target).await?
            && !target.is_id()
        {
            return Ok(ClusterTarget::unread(project, &target.name));
        }
        let details = self.details().await?;
        let matches = |value: &Value| {
            let field = if target.is_id() { "clusterId" } else { "name" };
            value.get(field).map(text_of).as_deref() == Some(&target.name)
        };
        let mut found: Vec<ClusterTarget> = Vec::new();
        for (project, clusters) in &details {
            let clusters = clusters
                .iter()
                .filter(|cluster| matches(cluster) && is_in(&target, project));
            found.extend(clusters.map(|cluster| {
                let name = cluster.get("name").map(text_of).unwrap_or_default();
                ClusterTarget::unread(project.clone(), &name)
            }));
        }
        match &found[..] {
            [only] => Ok(only.clone()),
            [] => {
                let resolved = self.resolve_one(&target).await?;
                resolved
                    .clusters
                    .into_iter()
                    .next()
                    .ok_or_else(|| not_found(&target, &[]))
            }
            several => Err(ambiguous(&target, &several.iter().collect::<Vec<_>>())),
        }
    }

    /// Returns the clusters of all projects by one list.
    async fn details(&self) -> Result<Vec<(Place, Vec<Value>)>, CliError> {
        let failed = |error: mongodbatlas::Error| {
            CliError::from_request_error(&error, "cannot list clusters")
        };
        let atlas = self.session.atlas().await?;
        let pager = atlas
            .operation(operation::LIST_CLUSTER_DETAILS)
            .items()
            .map_err(failed)?;
        let documents = pager.collect().await.map_err(failed)?;
        Ok(documents.iter().map(details_of).collect())
    }
}

fn details_of(document: &Document) -> (Place, Vec<Value>) {
    let value = document.to_value();
    let field = |name: &str| value.get(name).map(text_of);
    let place = Place {
        name: field("groupName"),
        organization: field("orgId"),
        ..Place::of_id(&field("groupId").unwrap_or_default(), "the cluster")
    };
    (
        place,
        at(&value, "clusters")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default(),
    )
}

fn text_of(value: &Value) -> String {
    text(value)
}
