//! What is only there for a time: access list entries and database users with a date on which Atlas
//! removes them.

use jiff::Timestamp;
use serde_json::{Map, json};

use crate::generic::expiry;
use crate::resources::monitoring::events::{self, Owner};
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

/// Removes expired access list entries and database users.
pub(crate) fn expire(state: &mut State, now: Timestamp) {
    for kind in &KINDS {
        let is_over = |it: &Record| expiry::is_over(&it.document, now);
        for (path, record) in state.store.remove_all(kind.collection, is_over) {
            let mut segments = path.trim_start_matches('/').split('/');
            let owner = match (segments.next(), segments.next().unwrap_or_default()) {
                (Some("groups"), id) => Owner::Project(id),
                (_, id) => Owner::Organization(id),
            };
            let mut names = kind.names.iter().map(|it| record.text(it));
            let name = names.find(|it| !it.is_empty()).unwrap_or(&record.key);
            state.store.remove_below(&format!("{path}/{name}"));
            let mut details = Map::new();
            details.insert(kind.detail.to_owned(), json!(name));
            let at = expiry::date(&record.document).unwrap_or(now);
            events::record(state, owner, kind.event, at, details);
        }
    }
}
