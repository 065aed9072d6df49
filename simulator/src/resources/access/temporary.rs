//! What is only there for a time: access list entries and database users with a date on which Atlas
//! removes them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::generic::expiry;
use crate::state::{Record, State};

/// A kind of thing that may have one.
struct Kind {
    /// How the paths of its collections end.
    collection: &'static str,
    /// The event of a removal, what it calls the thing, and the fields that name that.
    event: &'static str,
    detail: &'static str,
    names: &'static [&'static str],
}

const KINDS: [Kind; 2] = [
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

/// Something that was removed since it had expired.
pub(crate) struct Expired {
    /// The path of its collection in the store.
    pub(crate) collection: String,
    /// The event of the removal, its time and its details.
    pub(crate) event: &'static str,
    pub(crate) at: Timestamp,
    pub(crate) details: Map<String, Value>,
}

/// Removes expired access list entries and database users.
pub(crate) fn expire(state: &mut State, now: Timestamp) -> Vec<Expired> {
    let mut expired = Vec::new();
    for kind in &KINDS {
        let is_over = |record: &Record| expiry::is_over(&record.document, now);
        for (path, record) in state.store.remove_all(kind.collection, is_over) {
            let mut names = kind.names.iter().map(|field| record.text(field));
            let name = names.find(|name| !name.is_empty()).unwrap_or(&record.key);
            state.store.remove_below(&format!("{path}/{name}"));
            let mut details = Map::new();
            details.insert(kind.detail.to_owned(), json!(name));
            expired.push(Expired {
                collection: path,
                event: kind.event,
                at: expiry::date(&record.document).unwrap_or(now),
                details,
            });
        }
    }
    expired
}
