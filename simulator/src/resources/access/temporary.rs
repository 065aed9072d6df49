//! Removal of access list entries and database users with a `deleteAfterDate`.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::generic::expiry;
use crate::state::{Record, State};

/// A kind of resource that can expire.
struct Kind {
    /// End of the paths of its collections.
    collection: &'static str,
    /// Event that records the removal.
    event: &'static str,
    /// Field of the event that contains the name of the resource.
    detail: &'static str,
    /// Fields of the resource that contain its name.
    names: &'static [&'static str],
}

const TEMPORARY_KINDS: [Kind; 2] = [
    Kind {
        collection: "/accessList",
        event: "NETWORK_PERMISSION_ENTRY_REMOVED",
        detail: "whitelistEntry",
        names: &["cidrBlock", "awsSecurityGroup"],
    },
    Kind {
        collection: "/databaseUsers",
        event: "MONGODB_USER_DELETED",
        detail: "dbUserUsername",
        names: &["username"],
    },
];

/// An expired resource that was removed.
pub(crate) struct Expired {
    /// Path of the resource's collection in the store.
    pub(crate) collection: String,
    /// Event of the removal.
    pub(crate) event: &'static str,
    /// Time of the removal.
    pub(crate) at: Timestamp,
    /// Fields of the event.
    pub(crate) details: Map<String, Value>,
}

/// Removes expired access list entries and database users.
pub(crate) fn expire(state: &mut State, now: Timestamp) -> Vec<Expired> {
    let mut expired = Vec::new();
    for kind in &TEMPORARY_KINDS {
        let is_expired = |record: &Record| expiry::is_expired(&record.document, now);
        for (path, record) in state.store.remove_where(kind.collection, is_expired) {
            let mut names = kind.names.iter().map(|field| record.string(field));
            let name = names.find(|name| !name.is_empty()).unwrap_or(&record.key);
            state.store.remove_below(&format!("{path}/{name}"));
            let mut details = Map::new();
            details.insert(kind.detail.to_owned(), json!(name));
            expired.push(Expired {
                collection: path,
                event: kind.event,
                at: expiry::deletion_date(&record.document).unwrap_or(now),
                details,
            });
        }
    }
    expired
}
