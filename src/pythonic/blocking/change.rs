//! Editing; each verb waits for its async twin.

use serde_json::Value;

use super::{
    Call, Change, Cluster, ClusterHandle, Organization, OrganizationHandle, Project, ProjectHandle,
};
use crate::{error::Result, pythonic::Document};

impl Change {
    /// Sends what changed; gives the new document.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn apply(&self) -> Result<Document> {
        let atlas = self.client();
        let change = self.clone().with_client(atlas.inner.clone());
        atlas.wait(change.apply())
    }
}

impl Call {
    /// What an edit of the document that this call reads would change by another call; as the async
    /// [`preview_with`](crate::Call::preview_with).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn preview_with(&self, update: Self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let update = update.with_client(self.atlas.inner.clone());
        let change = self.atlas.wait(self.twin().preview_with(update, edit))?;
        Ok(change.with_client(self.atlas.clone()))
    }
}

/// Lets handles edit what they stand for.
macro_rules! edits {
    ($($handle:ident => $thing:ident),*) => {
        $(impl $handle {
            /// Lets `edit` change the document, and sends what is then different; as its async twin.
            ///
            /// # Errors
            ///
            /// As its async twin.
            pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<$thing> {
                let changed = self.atlas.wait(self.twin().update_with(edit))?;
                Ok(changed.with_client(self.atlas.clone()))
            }

            /// What [`update_with`](Self::update_with) would change, without changing it.
            ///
            /// # Errors
            ///
            /// As its async twin.
            pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
                let change = self.atlas.wait(self.twin().preview_with(edit))?;
                Ok(change.with_client(self.atlas.clone()))
            }
        })*
    };
}

edits!(ClusterHandle => Cluster, ProjectHandle => Project, OrganizationHandle => Organization);
