//! Edits of documents, without `async`.

use std::fmt;

use serde_json::Value;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::{
            clusters::{Cluster, ClusterHandle},
            flex_clusters::{FlexCluster, FlexClusterHandle},
        },
        organization::{
            organizations::{Organization, OrganizationHandle},
            projects::{Project, ProjectHandle},
        },
        untyped::Call,
    },
    error::Result,
    pythonic::{responses::document::Document, workflows::change::Difference},
};

/// An edit that has not been sent; the blocking counterpart of [`Change`](crate::Change).
#[derive(Clone)]
#[must_use = "a change is not sent until `apply` is called"]
pub struct Change {
    pub(crate) inner: crate::Change,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::Change {
    type Output = Change;

    fn into_blocking(self, atlas: &Atlas) -> Change {
        Change {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl Change {
    /// Returns `true` if the edit changes no field.
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Returns the changed fields.
    pub fn differences(&self) -> &[Difference] {
        self.inner.differences()
    }

    /// Returns the request body.
    pub fn body(&self) -> &Value {
        self.inner.body()
    }

    /// Returns the document to which the edit was applied.
    pub fn before(&self) -> &Document {
        self.inner.before()
    }

    /// Sends the changed fields and returns the new document. Does not send a request if no field changed.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`apply`](crate::Change::apply). Fails inside an async
    /// runtime.
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
    /// Fetches a document with this call, applies `edit` to it and returns the change that `update` would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`preview_with`](crate::Call::preview_with). Fails inside an
    /// async runtime.
    pub fn preview_with(&self, update: Self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.atlas
            .fetch(self.inner.preview_with(update.inner, edit))
    }
}

impl ClusterHandle {
    /// Fetches the cluster's document, applies `edit` to it and sends the changed fields; returns
    /// the updated cluster.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`update_with`](crate::ClusterHandle::update_with). Fails
    /// inside an async runtime.
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Cluster> {
        self.atlas.fetch(self.inner.update_with(edit))
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`preview_with`](crate::ClusterHandle::preview_with). Fails
    /// inside an async runtime.
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.atlas.fetch(self.inner.preview_with(edit))
    }
}

impl Cluster {
    /// Fetches the cluster's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::update_with`].
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit)
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClusterHandle::preview_with`].
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit)
    }
}

impl FlexClusterHandle {
    /// Edits the flex cluster's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the tags and the termination protection.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`update_with`](crate::FlexClusterHandle::update_with).
    /// Fails inside an async runtime.
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.update_with(edit))
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`preview_with`](crate::FlexClusterHandle::preview_with).
    /// Fails inside an async runtime.
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.atlas.fetch(self.inner.preview_with(edit))
    }
}

impl FlexCluster {
    /// Fetches the flex cluster's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::update_with`].
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit)
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`FlexClusterHandle::preview_with`].
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit)
    }
}

impl ProjectHandle {
    /// Edits the project's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the name and the tags.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`update_with`](crate::ProjectHandle::update_with). Fails
    /// inside an async runtime.
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Project> {
        self.atlas.fetch(self.inner.update_with(edit))
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`preview_with`](crate::ProjectHandle::preview_with). Fails
    /// inside an async runtime.
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.atlas.fetch(self.inner.preview_with(edit))
    }
}

impl Project {
    /// Fetches the project's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ProjectHandle::update_with`].
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit)
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ProjectHandle::preview_with`].
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit)
    }
}

impl OrganizationHandle {
    /// Edits the organization's document and sends the changed fields; see [`ClusterHandle::update_with`]. Atlas allows
    /// changes of the name.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`update_with`](crate::OrganizationHandle::update_with).
    /// Fails inside an async runtime.
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Organization> {
        self.atlas.fetch(self.inner.update_with(edit))
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`preview_with`](crate::OrganizationHandle::preview_with).
    /// Fails inside an async runtime.
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.atlas.fetch(self.inner.preview_with(edit))
    }
}

impl Organization {
    /// Fetches the organization's document again, applies `edit` to it and sends the changed fields.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`OrganizationHandle::update_with`].
    pub fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Self> {
        self.handle.update_with(edit)
    }

    /// Returns the changes that [`update_with`](Self::update_with) would send.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`OrganizationHandle::preview_with`].
    pub fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
        self.handle.preview_with(edit)
    }
}
