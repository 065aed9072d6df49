//! Flex clusters, which cannot be paused.

use std::time::Duration;

use jiff::Timestamp;

use super::{ApiRejection, Cluster, FlexChange, Lifecycle, StateName, Tag};

const CREATE_TIME: Duration = Duration::from_secs(6);
const UPDATE_TIME: Duration = Duration::from_secs(10);
const DELETE_TIME: Duration = Duration::from_secs(40);

#[derive(Clone, Debug)]
pub(crate) struct FlexCluster {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// `AWS`, `AZURE` or `GCP`.
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
    pub(crate) lifecycle: Lifecycle,
    /// The dedicated cluster that replaces the flex cluster after a pending upgrade.
    pub(crate) upgrade: Option<Box<Cluster>>,
}

/// The parsed request for a new flex cluster.
#[derive(Clone, Debug)]
pub(crate) struct FlexDraft {
    pub(crate) name: String,
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
}

impl FlexCluster {
    /// Creates a cluster in the state `CREATING`.
    pub(crate) fn new(draft: FlexDraft, id: String, now: Timestamp) -> Self {
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

    /// Updates the settings.
    pub(crate) fn update(
        &mut self,
        change: FlexChange,
        now: Timestamp,
    ) -> Result<(), ApiRejection> {
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

    /// Starts the deletion.
    pub(crate) fn delete(&mut self, project: &str, now: Timestamp) -> Result<(), ApiRejection> {
        self.check_not_deleting()?;
        if self.termination_protection {
            return Err(ApiRejection::TerminationProtected {
                name: self.name.clone(),
                project: project.to_owned(),
            });
        }
        self.upgrade = None;
        self.lifecycle.delete_for(DELETE_TIME, now);
        Ok(())
    }

    pub(super) fn check_not_deleting(&self) -> Result<(), ApiRejection> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(ApiRejection::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        Ok(())
    }
}
