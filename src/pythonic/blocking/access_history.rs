//! Logins to databases: each verb waits for its async twin.

use super::{ClusterHandle, Items, ProjectHandle, twin::twins};
use crate::pythonic::{AccessFilter, DatabaseAccess};

twins! {
    impl ClusterHandle {
        /// Who has logged in to its databases, or tried to; it comes in one piece.
        fn access_history(filter: &AccessFilter) -> Items<DatabaseAccess>;
    }

    impl ProjectHandle {
        /// Who has logged in to the databases of one host, or tried to; it comes in one piece.
        fn access_history_of_host(hostname: &str, filter: &AccessFilter) -> Items<DatabaseAccess>;
    }
}
