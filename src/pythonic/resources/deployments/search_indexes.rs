//! Search and vector search indexes of a cluster.

use std::ops::Deref;

use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::SearchIndexId,
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
            values::value,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

value! {
    /// The status of a search index. Atlas can add values at any time.
    pub enum SearchIndexStatus {
        Pending = "PENDING",
        Building = "BUILDING",
        Ready = "READY",
        Stale = "STALE",
        Failed = "FAILED",
        Deleting = "DELETING",
        DoesNotExist = "DOES_NOT_EXIST",
    }
}

resource! {
    /// The data of a [`SearchIndex`], which the async and the blocking type share.
    pub struct SearchIndexData(types::SearchIndexResponse), id: SearchIndexId = index_id {
        /// Returns the name, which is unique in its collection; empty if missing.
        name: &str = name,
        /// Returns the name of the database.
        database: &str = database,
        /// Returns the name of the collection.
        collection: &str = collection_name,
        /// Returns the type: `search` or `vectorSearch`.
        index_type: &str = type_,
        /// Returns the status.
        status: SearchIndexStatus = status,
        /// Returns `true` if the index accepts queries.
        is_queryable: bool = queryable,
    }
}

/// A search index returned by the API.
///
/// Dereferences to [`SearchIndexData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SearchIndex {
    pub(crate) data: SearchIndexData,
    #[serde(skip)]
    pub(crate) handle: SearchIndexHandle,
}

impl Deref for SearchIndex {
    type Target = SearchIndexData;

    fn deref(&self) -> &SearchIndexData {
        &self.data
    }
}

impl FromRecord<ClusterHandle> for SearchIndex {
    type Api = types::SearchIndexResponse;

    fn from_record(cluster: &ClusterHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = SearchIndexData::from_record(cluster, record)?;
        let handle = cluster.search_index(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Replaces the definition. Queries use the previous index until the new one is built.
    ///
    /// # Errors
    ///
    /// See [`SearchIndexHandle::update`].
    pub async fn update(&self, definition: &impl Serialize) -> Result<Self> {
        self.handle.update(definition).await
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// See [`SearchIndexHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a search index, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use serde_json::json;
///
/// let cluster = atlas.find_cluster("shop-staging").await?.handle();
/// let index = cluster
///     .create_search_index(&json!({
///         "database": "shop", "collectionName": "articles", "name": "default",
///         "definition": {"mappings": {"dynamic": true}},
///     }))
///     .await?;
/// println!("{} is {}", index.name(), index.status());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct SearchIndexHandle {
    pub(crate) cluster: ClusterHandle,
    pub(crate) id: SearchIndexId,
}

impl SearchIndexHandle {
    /// Returns the id.
    pub fn id(&self) -> &SearchIndexId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.cluster.operation(operation).with("indexId", &self.id)
    }
}

impl ClusterHandle {
    /// Returns a handle to the search index with this id. Does not send a request.
    pub fn search_index(&self, id: &SearchIndexId) -> SearchIndexHandle {
        SearchIndexHandle {
            cluster: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the search indexes.
    pub fn search_indexes(&self) -> Pager<SearchIndex> {
        self.operation(operation::LIST_GROUP_CLUSTER_SEARCH_INDEXES)
            .list(self)
    }

    /// Lists the search indexes of one collection.
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Pager<SearchIndex> {
        let list = self.operation(operation::LIST_GROUP_CLUSTER_SEARCH_INDEX);
        let list = list.with("databaseName", database);
        list.with("collectionName", collection).list(self)
    }

    /// Creates a search index from a JSON document (`database`, `collectionName`, `name`, `type`,
    /// `definition`), sent verbatim. Returns before the index is built.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_search_index(&self, document: &impl Serialize) -> Result<SearchIndex> {
        let create = self.operation(operation::CREATE_GROUP_CLUSTER_SEARCH_INDEX);
        create.with_document(document)?.fetch(self).await
    }
}

impl Cluster {
    /// Lists the search indexes.
    ///
    /// See [`ClusterHandle::search_indexes`].
    pub fn search_indexes(&self) -> Pager<SearchIndex> {
        self.handle.search_indexes()
    }

    /// Lists the search indexes of one collection.
    ///
    /// See [`ClusterHandle::search_indexes_of`].
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Pager<SearchIndex> {
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
    pub async fn get(&self) -> Result<SearchIndex> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_SEARCH_INDEX);
        get.fetch(&self.cluster).await
    }

    /// Replaces the definition. Queries use the previous index until the new one is built.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the definition is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, definition: &impl Serialize) -> Result<SearchIndex> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_SEARCH_INDEX);
        let document = json!({ "definition": definition });
        update.with_document(&document)?.fetch(&self.cluster).await
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_SEARCH_INDEX);
        delete.execute_delete().await
    }
}
