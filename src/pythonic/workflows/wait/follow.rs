//! Follows a cluster through stale reads and changes of its kind.
//!
//! After a creation a 404 means "not yet", after an update a running cluster can be the old document, and an upgrade
//! moves a cluster from the list of one kind to that of the other.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::pythonic::{
    resources::{
        deployments::{clusters::Cluster, flex_clusters::FlexCluster, state::ClusterState},
        organization::projects::ProjectHandle,
    },
    workflows::wait::{Wait, poller::PollResult},
};
use crate::{
    error::{Error, ErrorKind, Result},
    transport::ClusterChange,
};

/// A kind of cluster.
pub(super) trait Kind: Sized {
    /// The kind to or from which a cluster can be upgraded.
    type Other: Kind;

    /// Name of the kind, for messages.
    const NOUN: &str;

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self>;

    fn state(&self) -> ClusterState;

    /// Returns `true` if an upgrade changes a cluster of this kind.
    fn is_upgradable(&self) -> bool;
}

impl Kind for Cluster {
    type Other = FlexCluster;

    const NOUN: &str = "cluster";

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self> {
        project.cluster(name).get_uncached().await
    }

    fn state(&self) -> ClusterState {
        self.data.state()
    }

    /// Returns `true` for a shared cluster, such as M0.
    fn is_upgradable(&self) -> bool {
        let specs = self.as_api().replication_specs.iter().flatten();
        let mut regions = specs.flat_map(|spec| spec.region_configs.iter().flatten());
        regions.any(|region| {
            let provider = region.provider_name.as_ref();
            provider.is_some_and(|provider| provider.as_str() == "TENANT")
        })
    }
}

impl Kind for FlexCluster {
    type Other = Cluster;

    const NOUN: &str = "flex cluster";

    async fn get(project: &ProjectHandle, name: &str) -> Result<Self> {
        project.flex_cluster(name).get_uncached().await
    }

    fn state(&self) -> ClusterState {
        self.data.state()
    }

    fn is_upgradable(&self) -> bool {
        true
    }
}

/// The result of a look-up in the lists of both kinds.
enum LookUp<C: Kind> {
    Own(C),
    Other(C::Other),
    /// Neither list has the cluster, but Atlas reports that it exists.
    Stale,
    Missing(Error),
}

/// A cluster of kind `C` to wait for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) project: &'a ProjectHandle,
    pub(super) name: &'a str,
    /// `true` if the cluster is being upgraded to the kind of the wait.
    pub(super) is_upgraded: bool,
}

impl<'a> Target<'a> {
    pub(super) fn new(project: &'a ProjectHandle, name: &'a str) -> Self {
        Self {
            project,
            name,
            is_upgraded: false,
        }
    }

    /// Polls until the cluster has the state `goal`.
    pub(super) async fn wait_for_state<C: Kind>(
        self,
        goal: &ClusterState,
        wait: Wait<'_>,
    ) -> Result<C> {
        let history = &History::default();
        let poll = || async move {
            let result = match self.look_up::<C>().await? {
                LookUp::Own(cluster) => {
                    let state = cluster.state();
                    self.check_deletion::<C>(&state, goal)?;
                    let is_reached = state == *goal && self.is_current(&cluster, history);
                    history.add(&state);
                    PollResult {
                        state,
                        reached: is_reached.then_some(cluster),
                    }
                }
                LookUp::Other(other) => {
                    let state = other.state();
                    self.check_deletion::<C>(&state, goal)?;
                    if !other.is_upgradable()
                        || state == ClusterState::Running && !self.is_upgrade()
                    {
                        return Err(self.wrong_kind_error::<C>());
                    }
                    history.changes_kind.store(true, Relaxed);
                    PollResult {
                        state,
                        reached: None,
                    }
                }
                LookUp::Missing(error) if !self.is_expected(history) => return Err(error),
                LookUp::Missing(_) | LookUp::Stale => PollResult {
                    state: ClusterState::Creating,
                    reached: None,
                },
            };
            Ok(result)
        };
        wait.poll_until(&self.describe_goal::<C>(goal), poll).await
    }

    /// Polls until neither list has the cluster.
    pub(super) async fn wait_for_deletion<C: Kind>(self, wait: Wait<'_>) -> Result<()> {
        let poll = || async move {
            let state = match self.look_up::<C>().await? {
                LookUp::Own(cluster) => cluster.state(),
                LookUp::Other(other) => other.state(),
                LookUp::Stale => ClusterState::Deleting,
                LookUp::Missing(_) => ClusterState::Deleted,
            };
            let reached = (state == ClusterState::Deleted).then_some(());
            Ok(PollResult { state, reached })
        };
        wait.poll_until(&self.describe_goal::<C>(&ClusterState::Deleted), poll)
            .await
    }

    async fn look_up<C: Kind>(self) -> Result<LookUp<C>> {
        let error = match C::get(self.project, self.name).await {
            Ok(cluster) => return Ok(LookUp::Own(cluster)),
            Err(error) if error.is_not_found() || is_other_kind(&error) => error,
            Err(error) => return Err(error),
        };
        match C::Other::get(self.project, self.name).await {
            Ok(other) => Ok(LookUp::Other(other)),
            Err(other) if is_other_kind(&other) || is_other_kind(&error) => Ok(LookUp::Stale),
            Err(other) if other.is_not_found() => Ok(LookUp::Missing(error)),
            Err(other) => Err(other),
        }
    }

    fn recent_change(self) -> Option<ClusterChange> {
        let transport = self.project.atlas.api().transport();
        let changes = transport.recent_changes();
        changes.get(self.project.id().as_str(), self.name)
    }

    fn is_upgrade(self) -> bool {
        self.is_upgraded || self.recent_change() == Some(ClusterChange::Upgraded)
    }

    /// Returns `true` if a cluster that is not found is expected to appear.
    fn is_expected(self, history: &History) -> bool {
        let is_new = self.recent_change() == Some(ClusterChange::Created);
        is_new || self.is_upgrade() || history.changes_kind.load(Relaxed)
    }

    /// Returns `true` unless the document may be older than the last change.
    fn is_current<C: Kind>(self, cluster: &C, history: &History) -> bool {
        if cluster.state() != ClusterState::Running || history.was_busy.load(Relaxed) {
            return true;
        }
        match self.recent_change() {
            Some(ClusterChange::Updated) => history.was_running.load(Relaxed),
            Some(ClusterChange::Upgraded) => !cluster.is_upgradable(),
            _ => true,
        }
    }

    fn check_deletion<C: Kind>(self, state: &ClusterState, goal: &ClusterState) -> Result<()> {
        if !matches!(state, ClusterState::Deleting | ClusterState::Deleted) {
            return Ok(());
        }
        let (noun, name) = (C::NOUN, self.name);
        let message = format!("{noun} `{name}` is being deleted and will not be {goal}");
        Err(Error::new(ErrorKind::Conflict, message)
            .with_hint("create a new cluster with this name"))
    }

    fn wrong_kind_error<C: Kind>(self) -> Error {
        let (name, other, noun) = (self.name, C::Other::NOUN, C::NOUN);
        let message = match noun {
            FlexCluster::NOUN => format!("`{name}` is a dedicated {other}, not a {noun}"),
            _ => format!("`{name}` is a {other}, not a dedicated {noun}"),
        };
        Error::new(ErrorKind::InvalidInput, message)
            .with_hint(format!("wait for `{name}` with the handle of a {other}"))
    }

    fn describe_goal<C: Kind>(self, goal: &ClusterState) -> String {
        format!("{} `{}` to be {goal}", C::NOUN, self.name)
    }
}

/// The earlier polls of a wait.
#[derive(Default)]
struct History {
    was_running: AtomicBool,
    /// `true` after a state other than running.
    was_busy: AtomicBool,
    /// `true` after the other list had the cluster.
    changes_kind: AtomicBool,
}

impl History {
    fn add(&self, state: &ClusterState) {
        if *state == ClusterState::Running {
            self.was_running.store(true, Relaxed);
        } else {
            self.was_busy.store(true, Relaxed);
        }
    }
}

/// Returns `true` if Atlas reports that the cluster is of the other kind.
fn is_other_kind(error: &Error) -> bool {
    matches!(
        error.error_code(),
        Some("CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API" | "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API")
    )
}
