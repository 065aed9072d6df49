//! Runs single changes: writes the journal, and retries changes that Atlas does not allow yet.

use std::time::{Duration, Instant};

use mongodbatlas::{Atlas, Error, Response};

use super::{
    Change, Outcome, TargetResult,
    journal::{Journal, allowed_pause},
};
use crate::{
    engine::{
        Invocation,
        definition::SingleChange,
        fleet::{ClusterTarget, Kind},
        request::Request,
    },
    error::CliError,
    exit::Exit,
    output::cells::clock_time,
    ui::progress::Progress,
};

/// The code of a pause less than an hour after a resume.
pub(super) const RECENTLY_RESUMED: &str = "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER";
/// The longest time until Atlas allows a pause.
const BLOCKED: Duration = Duration::from_hours(1);
/// The shortest interval between two attempts; it grows with the time since the first one.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);
/// The longest interval between two attempts.
const LAST_INTERVAL: Duration = Duration::from_mins(1);

impl Invocation<'_> {
    /// Runs a change of clusters. A single literal target uses the command definition; other targets start a bulk
    /// run.
    ///
    /// # Errors
    ///
    /// Fails if targets cannot be resolved, or without a confirmation.
    pub(crate) async fn run_change(
        &mut self,
        change: Change,
        has_filters: bool,
    ) -> Result<Exit, CliError> {
        if self.session.emulates_official_cli {
            return self.run_definition().await;
        }
        let mut resolved = self.resolve_changes("cluster-name", has_filters).await?;
        if !resolved.is_bulk {
            let Some(cluster) = resolved.clusters.pop() else {
                return Err(CliError::failure("no cluster is selected").with_exit(Exit::NotFound));
            };
            self.values.set("cluster-name", vec![cluster.name.clone()]);
            self.project = Some(cluster.project);
            self.single_change = Some(SingleChange {
                verb: change.verb,
                kind: cluster.kind.map(Kind::name),
            });
            return self.run_definition().await;
        }
        self.run_bulk(change, resolved).await
    }

    /// Sends a request that changes something: with a journal, and again with `--when-allowed` while Atlas
    /// does not allow it.
    ///
    /// # Errors
    ///
    /// Fails if the request fails, or after Ctrl-C.
    pub(crate) async fn send_change_request(
        &self,
        request: &Request,
    ) -> Result<(Response, bool), CliError> {
        self.session.interrupts.check()?;
        let atlas = self.session.atlas().await?;
        self.create_secret_file()?;
        let started = Instant::now();
        loop {
            let error = match self.send_with_journal(&atlas, request).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            self.remove_secret_file();
            if !is_too_early(&error) {
                return Err(CliError::from_request_error(&error, &self.action()));
            }
            let name = request.parameter("clusterName").unwrap_or_default();
            let project = request.parameter("groupId").unwrap_or_default();
            if !self.is_on("when-allowed") || started.elapsed() > BLOCKED {
                let failure = CliError::from_request_error(&error, &self.action());
                return Err(if self.session.emulates_official_cli {
                    failure
                } else {
                    failure.with_hint(self.too_early_hint(&atlas, project, name)?)
                });
            }
            let delay = next_attempt(&atlas, project, name, started);
            let mut progress = Progress::start(self.session.format.is_human_readable());
            progress
                .sleep(delay, &format!("{name}: waiting until Atlas allows it"))
                .await;
        }
    }

    async fn send_with_journal(
        &self,
        atlas: &Atlas,
        request: &Request,
    ) -> Result<(Response, bool), Error> {
        let _protected = self.session.interrupts.protect_change(self.purpose());
        let mut journal = self.start_journal(atlas, request);
        let outcome = self.send_with_fallback(atlas, request).await;
        let is_unknown = outcome.as_ref().is_err_and(is_unknown);
        match (&mut journal, self.changed_cluster()) {
            (Some(journal), Some((_, cluster))) => {
                let outcome = match &outcome {
                    Ok(_) => TargetResult::new(cluster, Outcome::Done, None),
                    Err(error) => {
                        let failure = CliError::from_request_error(error, &self.action());
                        TargetResult::new(cluster, Outcome::Failed, Some(failure))
                    }
                };
                if !is_unknown && let Err(error) = journal.outcome(&outcome) {
                    tracing::warn!("{}", error.message());
                }
            }
            (Some(_), None) if !is_unknown => {
                journal.take().into_iter().for_each(Journal::remove);
            }
            _ => {}
        }
        outcome
    }

    /// Returns the verb and the cluster of a command that changes one cluster.
    fn changed_cluster(&self) -> Option<(&'static str, ClusterTarget)> {
        let change = self.single_change?;
        let name = self.text("cluster-name").unwrap_or_default();
        let mut cluster = ClusterTarget::unread(self.project.clone()?, name);
        cluster.kind = change.kind.and_then(Kind::from_name);
        Some((change.verb, cluster))
    }

    /// Starts the journal of a single change or of a creation. Without a directory for it, the command goes
    /// on without a journal.
    fn start_journal(&self, atlas: &Atlas, request: &Request) -> Option<Journal> {
        let base_url = atlas.base_url();
        let journal = match self.changed_cluster() {
            Some((verb, cluster)) => {
                Journal::start(verb, base_url.as_str(), std::slice::from_ref(&cluster))
                    .and_then(|mut journal| journal.intent(&cluster).map(|()| journal))
            }
            None if request.operation.method == "POST" => {
                let project = ["groupId", "orgId"]
                    .iter()
                    .find_map(|name| request.parameter(name));
                let name = self.first_argument().unwrap_or_default();
                let list = match self.words.rsplit_once(' ') {
                    Some((noun, _)) => format!("{noun} list"),
                    None => "list".to_owned(),
                };
                Journal::start_creation(
                    &self.purpose(),
                    &list,
                    base_url.as_str(),
                    project.unwrap_or_default(),
                    name,
                )
            }
            None => return None,
        };
        match journal {
            Ok(journal) => Some(journal),
            Err(error) => {
                tracing::warn!("no journal: {}", error.message());
                None
            }
        }
    }

    fn too_early_hint(
        &self,
        atlas: &Atlas,
        project: &str,
        cluster: &str,
    ) -> Result<String, CliError> {
        let zone = self.time_zone()?;
        let allowed = allowed_pause(atlas.base_url().as_str(), project, cluster);
        let time = if let Some(at) = allowed {
            clock_time(at, &zone)
        } else {
            let latest = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
            format!("{} at the latest", clock_time(latest, &zone))
        };
        Ok(format!(
            "Atlas allows it at {time}; add `--when-allowed` to retry until then"
        ))
    }
}

/// Returns the time until the next attempt to pause a cluster: exact if this program resumed it.
pub(super) fn next_attempt(
    atlas: &Atlas,
    project: &str,
    cluster: &str,
    started: Instant,
) -> Duration {
    let allowed = allowed_pause(atlas.base_url().as_str(), project, cluster);
    let exact = allowed.and_then(|at| at.duration_since(jiff::Timestamp::now()).try_into().ok());
    exact.unwrap_or_else(|| started.elapsed().clamp(FIRST_INTERVAL, LAST_INTERVAL))
}

/// Returns `true` if Atlas rejected a pause because the cluster was resumed less than an hour ago.
pub(super) fn is_too_early(error: &Error) -> bool {
    error.error_code() == Some(RECENTLY_RESUMED)
}

/// Returns `true` if Atlas may have executed the request although no response arrived.
pub(super) fn is_unknown(error: &Error) -> bool {
    let has_response = error.status().is_some_and(|status| status < 500);
    let is_rejected =
        error.is_rate_limited() || error.is_invalid_input() || error.is_configuration();
    let is_unsent = matches!(error.method(), Some("POST" | "PATCH")) && error.is_retryable();
    !(has_response || is_rejected || is_unsent)
}
