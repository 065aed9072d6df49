//! Editing; each verb waits for its async twin.

use std::fmt;

use serde_json::Value;

use crate::blocking::{
    Atlas, Call, Cluster, ClusterHandle, FlexCluster, FlexClusterHandle, Organization,
    OrganizationHandle, Project, ProjectHandle, twin::twins,
};
use crate::{
    error::Result,
    pythonic::{
        resources::carrier::WithClient, responses::document::Document,
        workflows::change::Difference,
    },
};

/// An edit that has not been sent; the blocking counterpart of [`Change`](crate::Change).
#[derive(Clone)]
pub struct Change {
    inner: crate::Change,
    atlas: Atlas,
}

impl WithClient<Atlas> for crate::Change {
    type Output = Change;

    fn with_client(self, atlas: Atlas) -> Change {
        Change { inner: self, atlas }
    }
}

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
    /// Returns whether the edit changes nothing.
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Returns the fields that change.
    pub fn differences(&self) -> &[Difference] {
        self.inner.differences()
    }

    /// Returns the request body.
    pub fn body(&self) -> &Value {
        self.inner.body()
    }

    /// Returns the document as it was when the edit was made.
    pub fn before(&self) -> &Document {
        self.inner.before()
    }

    /// Sends the change and returns the new document.
    ///
    /// # Errors
    ///
    /// As the async [`apply`](crate::Change::apply), and a runtime error inside an async runtime.
    pub fn apply(&self) -> Result<Document> {
        self.atlas.wait(self.inner.apply())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl Call {
    /// Compares the document that this call reads with its edited form, which `update` would send; as
    /// the async [`preview_with`](crate::Call::preview_with).
    ///
    /// # Errors
    ///
    /// As the async method, and a runtime error inside an async runtime.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the async method takes it so"
    )]
    pub fn preview_with(&self, update: Self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        let call = self.inner();
        let change = self
            .atlas()
            .wait(call.preview_with(update.inner().clone(), edit))?;
        Ok(change.with_client(self.atlas().clone()))
    }
}
