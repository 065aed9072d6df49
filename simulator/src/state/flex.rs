//! Flex clusters: small, always running, with an API of their own.

use std::time::Duration;

use jiff::Timestamp;

use super::{Cluster, FlexChange, Lifecycle, Refusal, StateName, Tag};

const CREATE_TIME: Duration = Duration::from_secs(6);
const UPDATE_TIME: Duration = Duration::from_secs(10);
const DELETE_TIME: Duration = Duration::from_secs(40);

/// A flex cluster.
#[derive(Clone, Debug)]
pub(crate) struct FlexCluster {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// The cloud it runs on.
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
    pub(crate) lifecycle: Lifecycle,
    /// What it is being upgraded to.
    pub(crate) upgrade: Option<Box<Cluster>>,
}

/// A flex cluster as asked for.
#[derive(Clone, Debug)]
pub(crate) struct FlexDraft {
    pub(crate) name: String,
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
}

impl FlexCluster {
    /// A cluster that is being created.
    pub(crate) fn creating(draft: FlexDraft, id: String, now: Timestamp) -> Self {
        Self {
            id,
            name: draft.name,
            created: now,
            provider: draft.provider,
            region: draft.region,
            tags: draft.tags,
            termination_protection: draft.termination_protection,
            lifecycle: Lifecycle::creating_for(CREATE_TIME, now),
            upgrade: None,
        }
    }

    /// Changes its settings.
    pub(crate) fn update(&mut self, change: FlexChange, now: Timestamp) -> Result<(), Refusal> {
        self.check_not_deleting()?;
        let tags = change.tags.unwrap_or_else(|| self.tags.clone());
        let protection = change
            .termination_protection
            .unwrap_or(self.termination_protection);
        if tags != self.tags || protection != self.termination_protection {
            self.tags = tags;
            self.termination_protection = protection;
            self.lifecycle.update(UPDATE_TIME, now);
        }
        Ok(())
    }

    /// Starts to delete.
    pub(crate) fn delete(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.check_not_deleting()?;
        if self.termination_protection {
            return Err(Refusal::TerminationProtected {
                name: self.name.clone(),
            });
        }
        self.upgrade = None;
        self.lifecycle.delete_for(DELETE_TIME, now);
        Ok(())
    }

    pub(super) fn check_not_deleting(&self) -> Result<(), Refusal> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(Refusal::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        Ok(())
    }
}
