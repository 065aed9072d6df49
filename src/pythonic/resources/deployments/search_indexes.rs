//! Search and vector search indexes: list, get, create (with their cluster), update, delete.

use serde::Serialize;
use serde_json::json;

use crate::pythonic::{
    ids::SearchIndexId,
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        deployments::clusters::ClusterHandle,
    },
};
use crate::{api::types, error::Result, operation};

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
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use serde_json::json;
    ///
    /// let cluster = atlas.find_cluster("shop-staging").await?.handle();
    /// let created = cluster
    ///     .create_search_index(&json!({
    ///         "database": "shop", "collectionName": "articles", "name": "default",
    ///         "definition": {"mappings": {"dynamic": true}},
    ///     }))
    ///     .await?;
    /// let id: mongodbatlas::SearchIndexId = created.handle().id().clone();
    /// let index = cluster.search_index(&id);
    /// index.update(&json!({"mappings": {"dynamic": false}})).await?;
    /// let now = index.get().await?;
    /// println!("{} on {} is {}", now.name(), now.database(), now.status());
    /// println!("{} {}", now.index_type(), now.is_queryable());
    ///
    /// for index in cluster.search_indexes_of("shop", "articles").collect().await? {
    ///     assert_eq!(index.id(), created.id());
    /// }
    /// index.delete().await?;
    /// assert!(cluster.search_indexes().collect().await?.iter().all(|index| index.id() != created.id()));
    /// # Ok(()) }) }
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
        self.operation(operation::LIST_GROUP_CLUSTER_SEARCH_INDEXES)
            .list(self)
    }

    /// The search indexes of one collection.
    pub fn search_indexes_of(&self, database: &str, collection: &str) -> Pager<SearchIndex> {
        let list = self.operation(operation::LIST_GROUP_CLUSTER_SEARCH_INDEX);
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
        let create = self.operation(operation::CREATE_GROUP_CLUSTER_SEARCH_INDEX);
        create.with_document(document)?.one(self).await
    }
}

impl SearchIndexHandle {
    /// Fetches the search index.
    ///
    /// # Errors
    ///
    /// Not found for an unknown index, and what a call can end with.
    pub async fn get(&self) -> Result<SearchIndex> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_SEARCH_INDEX);
        get.one(&self.parent).await
    }

    /// Gives the index this definition; the old one answers until the new one is built.
    ///
    /// # Errors
    ///
    /// Rejected for a definition that Atlas does not take, and what a call can end with.
    pub async fn update(&self, definition: &impl Serialize) -> Result<SearchIndex> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_SEARCH_INDEX);
        let document = json!({ "definition": definition });
        update.with_document(&document)?.one(&self.parent).await
    }

    /// Deletes the search index.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_SEARCH_INDEX);
        delete.deleted().await
    }
}
