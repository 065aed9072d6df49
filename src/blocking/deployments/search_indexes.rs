//! Search and vector search indexes of a cluster, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::clusters::{Cluster, ClusterHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::SearchIndexId, resources::deployments::search_indexes::SearchIndexData},
};

/// A search index returned by the API; the blocking counterpart of
/// [`SearchIndex`](crate::SearchIndex).
///
/// Dereferences to [`SearchIndexData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SearchIndex {
    data: SearchIndexData,
    #[serde(skip)]
    pub(crate) handle: SearchIndexHandle,
}

impl Deref for SearchIndex {
    type Target = SearchIndexData;

    fn deref(&self) -> &SearchIndexData {
        &self.data
    }
}

impl IntoBlocking for crate::SearchIndex {
    type Output = SearchIndex;

    fn into_blocking(self, atlas: &Atlas) -> SearchIndex {
        SearchIndex {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl SearchIndex {
    /// Returns the handle.
    pub fn handle(&self) -> SearchIndexHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the search index.
    ///
    /// # Errors
    ///
    /// See [`SearchIndexHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Replaces the definition. Queries use the previous index until the new one is built.
    ///
    /// # Errors
    ///
    /// See [`SearchIndexHandle::update`].
    pub fn update(&self, definition: &impl Serialize) -> Result<Self> {
        self.handle.update(definition)
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// See [`SearchIndexHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }
}

/// A handle to a search index, identified by its id; the blocking counterpart of
/// [`SearchIndexHandle`](crate::SearchIndexHandle).
#[derive(Clone, Debug)]
pub struct SearchIndexHandle {
    pub(crate) inner: crate::SearchIndexHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::SearchIndexHandle {
    type Output = SearchIndexHandle;

    fn into_blocking(self, atlas: &Atlas) -> SearchIndexHandle {
        SearchIndexHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl SearchIndexHandle {
    /// Returns the id.
    pub fn id(&self) -> &SearchIndexId {
        self.inner.id()
    }
}

impl ClusterHandle {
    /// Returns a handle to the search index with this id. Does not send a request.
    pub fn search_index(&self, id: &SearchIndexId) -> SearchIndexHandle {
        self.inner.search_index(id).into_blocking(&self.atlas)
    }

    /// Lists the search indexes.
    pub fn search_indexes(&self) -> Items<SearchIndex> {
        self.atlas.list(self.inner.search_indexes())
    }

    /// Lists the search indexes of one collection.
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Items<SearchIndex> {
        self.atlas
            .list(self.inner.search_indexes_of(database, collection))
    }

    /// Creates a search index from a JSON document (`database`, `collectionName`, `name`, `type`,
    /// `definition`), sent verbatim. Returns before the index is built.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_search_index(&self, document: &impl Serialize) -> Result<SearchIndex> {
        self.atlas.fetch(self.inner.create_search_index(document))
    }
}

impl Cluster {
    /// Lists the search indexes.
    ///
    /// See [`ClusterHandle::search_indexes`].
    pub fn search_indexes(&self) -> Items<SearchIndex> {
        self.handle.search_indexes()
    }

    /// Lists the search indexes of one collection.
    ///
    /// See [`ClusterHandle::search_indexes_of`].
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Items<SearchIndex> {
        self.handle.search_indexes_of(database, collection)
    }
}

impl SearchIndexHandle {
    /// Fetches the search index.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the search index does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<SearchIndex> {
        self.atlas.fetch(self.inner.get())
    }

    /// Replaces the definition. Queries use the previous index until the new one is built.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the definition is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, definition: &impl Serialize) -> Result<SearchIndex> {
        self.atlas.fetch(self.inner.update(definition))
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }
}
