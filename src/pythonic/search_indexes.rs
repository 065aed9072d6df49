//! Search and vector search indexes: list, get, create (with their cluster), update, delete.

use serde::Serialize;
use serde_json::json;

use super::{
    clusters::ClusterHandle,
    define::{handle, view},
    id::SearchIndexId,
    pager::Pager,
};
use crate::{api::types, error::Result};

view! {
    /// A search index, as the server described it.
    pub struct SearchIndex(types::SearchIndexResponse) in ClusterHandle, id: SearchIndexId = index_id {
        /// The name, which is unique in its collection; empty if the server sent none.
        name: &str = name,
        /// The database of its collection.
        database: &str = database,
        /// The collection.
        collection: &str = collection_name,
        /// `search` or `vectorSearch`.
        index_type: &str = type_,
        /// How far it is built, as the server calls it, such as `READY` or `PENDING`.
        status: &str = status,
        /// Whether it answers queries.
        is_queryable: bool = queryable,
    }
}

impl<C: Clone> SearchIndex<C> {
    /// What can be done with it.
    pub fn handle(&self) -> SearchIndexHandle<C> {
        self.parent.search_index(&self.id)
    }
}

handle! {
    /// What can be done with a search index, which is known by its id.
    ///
    /// ```no_run
    /// # async fn example(cluster: mongodbatlas::ClusterHandle) -> mongodbatlas::Result<()> {
    /// let index = cluster
    ///     .create_search_index(&serde_json::json!({
    ///         "database": "shop", "collectionName": "articles", "name": "default",
    ///         "definition": {"mappings": {"dynamic": true}},
    ///     }))
    ///     .await?;
    /// let mappings = serde_json::json!({"mappings": {"dynamic": false}});
    /// index.handle().update(&mappings).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub struct SearchIndexHandle in ClusterHandle {
        /// The id.
        id: SearchIndexId => "indexId",
    }
}

impl<C: Clone> ClusterHandle<C> {
    /// The search index with this id; nothing is sent before something is asked of it.
    pub fn search_index(&self, id: &SearchIndexId) -> SearchIndexHandle<C> {
        SearchIndexHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ClusterHandle {
    /// Its search indexes.
    pub fn search_indexes(&self) -> Pager<SearchIndex> {
        self.endpoint("listGroupClusterSearchIndexes").list(self)
    }

    /// The search indexes of one collection.
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Pager<SearchIndex> {
        let list = self.endpoint("listGroupClusterSearchIndex");
        let list = list.with("databaseName", database);
        list.with("collectionName", collection).list(self)
    }

    /// Creates a search index from a JSON document (`database`, `collectionName`, `name`, `type`,
    /// `definition`), which is sent as it is. The answer comes before the index is built.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_search_index(&self, document: &impl Serialize) -> Result<SearchIndex> {
        let create = self.endpoint("createGroupClusterSearchIndex");
        create.with_body(document)?.one(self).await
    }
}

impl SearchIndexHandle {
    /// Fetches the search index.
    ///
    /// # Errors
    ///
    /// Not found for an unknown index, and what a call can end with.
    pub async fn get(&self) -> Result<SearchIndex> {
        let get = self.endpoint("getGroupClusterSearchIndex");
        get.one(&self.parent).await
    }

    /// Gives the index this definition; the old one answers until the new one is built.
    ///
    /// # Errors
    ///
    /// Rejected for a definition that Atlas does not take, and what a call can end with.
    pub async fn update(&self, definition: &impl Serialize) -> Result<SearchIndex> {
        let update = self.endpoint("updateGroupClusterSearchIndex");
        let document = json!({ "definition": definition });
        update.with_body(&document)?.one(&self.parent).await
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        let delete = self.endpoint("deleteGroupClusterSearchIndex");
        delete.deleted().await
    }
}
