//! Logins to databases: each verb waits for its async twin.

use crate::blocking::{ClusterHandle, Items, ProjectHandle, twin::twins};
use crate::pythonic::resources::access::access_history::{AccessFilter, DatabaseAccess};

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
