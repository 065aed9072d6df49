//! Polls the clusters of one project, with one list request or one request for each cluster.

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, stream};
use mongodbatlas::{Atlas, ClusterState, Document, Error, operation, operations::Operation};

use super::read::read_request;
use crate::engine::fleet::{ClusterTarget, Kind, state_of};

/// The number of clusters that are read at the same time.
const CONCURRENCY: usize = 4;

/// The clusters of a project to poll.
#[derive(Debug)]
pub(super) struct Poll {
    pub(super) project: String,
    pub(super) clusters: Vec<ClusterTarget>,
    /// `true` to list the clusters of the project instead of reading each cluster.
    pub(super) is_list: bool,
}

/// The states that a poll read.
#[derive(Debug)]
pub(super) struct PolledStates {
    pub(super) project: String,
    pub(super) is_list: bool,
    reads: Vec<Read>,
}

/// The names of clusters, and the states that one request or one list returned.
#[derive(Debug)]
struct Read {
    names: Vec<String>,
    states: Result<BTreeMap<String, ClusterState>, Error>,
}

impl PolledStates {
    /// Returns the state of a cluster; `None` if the poll did not read it.
    pub(super) fn state(&self, name: &str) -> Option<Result<ClusterState, &Error>> {
        let mut reads = self.reads.iter();
        let read = reads.find(|read| read.names.iter().any(|known| known == name))?;
        Some(match &read.states {
            Ok(states) => Ok(states.get(name).cloned().unwrap_or(ClusterState::Deleted)),
            Err(error) => Err(error),
        })
    }
}

impl Poll {
    /// Reads the states.
    pub(super) async fn send(self, atlas: Atlas) -> PolledStates {
        let reads = if self.is_list {
            self.read_lists(&atlas).await
        } else {
            let reads = stream::iter(&self.clusters).map(|cluster| read_cluster(&atlas, cluster));
            reads.buffer_unordered(CONCURRENCY).collect().await
        };
        PolledStates {
            project: self.project,
            is_list: self.is_list,
            reads,
        }
    }

    async fn read_lists(&self, atlas: &Atlas) -> Vec<Read> {
        let mut reads = Vec::new();
        for (kind, operation) in [
            (Kind::Dedicated, operation::LIST_GROUP_CLUSTERS),
            (Kind::Flex, operation::LIST_GROUP_FLEX_CLUSTERS),
            (Kind::Serverless, operation::LIST_GROUP_SERVERLESS_INSTANCES),
        ] {
            let clusters = self.clusters.iter();
            let names: Vec<_> = clusters
                .filter(|cluster| cluster.kind.unwrap_or(Kind::Dedicated) == kind)
                .map(|cluster| cluster.name.clone())
                .collect();
            if !names.is_empty() {
                let states = self.read_list(atlas, operation).await;
                reads.push(Read { names, states });
            }
        }
        reads
    }

    async fn read_list(
        &self,
        atlas: &Atlas,
        operation: &'static Operation,
    ) -> Result<BTreeMap<String, ClusterState>, Error> {
        let call = atlas.operation(operation).with("groupId", &self.project);
        let documents = call.items()?.collect().await?;
        let states = documents.iter().filter_map(|document| {
            let value = document.to_value();
            let name = value.get("name")?.as_str()?.to_owned();
            Some((name, state_of(&value)))
        });
        Ok(states.collect())
    }
}

async fn read_cluster(atlas: &Atlas, cluster: &ClusterTarget) -> Read {
    let name = cluster.name.clone();
    let states = match read_request(cluster).call(atlas).send().await {
        Ok(response) => {
            let state = response.document().map(Document::to_value);
            let state = state.map(|value| (name.clone(), state_of(&value)));
            Ok(state.into_iter().collect())
        }
        Err(error) if error.is_not_found() => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    };
    Read {
        names: vec![name],
        states,
    }
}
