//! Functions for the simulator's owner, which no request calls.

use std::time::Duration;

use super::Service;
use crate::http::faults::Fault;
use crate::http::options::seed::Seed;
use crate::http::options::{Account, Keys};
use crate::http::requests::RecordedRequest;
use crate::resources;
use crate::resources::monitoring::alerts;
use crate::state::{State, lock};

impl Service {
    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) const fn account(&self) -> &Account {
        &self.account
    }

    pub(crate) fn organization_id(&self) -> String {
        let state = lock(&self.state);
        state.oldest_organization().to_owned()
    }

    pub(crate) fn projects(&self) -> Vec<(String, String)> {
        let state = lock(&self.state);
        state
            .projects()
            .iter()
            .map(|project| (project.id.clone(), project.name.clone()))
            .collect()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Resets the state to `seed`, or to the current seed.
    pub(crate) fn reset(&self, seed: Option<Seed>) {
        let mut current = lock(&self.seed);
        if let Some(seed) = seed {
            *current = seed;
        }
        let credentials = (&self.keys, &self.account);
        *lock(&self.state) = initial_state(*current, credentials, self.clock.now());
        lock(&self.tokens).expire_all();
        lock(&self.nonces).expire_all();
        lock(&self.limits).clear();
        lock(&self.invitations).clear();
        lock(&self.faults).clear();
        self.clear_requests();
    }

    /// Opens an alert of a project, identified by its id or name.
    pub(crate) fn open_alert(
        &self,
        project: &str,
        event: &str,
        cluster: Option<&str>,
    ) -> Option<String> {
        let mut state = lock(&self.state);
        let project_by_id = state
            .project(project)
            .or_else(|_| state.project_by_name(project, state.oldest_organization()));
        let id = project_by_id.ok()?.id.clone();
        alerts::open(&mut state, &id, event, cluster, self.clock.now())
    }

    pub(crate) fn close_alert(&self, id: &str) -> bool {
        alerts::close(&mut lock(&self.state), id, self.clock.now())
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.requests).all()
    }

    pub(crate) fn clear_requests(&self) {
        lock(&self.requests).clear();
    }

    pub(crate) fn inject(&self, fault: Fault) {
        if fault.is_expired_tokens() {
            lock(&self.tokens).expire_all();
        } else if fault.is_stale_nonces() {
            lock(&self.nonces).expire_all();
        } else {
            lock(&self.faults).add(fault);
        }
    }

    pub(crate) fn clear_faults(&self) {
        lock(&self.faults).clear();
    }
}

/// Returns the state of a seed, with the past snapshots and the configured credentials.
pub(super) fn initial_state(
    seed: Seed,
    credentials: (&Keys, &Account),
    now: jiff::Timestamp,
) -> State {
    let mut state = seed.build(now);
    let (keys, account) = credentials;
    resources::access::api_keys::add_configured(&mut state, &keys.public, now);
    resources::access::service_accounts::add_configured(&mut state, &account.id, now);
    resources::backups::schedules::seed(&mut state, now);
    resources::networking::containers::seed(&mut state, now);
    state
}
