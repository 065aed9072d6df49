//! The recent changes to clusters by this client, which waits need to recognize stale responses.
//!
//! Atlas serves reads from replicas: after a creation a GET can return 404, and after an update the old document.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;
use tokio::time::Instant;

use crate::operations::Operation;

/// Time after which a read is no longer stale.
const MAX_AGE: Duration = Duration::from_mins(10);

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClusterChange {
    Created,
    /// Updated, except for pausing and resuming, whose old documents have another state than the new ones.
    Updated,
    /// Upgraded to another kind of cluster.
    Upgraded,
}

/// The last change of each cluster, by project id and name.
#[derive(Default)]
pub(crate) struct RecentChanges(Mutex<HashMap<(String, String), (ClusterChange, Instant)>>);

impl RecentChanges {
    /// Records a successful request, if it changes a cluster.
    pub(crate) fn record<'a>(
        &self,
        operation: &Operation,
        parameter: impl Fn(&str) -> Option<&'a str>,
        body: Option<&Value>,
    ) {
        let change = match operation.id {
            "createGroupCluster" | "createGroupFlexCluster" => Some(ClusterChange::Created),
            "updateGroupCluster" | "updateGroupFlexCluster" => {
                if body.is_some_and(|body| body.get("paused").is_some()) {
                    return;
                }
                Some(ClusterChange::Updated)
            }
            "upgradeGroupClusterTenantUpgrade" | "tenantGroupFlexClusterUpgrade" => {
                Some(ClusterChange::Upgraded)
            }
            "deleteGroupCluster" | "deleteGroupFlexCluster" => None,
            _ => return,
        };
        let name = body.and_then(|body| body["name"].as_str());
        let name = parameter("clusterName").or(parameter("name")).or(name);
        let (Some(project), Some(name)) = (parameter("groupId"), name) else {
            return;
        };
        let key = (project.to_owned(), name.to_owned());
        let mut changes = self.lock();
        changes.retain(|_, (_, time)| time.elapsed() < MAX_AGE);
        match change {
            Some(change) => drop(changes.insert(key, (change, Instant::now()))),
            None => drop(changes.remove(&key)),
        }
    }

    /// Returns the last change to a cluster, if it is recent.
    #[cfg(feature = "core")]
    pub(crate) fn get(&self, project: &str, name: &str) -> Option<ClusterChange> {
        let key = (project.to_owned(), name.to_owned());
        let (change, time) = *self.lock().get(&key)?;
        (time.elapsed() < MAX_AGE).then_some(change)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(String, String), (ClusterChange, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation;

    fn parameters(name: &str) -> Option<&'static str> {
        match name {
            "groupId" => Some("p"),
            "clusterName" => Some("shop"),
            _ => None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn changes_are_recent_for_ten_minutes() {
        let changes = RecentChanges::default();
        let body = json!({"name": "shop"});
        let group = |name: &str| (name == "groupId").then_some("p");
        changes.record(operation::CREATE_GROUP_CLUSTER, group, Some(&body));

        tokio::time::advance(MAX_AGE.saturating_sub(Duration::from_secs(1))).await;
        let recent = changes.get("p", "shop");
        tokio::time::advance(Duration::from_secs(1)).await;

        assert_eq!(recent, Some(ClusterChange::Created));
        assert_eq!(changes.get("p", "shop"), None);
    }

    #[test]
    fn pausing_keeps_and_deleting_removes_the_last_change() {
        let changes = RecentChanges::default();
        let update = json!({"diskSizeGB": 20});
        let pause = json!({"paused": true});

        changes.record(operation::UPDATE_GROUP_CLUSTER, parameters, Some(&pause));
        assert_eq!(changes.get("p", "shop"), None);
        changes.record(operation::UPDATE_GROUP_CLUSTER, parameters, Some(&update));
        assert_eq!(changes.get("p", "shop"), Some(ClusterChange::Updated));
        changes.record(operation::GET_GROUP_CLUSTER, parameters, None);
        assert_eq!(changes.get("p", "shop"), Some(ClusterChange::Updated));
        changes.record(operation::DELETE_GROUP_CLUSTER, parameters, None);
        assert_eq!(changes.get("p", "shop"), None);
    }
}
