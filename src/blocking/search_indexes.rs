//! Search indexes: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{ClusterHandle, Items, SearchIndex, SearchIndexHandle, twin::twins};
use crate::error::Result;

twins! {
    impl ClusterHandle {
        /// Its search indexes.
        fn search_indexes() -> Items<SearchIndex>;

        /// The search indexes of one collection.
        fn search_indexes_of(database: &str, collection: &str) -> Items<SearchIndex>;

        /// Creates a search index from a JSON document (`database`, `collectionName`, `name`,
        /// `type`, `definition`), which is sent as it is.
        fn create_search_index(document: &impl Serialize) -> Result<SearchIndex>;
    }

    impl SearchIndexHandle {
        /// Fetches the search index.
        fn get() -> Result<SearchIndex>;

        /// Gives the index this definition; the old one answers until the new one is built.
        fn update(definition: &impl Serialize) -> Result<SearchIndex>;

        /// Deletes the search index.
        fn delete() -> Result<()>;
    }
}
