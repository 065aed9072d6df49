//! Editing; each verb waits for its async twin.

use serde_json::Value;

use super::{
    Call, Change, Cluster, ClusterHandle, FlexCluster, FlexClusterHandle, Organization,
    OrganizationHandle, Project, ProjectHandle,
    twin::{twin, twins},
};
use crate::{
    error::Result,
    pythonic::{
        Document,
        carrier::{Carrier, WithClient},
    },
};

twins! {
    impl ClusterHandle {
        /// Lets `edit` change the document, and sends what is then different.
        fn update_with(edit: impl FnOnce(&mut Value)) -> Result<Cluster>;

        /// What an edit would change, without changing it.
        fn preview_with(edit: impl FnOnce(&mut Value)) -> Result<Change>;
    }

    impl FlexClusterHandle {
        /// Lets `edit` change the document, and sends what is then different.
        fn update_with(edit: impl FnOnce(&mut Value)) -> Result<FlexCluster>;

        /// What an edit would change, without changing it.
        fn preview_with(edit: impl FnOnce(&mut Value)) -> Result<Change>;
    }

    impl ProjectHandle {
        /// Lets `edit` change the document, and sends what is then different.
        fn update_with(edit: impl FnOnce(&mut Value)) -> Result<Project>;

        /// What an edit would change, without changing it.
        fn preview_with(edit: impl FnOnce(&mut Value)) -> Result<Change>;
    }

    impl OrganizationHandle {
        /// Lets `edit` change the document, and sends what is then different.
        fn update_with(edit: impl FnOnce(&mut Value)) -> Result<Organization>;

        /// What an edit would change, without changing it.
        fn preview_with(edit: impl FnOnce(&mut Value)) -> Result<Change>;
    }
}

impl Change {
    /// Sends what changed; gives the new document.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn apply(&self) -> Result<Document> {
        let change = twin(self);
        Carrier::client(self).wait(change.apply())
    }
}

impl Call {
    /// What an edit of the document that this call reads would change by another call; as the async
    /// [`preview_with`](crate::Call::preview_with).
    ///
    /// # Errors
    ///
    /// As its async twin.
    #[expect(clippy::needless_pass_by_value, reason = "the async twin takes it so")]
    pub fn preview_with(&self, update: Self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let change = self
            .atlas
            .wait(self.twin().preview_with(update.twin(), edit))?;
        Ok(change.with_client(self.atlas.clone()))
    }
}
